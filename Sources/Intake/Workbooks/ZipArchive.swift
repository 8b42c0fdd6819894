import Archives
import Tables

/// The zip file that a workbook is.
///
/// Refused are archives with more files or bytes than the limits allow, with names that lead out
/// of them, and with passwords.
struct ZipArchive: ~Copyable {
  struct Entry {
    var name: String
    var size: Int
  }

  let entries: [Entry]
  private let file: ZipFile

  init(_ path: String, limits: WorkbookLimits) throws(WorkbookFault) {
    let file = try ZipArchive.open(path)
    entries = try ZipArchive.entries(of: file, limits)
    self.file = file
  }

  private static func open(_ path: String) throws(WorkbookFault) -> ZipFile {
    do throws(ZipFault) {
      return try ZipFile(systemPath(path))
    } catch { throw WorkbookFault(error) }
  }

  /// The number of the file of a name; Windows programs do not always keep to one case.
  func index(of name: String) -> Int? {
    entries.firstIndex { $0.name == name }
      ?? entries.firstIndex { $0.name.lowercased() == name.lowercased() }
  }

  /// Unpacks a file in pieces.
  func read(
    _ index: Int, _ body: (Span<UInt8>) throws(WorkbookFault) -> Void
  ) throws(WorkbookFault) {
    var fault: WorkbookFault?
    do throws(ZipFault) {
      try file.read(index) { piece in
        do throws(WorkbookFault) { try body(piece) } catch { fault = error }
        return fault == nil
      }
    } catch { throw WorkbookFault(error) }
    if let fault { throw fault }
  }

  private static func entries(
    of file: borrowing ZipFile, _ limits: WorkbookLimits
  ) throws(WorkbookFault) -> [Entry] {
    guard file.count <= limits.entries else {
      throw .tooLarge(
        Bilingual(
          zh: "工作簿中有\(file.count)个文件", en: "the workbook holds \(file.count) files"))
    }
    var entries: [Entry] = []
    var names: Set<String> = []
    var total = 0
    for index in 0..<file.count {
      let entry: ZipFile.Entry
      do throws(ZipFault) {
        entry = try file.entry(index)
      } catch { throw WorkbookFault(error) }
      guard !entry.isEncrypted else { throw .locked }
      let (name, size) = (entry.name, entry.size)
      guard isSafe(name), names.insert(name).inserted else {
        throw WorkbookFault(
          .unsafe, zh: "工作簿中有不该有的文件名“\(name)” — 请用表格软件打开后另存一份",
          en: "the workbook holds a file with the name “\(name)”, which has no place there — open "
            + "it in a spreadsheet program and save it again")
      }
      let (sum, overflow) = total.addingReportingOverflow(size)
      let isBomb = size > 1 << 20 && size / max(entry.packedSize, 1) > limits.ratio
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
}

extension WorkbookFault {
  fileprivate init(_ fault: ZipFault) {
    switch fault {
    case .unreadable:
      self.init(
        .unreadable, zh: "文件打不开 — 请检查路径和读取权限",
        en: "the file cannot be opened — check its path and whether it may be read")
    case .notZip:
      self.init(
        .notAWorkbook, zh: "不是.xlsx工作簿，或者已损坏 — 请另存为“Excel 工作簿（.xlsx）”",
        en: "this is no .xlsx workbook, or it is damaged — save it as “Excel Workbook (.xlsx)”")
    case .damaged(let part, let what): self = .damaged(part, what)
    }
  }

  /// A workbook with a password.
  static let locked = WorkbookFault(
    .encrypted, zh: "工作簿有密码，不能读取 — 请用表格软件打开，去掉密码后重新保存（不要把密码写在别处）",
    en: "the workbook has a password and cannot be read — open it in a spreadsheet program, take "
      + "the password off and save it again")

  /// What stands in the container of old Office files and is no workbook that is read there.
  init(_ kind: CompoundKind?) {
    switch kind {
    case .locked: self = .locked
    case .workbook:
      self.init(
        .notAWorkbook, zh: "这是旧格式的工作簿（.xls） — 请用表格软件打开后另存为“Excel 工作簿（.xlsx）”",
        en: "this is a workbook of the old format (.xls) — open it in a spreadsheet program and "
          + "save it as “Excel Workbook (.xlsx)”")
    case .document:
      self.init(
        .notAWorkbook, zh: "这是文字文档（.doc），不是表格 — 请把其中的表格复制到工作簿，另存为.xlsx",
        en: "this is a text document (.doc) and no table — copy its table into a workbook and save "
          + "that as .xlsx")
    case .presentation:
      self.init(
        .notAWorkbook, zh: "这是演示文稿（.ppt），不是表格 — 请移出本文件",
        en: "these are slides (.ppt) and no table — take the file out of the folder")
    case .mail:
      self.init(
        .notAWorkbook, zh: "这是邮件（.msg），不是表格 — 请把附件存进文件夹，移出邮件本身",
        en: "this is a mail (.msg) and no table — save its attachment into the folder and take the "
          + "mail out")
    case .other, nil:
      self.init(
        .damaged, zh: "是旧版 Office 文件的格式，但不是工作簿，或已损坏 — 请用表格软件打开后另存为.xlsx",
        en: "this has the form of an old Office file but is no workbook, or is damaged — open it "
          + "in a spreadsheet program and save it as .xlsx")
    }
  }
}
