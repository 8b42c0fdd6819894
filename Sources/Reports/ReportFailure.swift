import Glibc
public import Tables

/// Why reports could not be written or published; nothing was published.
public struct ReportFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file or folder concerned.
  public let path: String
  public let message: Bilingual

  public init(path: String, message: Bilingual) {
    self.path = path
    self.message = message
  }

  /// `reports/x: No space left on device — free space or choose another folder with --reports`
  public var description: String { "\(path): \(message.en)" }

  /// What the system said about its last call, and what to do about it.
  static func system(_ path: String, code: Int32 = errno) -> ReportFailure {
    let said = SystemFailure(code: code).said
    let cure = cure(of: code)
    return ReportFailure(
      path: path,
      message: Bilingual(zh: "\(said) — \(cure.zh)", en: "\(said) — \(cure.en)"))
  }

  private static func cure(of code: Int32) -> Bilingual {
    switch code {
    case ENOSPC, EDQUOT:
      Bilingual(
        zh: "请清理磁盘空间，或用 --reports 另选文件夹；原有报告未受影响",
        en: "free space or choose another folder with --reports; earlier reports are untouched")
    case EACCES, EPERM, EROFS:
      Bilingual(
        zh: "请取得该文件夹的写权限，或用 --reports 另选文件夹",
        en: "get write access to the folder or choose another one with --reports")
    default:
      Bilingual(
        zh: "请检查报告文件夹后重新运行；原有报告未受影响",
        en: "check the reports folder and run again; earlier reports are untouched")
    }
  }
}
