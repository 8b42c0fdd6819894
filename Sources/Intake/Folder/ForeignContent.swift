import Archives
import Foundation
import Tables

/// Files that hold no rows: told by their first bytes, never by their names.
enum ForeignContent: Equatable {
  /// Something to look at or to read, not to count: the run need not wait for it.
  case aside(Bilingual, cure: Bilingual)
  /// Rows may be in it, but not in a form that can be read here.
  case refused(Bilingual, cure: Bilingual)

  /// - Parameter head: the beginning of the file.
  /// - Returns: nil for what may hold rows.
  init?(_ head: Span<UInt8>) {
    if let name = ForeignContent.picture(head) {
      self = .aside(
        Bilingual(zh: "是\(name.zh)，不是数据", en: "it is \(name.en), no data"), cure: .takeOut)
    } else if let name = ForeignContent.document(head) {
      self = .aside(
        Bilingual(zh: "是\(name.zh)，不是数据", en: "it is \(name.en), no data"), cure: .askForTable)
    } else if let name = ForeignContent.archive(head) {
      self = .aside(
        Bilingual(zh: "是\(name)压缩包", en: "it is a \(name) archive"), cure: .unpack)
    } else if let (name, cure) = ForeignContent.unreadableData(head) {
      self = .refused(name, cure: cure)
    } else {
      return nil
    }
  }

  /// What a zip file is by the names in it; nil for a workbook, also one that cannot be read.
  init?(zipAt path: String, _ head: Span<UInt8>) {
    guard head.startsAt(0, [0x50, 0x4B]) else { return nil }
    guard let names = zipNames(path) else {
      // Cut: the first name still tells a workbook from an archive.
      guard !ForeignContent.namesOffice(head) else { return nil }
      self = .aside(
        Bilingual(zh: "是损坏或没有传完的ZIP压缩包", en: "it is a zip archive that is damaged or cut"),
        cure: .unpack)
      return
    }
    func has(_ name: String) -> Bool { names.contains { $0.lowercased() == name } }
    func hasFolder(_ name: String) -> Bool {
      names.contains { $0.lowercased().hasPrefix(name + "/") }
        || names.contains { $0.lowercased().hasPrefix(name + "\\") }
    }
    if has("xl/workbook.bin") {
      self = .refused(
        Bilingual(zh: "是二进制工作簿（.xlsb）", en: "it is a binary workbook (.xlsb)"), cure: .saveAsXLSX)
    } else if hasFolder("xl") {
      return nil
    } else if hasFolder("word") {
      self = .aside(
        Bilingual(zh: "是Word文档，不是数据", en: "it is a Word document, no data"), cure: .askForTable)
    } else if hasFolder("ppt") {
      self = .aside(
        Bilingual(zh: "是演示文稿，不是数据", en: "it is a presentation, no data"), cure: .askForTable)
    } else if has("ofd.xml") {
      self = .aside(
        Bilingual(zh: "是OFD版式文件，不是数据", en: "it is an OFD document, no data"),
        cure: .askForTable)
    } else if has("mimetype"), has("content.xml") {
      self = ForeignContent.openDocument(head)
    } else if has("[content_types].xml") {
      return nil
    } else {
      self = .aside(Bilingual(zh: "是ZIP压缩包", en: "it is a zip archive"), cure: .unpack)
    }
  }

  /// What an old Office file is by its streams; nil for a workbook, also one that cannot be read.
  init?(compoundAt path: String, _ head: Span<UInt8>) {
    guard looksLikeCompound(head), let streams = compoundStreams(path) else { return nil }
    let kind = CompoundKind(streams)
    switch kind {
    case .workbook, .locked, .other: return nil
    case .document, .presentation, .mail:
      let message = WorkbookFault(kind).message
      let (zh, en) = (parts(message.zh), parts(message.en))
      self = .aside(
        Bilingual(zh: zh.what, en: en.what), cure: Bilingual(zh: zh.cure, en: en.cure))
    }
  }

