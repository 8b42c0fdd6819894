public import Tables

/// Why a workbook, or a sheet of it, cannot be read.
public struct WorkbookFault: Error, Sendable, Equatable {
  public enum Kind: Sendable {
    /// The file cannot be opened.
    case unreadable
    /// It is no workbook, or one of another kind.
    case notAWorkbook
    /// It has a password.
    case encrypted
    /// It is larger unpacked than anything an office delivers.
    case tooLarge
    /// It names parts outside itself.
    case unsafe
    /// It is cut or not well-formed.
    case damaged
  }

  public var kind: Kind
  /// `what — what to do`, without the file's name.
  public var message: Bilingual

  init(_ kind: Kind, zh: String, en: String) {
    self.kind = kind
    message = Bilingual(zh: zh, en: en)
  }

  static func damaged(_ part: String, _ reason: String) -> WorkbookFault {
    WorkbookFault(
      .damaged, zh: "工作簿的“\(part)”已损坏（\(reason)） — 请用表格软件打开后另存一份",
      en: "“\(part)” of the workbook is damaged (\(reason)) — open it in a spreadsheet program and "
        + "save it again")
  }

  static func tooLarge(_ what: Bilingual) -> WorkbookFault {
    WorkbookFault(
      .tooLarge, zh: "\(what.zh) — 请只保留需要的工作表，另存一份",
      en: "\(what.en) — keep only the sheets that are needed and save it again")
  }
}

/// How large a workbook may be before it is refused.
public struct WorkbookLimits: Sendable {
  /// Files in the package.
  public var entries = 10_000
  /// Bytes of all of them, unpacked.
  public var bytes = 4 << 30
  /// How many times larger than packed a file of more than a megabyte may be.
  public var ratio = 400
  /// Bytes of the texts that cells share, and of the other parts that are kept whole.
  public var kept = 256 << 20
  /// Bytes of one cell's text; Excel has room for 32,767 characters.
  public var cell = 128 << 10

  /// Bytes of the texts of one row.
  public var row = 16 << 20
  /// Sheets of a workbook.
  public var sheets = 1_000

  public init() {}
}
