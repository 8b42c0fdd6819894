import GRDB
public import Tables

/// Why a ledger could not be read or written, as a sentence that names the file and what to do.
public struct LedgerFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: Sendable {
    /// Another program holds it.
    case locked
    /// The file is no ledger.
    case foreign
    /// A later version of the program made it.
    case newer
    /// It is cut off, or its bytes are not those that were written.
    case damaged
    case readOnly
    case full
    /// The system cannot open, read or write it.
    case unreadable
  }

  public let kind: Kind
  public let path: String
  /// What SQLite or the reader of packed rows said, for whoever looks closer.
  public let detail: String

  public init(_ kind: Kind, path: String, detail: String = "") {
    self.kind = kind
    self.path = path
    self.detail = detail
  }

  init(_ error: any Error, path: String) {
    switch error {
    case let failure as LedgerFailure: self = failure
    case let error as DatabaseError:
      self.init(Kind(error.resultCode), path: path, detail: error.message ?? "")
    // A value that is not what its column holds, or a header that is no JSON.
    default: self.init(.damaged, path: path, detail: "\(error)")
    }
  }

  public var message: Bilingual {
    let (what, cure) = said
    let more = detail.isEmpty ? "" : " (\(detail))"
    return Bilingual(
      zh: "\(path): \(what.zh)\(more) — \(cure.zh)", en: "\(path): \(what.en)\(more) — \(cure.en)")
  }

  public var description: String { message.en }

  private var said: (what: Bilingual, cure: Bilingual) {
    switch kind {
    case .locked:
      (
        Bilingual(zh: "运行记录被另一个程序占用", en: "another program holds the ledger"),
        Bilingual(zh: "请等它结束，或关闭它之后再试", en: "wait until it is done or close it, then try again")
      )
    case .foreign:
      (
        Bilingual(zh: "不是运行记录", en: "is no ledger"),
        Bilingual(
          zh: "请移走这个文件，用备份替换，或用 heng ledger rebuild 从已发布的报告重建",
          en: "move the file away, put a backup in its place, or make it anew from the published "
            + "reports with heng ledger rebuild")
      )
    case .newer:
      (
        Bilingual(zh: "由更高版本的程序写成", en: "was written by a later version of heng"),
        Bilingual(
          zh: "请使用那个版本，或用 --reports 另选文件夹",
          en: "run that version, or choose another folder with --reports")
      )
    case .damaged:
      (
        Bilingual(zh: "运行记录已损坏", en: "the ledger is damaged"),
        Bilingual(
          zh: "请先用 heng ledger check 查看损坏之处，再用备份替换，或用 heng ledger rebuild 从已发布的报告重建",
          en: "see where with heng ledger check, then put a backup in its place or make it anew "
            + "from the published reports with heng ledger rebuild")
      )
    case .readOnly:
      (
        Bilingual(zh: "运行记录不能写入", en: "the ledger cannot be written to"),
        Bilingual(
          zh: "请取得该文件和所在文件夹的写权限，或用 --reports 另选文件夹",
          en: "get write access to the file and its folder, or choose another one with --reports")
      )
    case .full:
      (
        Bilingual(zh: "磁盘已满", en: "the disk is full"),
        Bilingual(zh: "请清理磁盘空间后再试", en: "free space, then try again")
      )
    case .unreadable:
      (
        Bilingual(zh: "运行记录打不开或读写出错", en: "the ledger cannot be opened, read or written"),
        Bilingual(zh: "请检查磁盘和权限后再试", en: "check the disk and the permissions, then try again")
      )
    }
  }
}

extension LedgerFailure.Kind {
  fileprivate init(_ code: ResultCode) {
    self =
      switch code.primaryResultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
      case .SQLITE_NOTADB: .foreign
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .readOnly
      case .SQLITE_FULL: .full
      case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_NOMEM: .unreadable
      // Also a table or column that is not there: a ledger that was opened has had them all.
      default: .damaged
      }
  }
}

/// Packed bytes that are not those which were written.
struct DamagedRow: Error, CustomStringConvertible {
  var table: String
  var run: Int
  var kind: String

  var description: String { "\(table): run \(run), \(kind)" }
}