  /// OpenDocument states its kind at the very beginning, unpacked.
  private static func openDocument(_ head: Span<UInt8>) -> ForeignContent {
    if head.contains("opendocument.spreadsheet", within: 256) {
      return .refused(
        Bilingual(zh: "是OpenDocument表格（.ods）", en: "it is an OpenDocument spreadsheet (.ods)"),
        cure: .saveAsXLSX)
    }
    return .aside(
      Bilingual(zh: "是OpenDocument文档，不是数据", en: "it is an OpenDocument document, no data"),
      cure: .askForTable)
  }

  private static func namesOffice(_ head: Span<UInt8>) -> Bool {
    ["[Content_Types].xml", "_rels/", "xl/", "docProps/"].contains { head.contains($0, at: 30) }
  }

  // MARK: - By their first bytes

  private static func picture(_ head: Span<UInt8>) -> Bilingual? {
    if head.startsAt(0, [0xFF, 0xD8, 0xFF]) {
      return Bilingual(zh: "JPEG图片", en: "a JPEG picture")
    }
    if head.startsAt(0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      return Bilingual(zh: "PNG图片", en: "a PNG picture")
    }
    if head.contains("GIF8", at: 0) { return Bilingual(zh: "GIF图片", en: "a GIF picture") }
    if head.contains("RIFF", at: 0), head.contains("WEBP", at: 8) {
      return Bilingual(zh: "WebP图片", en: "a WebP picture")
    }
    if head.startsAt(0, [0x49, 0x49, 0x2A, 0]) || head.startsAt(0, [0x4D, 0x4D, 0, 0x2A]) {
      return Bilingual(zh: "TIFF图片", en: "a TIFF picture")
    }
    if head.contains("BM", at: 0), head.startsAt(6, [0, 0, 0, 0]) {
      return Bilingual(zh: "BMP图片", en: "a BMP picture")
    }
    if head.contains("ftyp", at: 4) {
      return Bilingual(zh: "图片或影像（HEIC、MP4等）", en: "a picture or film (HEIC, MP4 or the like)")
    }
    if head.contains("RIFF", at: 0) || head.contains("ID3", at: 0) || head.contains("OggS", at: 0) {
      return Bilingual(zh: "录音或影像", en: "a sound or film")
    }
    if head.contains("<svg", within: 1024),
      head.contains("http://www.w3.org/2000/svg", within: 2048)
    {
      return Bilingual(zh: "SVG图片", en: "an SVG picture")
    }
    return nil
  }

  private static func document(_ head: Span<UInt8>) -> Bilingual? {
    // Some scanners write a few bytes of their own before the mark.
    if head.contains("%PDF-", within: 1024), !head.startsLikeText(before: "%PDF-") {
      return Bilingual(zh: "PDF文档", en: "a PDF document")
    }
    if head.contains("{\\rtf", at: 0) { return Bilingual(zh: "RTF文档", en: "an RTF document") }
    if head.contains("%!PS", at: 0) {
      return Bilingual(zh: "PostScript文档", en: "a PostScript document")
    }
    if head.contains("Founder CEB", at: 0) || head.contains("CAJ", at: 0) {
      return Bilingual(zh: "版式文件", en: "a document of fixed pages")
    }
    if head.contains("AT&TFORM", at: 0) { return Bilingual(zh: "DjVu文档", en: "a DjVu document") }
    if head.contains("MZ", at: 0), head.contains("This program", within: 512) {
      return Bilingual(zh: "程序", en: "a program")
    }
    if head.startsAt(0, [0x7F, 0x45, 0x4C, 0x46]) { return Bilingual(zh: "程序", en: "a program") }
    return nil
  }

  private static func archive(_ head: Span<UInt8>) -> String? {
    if head.contains("Rar!\u{1A}\u{07}", at: 0) { return "RAR" }
    if head.startsAt(0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return "7z" }
    if head.startsAt(0, [0x1F, 0x8B]) { return "gzip" }
    if head.contains("BZh", at: 0), head.count > 10, head.startsAt(4, [0x31, 0x41, 0x59, 0x26]) {
      return "bzip2"
    }
    if head.startsAt(0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) { return "xz" }
    if head.startsAt(0, [0x28, 0xB5, 0x2F, 0xFD]) { return "zstd" }
    if head.contains("ustar", at: 257) { return "tar" }
    if head.contains("MSCF", at: 0) { return "CAB" }
    if head.startsAt(0, [0x60, 0xEA]) { return "ARJ" }
    if head.contains("-lh", at: 2) { return "LZH" }
    return nil
  }

