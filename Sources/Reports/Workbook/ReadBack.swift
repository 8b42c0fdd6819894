import Archives
import Tables

/// How much a sheet of a workbook was given, to find it there again.
struct WrittenSheet: Equatable {
  /// Rows and cells, title and headings included.
  var rows = 0
  var cells = 0
  /// Bytes of all texts as they stand in the sheet; nil where texts stand elsewhere.
  var texts: Int? = 0
}

/// Reads a finished workbook: every part unpacks with the right check sum and is a whole XML
/// document, and every sheet is there with as many rows, cells and bytes of text as were written.
///
/// libxlsxwriter looks at no write to its temporary files, so on a full disk it makes a workbook
/// that lacks the end of a sheet, or a piece out of its middle, and says that all is well.
///
/// - Parameter notes: how many comments all sheets have.
func requireWhole(
  _ path: String, sheets: [WrittenSheet], notes: Int
) throws(ReportFailure) {
  do {
    try readWhole(path, sheets: sheets, notes: notes)
  } catch {
    // libzip gives up where a signal interrupts it, which says nothing about the file.
    try readWhole(path, sheets: sheets, notes: notes)
  }
}

private func readWhole(
  _ path: String, sheets: [WrittenSheet], notes: Int
) throws(ReportFailure) {
  let zip: ZipFile
  do throws(ZipFault) {
    zip = try ZipFile(path, isStrict: true)
  } catch { throw .notWhole(path, "zip") }
  var missing = Set(sheets.indices.map { sheetPart($0) } + ["xl/workbook.xml", "xl/styles.xml"])
  missing.insert("[Content_Types].xml")
  var (comments, shapes) = (0, 0)
  for index in 0..<zip.count {
    let (name, scan) = try scanned(index, of: zip, path)
    missing.remove(name)
    guard scan.isWhole else { throw .notWhole(path, name) }
    comments += scan.comments
    shapes += scan.shapes
    guard let number = sheets.indices.first(where: { sheetPart($0) == name }) else { continue }
    var found = scan.found
    if sheets[number].texts == nil { found.texts = nil }
    guard found == sheets[number] else { throw .notWhole(path, name) }
  }
  if let part = missing.min() { throw .notWhole(path, part) }
  guard comments == notes, shapes == notes else { throw .notWhole(path, "xl/comments") }
}

/// Unpacks a part and looks through it.
private func scanned(
  _ index: Int, of zip: borrowing ZipFile, _ path: String
) throws(ReportFailure) -> (name: String, scan: PartScan) {
  var scan = PartScan()
  do throws(ZipFault) {
    let name = try zip.entry(index).name
    try zip.read(index) { piece in
      scan.take(piece)
      return true
    }
    return (name, scan)
  } catch {
    switch error {
    case .unreadable, .notZip: throw .notWhole(path, "zip")
    case .damaged(let name, _): throw .notWhole(path, name)
    }
  }
}

private func sheetPart(_ index: Int) -> String { "xl/worksheets/sheet\(index + 1).xml" }

/// How many bytes a text takes in a sheet, where `&`, `<` and `>` are written as names, and the end
/// of a line as other systems have it as a code.
func bytesInSheet(_ text: String) -> Int {
  text.utf8.reduce(0) { sum, byte in
    switch byte {
    case UInt8(ascii: "&"): sum + 5
    case UInt8(ascii: "<"), UInt8(ascii: ">"): sum + 4
    case 0x0D: sum + 7
    default: sum + 1
    }
  }
}

/// Follows the elements of a part of a workbook, as libxlsxwriter writes them: `<` and `>` stand
/// for nothing but the bounds of tags.
private struct PartScan {
  private(set) var found = WrittenSheet()
  private(set) var comments = 0
  private(set) var shapes = 0
  private var elements = 0
  private var depth = 0
  private var isBroken = false
  /// The last eight bytes.
  private var recent: UInt64 = 0
  /// Whether a `t` begins, and whether its text does.
  private var isTagOfText = false
  private var isText = false
  private var texts = 0

  /// Whether the outermost element has ended, and nothing ended before it began.
  var isWhole: Bool {
    // Some parts end with the end of a line.
    let last = recent & 0xFF == 0x0A ? recent >> 8 & 0xFF : recent & 0xFF
    return elements > 0 && depth == 0 && !isBroken && last == 0x3E
  }

  mutating func take(_ bytes: Span<UInt8>) {
    // Of its own while the loop runs, which is faster by half.
    var scan = self
    for index in bytes.indices { scan.take(bytes[index]) }
    scan.found.texts = scan.texts
    self = scan
  }

  private mutating func take(_ byte: UInt8) {
    let (before, last) = (recent, recent & 0xFF)
    recent = recent << 8 | UInt64(byte)
    switch byte {
    case UInt8(ascii: "<"): isText = false
    case UInt8(ascii: ">"):
      if last == UInt64(UInt8(ascii: "/")) { depth -= 1 }
      isText = isTagOfText || recent & 0xFF_FFFF == 0x3C_743E  // `<t>`
      isTagOfText = false
    case UInt8(ascii: " "):
      if isText { texts += 1 }
      if recent & 0xFF_FFFF == 0x3C_6320 { found.cells += 1 }  // `<c `
      if recent & 0xFF_FFFF == 0x3C_7420 { isTagOfText = true }  // `<t `
      if recent & 0xFF_FFFF_FFFF == 0x3C_726F_7720 { found.rows += 1 }  // `<row `
      if before == 0x3C63_6F6D_6D65_6E74 { comments += 1 }  // `<comment `
      if before == 0x3C76_3A73_6861_7065 { shapes += 1 }  // `<v:shape `
    default:
      if isText { texts += 1 }
      guard last == UInt64(UInt8(ascii: "<")) else { return }
      switch byte {
      case UInt8(ascii: "/"):
        depth -= 1
        if depth < 0 { isBroken = true }
      case UInt8(ascii: "?"), UInt8(ascii: "!"): break
      default:
        depth += 1
        elements += 1
      }
    }
  }
}

extension ReportFailure {
  /// A workbook that lacks something of a part.
  static func notWhole(_ path: String, _ part: String) -> ReportFailure {
    ReportFailure(
      path: path,
      message: Bilingual(
        zh: "写成的工作簿不完整（\(part)），没有采用 — 请清理磁盘空间，或另选文件夹，再执行一次",
        en: "the workbook was not written whole (\(part)) and is not used — free space on the disk "
          + "or choose another folder, then do it again"))
  }
}
