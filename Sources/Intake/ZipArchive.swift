import CLibZip
import Tables

/// A zip file open for reading; the only type that speaks to libzip.
///
/// Refused are archives with more files or bytes than the limits allow, with names that lead out
/// of them, and with passwords. Sizes are counted again as files are unpacked, because an archive
/// may lie about them.
@safe
struct ZipArchive: ~Copyable {
  struct Entry {
    var name: String
    var size: Int
  }

  let entries: [Entry]
  private let archive: OpaquePointer
  private let limits: WorkbookLimits

  init(_ path: String, limits: WorkbookLimits) throws(WorkbookFault) {
    var code: Int32 = 0
    guard let archive = unsafe zip_open(path, Int32(ZIP_RDONLY), &code) else {
      throw ZipArchive.unopened(code)
    }
    do throws(WorkbookFault) {
      entries = try unsafe ZipArchive.entries(of: archive, limits)
    } catch {
      unsafe zip_discard(archive)
      throw error
    }
    unsafe self.archive = archive
    self.limits = limits
  }

  deinit { unsafe zip_discard(archive) }

  /// The number of the file of a name; Windows programs do not always keep to one case.
  func index(of name: String) -> Int? {
    entries.firstIndex { $0.name == name }
      ?? entries.firstIndex { $0.name.lowercased() == name.lowercased() }
  }

  /// Unpacks a file in pieces.
  func read(
    _ index: Int, _ body: (Span<UInt8>) throws(WorkbookFault) -> Void
  ) throws(WorkbookFault) {
    let entry = entries[index]
    guard let file = unsafe zip_fopen_index(archive, UInt64(index), 0) else {
      throw .damaged(entry.name, said)
    }
    defer { _ = unsafe zip_fclose(file) }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while true {
      // Safe: no more is written than the buffer holds.
      let count = unsafe piece.withUnsafeMutableBytes { bytes in
        unsafe Int(zip_fread(file, bytes.baseAddress, UInt64(bytes.count)))
      }
      // The check sum is compared at the end, where a fault shows as −1.
      guard count >= 0 else { throw .damaged(entry.name, said) }
      if count == 0 { break }
      total += count
      guard total <= entry.size else { throw .damaged(entry.name, "size") }
      try body(piece.span.extracting(0..<count))
    }
    guard total == entry.size else { throw .damaged(entry.name, "size") }
  }

  /// What libzip said about its last call.
  private var said: String {
    unsafe zip_strerror(archive).map { unsafe String(cString: $0) } ?? "zip"
  }

  // MARK: - Opening

  private static func entries(
    of archive: OpaquePointer, _ limits: WorkbookLimits
  ) throws(WorkbookFault) -> [Entry] {
    let count = unsafe Int(zip_get_num_entries(archive, 0))
    guard count >= 0, count <= limits.entries else {
      throw .tooLarge(
        Bilingual(zh: "工作簿中有\(count)个文件", en: "the workbook holds \(count) files"))
    }
    var entries: [Entry] = []
    var names: Set<String> = []
    var total = 0
    for index in 0..<count {
      var status = unsafe zip_stat_t()
      unsafe zip_stat_init(&status)
      guard unsafe zip_stat_index(archive, UInt64(index), 0, &status) == 0,
        let text = unsafe status.name
      else { throw .damaged("zip", "directory") }
      let name = unsafe String(cString: text)
      guard unsafe status.encryption_method == UInt16(ZIP_EM_NONE) else { throw .locked }
      guard isSafe(name), names.insert(name).inserted else {
        throw WorkbookFault(
          .unsafe, zh: "工作簿中有不该有的文件名“\(name)” — 请用表格软件打开后另存一份",
          en: "the workbook holds a file with the name “\(name)”, which has no place there — open "
            + "it in a spreadsheet program and save it again")
      }
      let (size, packed) = unsafe (Int(clamping: status.size), Int(clamping: status.comp_size))
      let (sum, overflow) = total.addingReportingOverflow(size)
      let isBomb = size > 1 << 20 && size / max(packed, 1) > limits.ratio
      guard !overflow, sum <= limits.bytes, !isBomb else {
        throw .tooLarge(
          Bilingual(
            zh: "工作簿解开后过大（“\(name)”\(size)字节）",
            en: "the workbook is too large unpacked (“\(name)” has \(size) bytes)"))
      }
      total = sum
      entries.append(Entry(name: name, size: size))
    }
    return entries
  }

  /// Whether a name stays within the archive.
  private static func isSafe(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.contains(":")
      && !name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
  }

  private static func unopened(_ code: Int32) -> WorkbookFault {
    switch code {
    case Int32(ZIP_ER_NOENT), Int32(ZIP_ER_OPEN), Int32(ZIP_ER_READ):
      WorkbookFault(
        .unreadable, zh: "文件打不开 — 请检查路径和读取权限",
        en: "the file cannot be opened — check its path and whether it may be read")
    default:
      WorkbookFault(
        .notAWorkbook, zh: "不是.xlsx工作簿，或者已损坏 — 请另存为“Excel 工作簿（.xlsx）”",
        en: "this is no .xlsx workbook, or it is damaged — save it as “Excel Workbook (.xlsx)”")
    }
  }
}

extension WorkbookFault {
  /// A workbook with a password.
  static let locked = WorkbookFault(
    .encrypted, zh: "工作簿有密码，或者是旧的.xls格式 — 请去掉密码，另存为.xlsx",
    en: "the workbook has a password or is an old .xls file — remove the password and save it as "
      + ".xlsx")
}