  private static func unreadableData(_ head: Span<UInt8>) -> (Bilingual, Bilingual)? {
    if head.startsAt(0, [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0]) {
      return (
        Bilingual(zh: "是快捷方式，不是文件本身", en: "it is a shortcut, not the file itself"),
        Bilingual(zh: "请报送它所指的文件", en: "deliver the file that it points to")
      )
    }
    if head.contains("SQLite format 3\0", at: 0) || head.contains("Standard Jet DB", at: 4)
      || head.contains("Standard ACE DB", at: 4)
    {
      return (Bilingual(zh: "是数据库文件", en: "it is a database"), .export)
    }
    if head.contains("MIME-Version:", within: 512), head.contains("multipart/related", within: 4096)
    {
      return (
        Bilingual(zh: "是单个文件网页（.mht）", en: "it is a web page in a single file (.mht)"), .saveAsXLSX
      )
    }
    return nil
  }
}

extension Bilingual {
  static let saveAsXLSX = Bilingual(
    zh: "请用表格软件打开，另存为“Excel 工作簿（.xlsx）”",
    en: "open it in a spreadsheet program and save it as “Excel Workbook (.xlsx)”")

  fileprivate static let takeOut = Bilingual(
    zh: "如有应报送的数据，请另行报送表格", en: "if it shows data that should be delivered, deliver them as a table"
  )

  fileprivate static let askForTable = Bilingual(
    zh: "如其中有应报送的数据，请报送.xlsx、CSV或XML",
    en: "if it holds data that should be delivered, deliver them as .xlsx, CSV or XML")

  fileprivate static let unpack = Bilingual(
    zh: "如有应报送的数据，请解压到报送文件夹后重新运行",
    en: "if it holds data that should be delivered, unpack it into the folder and run again")

  fileprivate static let export = Bilingual(
    zh: "请把需要的表导出为CSV或.xlsx", en: "export the tables that are needed as CSV or .xlsx")
}

/// `what — what to do`, taken apart.
private func parts(_ message: String) -> (what: String, cure: String) {
  guard let dash = message.range(of: " — ") else { return (message, "") }
  return (String(message[..<dash.lowerBound]), String(message[dash.upperBound...]))
}

/// The names in a zip file; nil where it cannot be read as one.
private func zipNames(_ path: String) -> [String]? {
  do throws(ZipFault) {
    let zip = try ZipFile(systemPath(path))
    var names: [String] = []
    for index in 0..<min(zip.count, 10_000) { names.append(try zip.entry(index).name) }
    return names
  } catch { return nil }
}

extension Span<UInt8> {
  func startsAt(_ offset: Int, _ bytes: [UInt8]) -> Bool {
    guard count >= offset + bytes.count else { return false }
    for index in bytes.indices where self[offset + index] != bytes[index] { return false }
    return true
  }

  func contains(_ text: String, at offset: Int) -> Bool { startsAt(offset, Array(text.utf8)) }

  func contains(_ text: String, within limit: Int) -> Bool {
    position(of: text, within: limit) != nil
  }

  private func position(of text: String, within limit: Int) -> Int? {
    let bytes = Array(text.utf8)
    guard let first = bytes.first else { return nil }
    for offset in 0..<Swift.min(limit, count) where self[offset] == first {
      if startsAt(offset, bytes) { return offset }
    }
    return nil
  }

  /// Whether lines of text stand before a mark: then it is a table that speaks of it.
  fileprivate func startsLikeText(before mark: String) -> Bool {
    guard let end = position(of: mark, within: 1024), end > 0 else { return false }
    for index in 0..<end where self[index] == UInt8(ascii: ",") || self[index] == 0x09 {
      return true
    }
    return false
  }
}
