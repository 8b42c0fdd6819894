/// An entry of the delivery folder that was not read, and why.
public struct SetAside: Sendable, Equatable {
  public enum Reason: String, Sendable, CaseIterable {
    /// A file that could not be read whole, and that `tolerances` let pass.
    case broken
    /// A document, picture, archive or the like, known by its content.
    case notData = "not-data"
    /// A workbook that Heng wrote and that holds nothing to be read.
    case ownPaper = "own-paper"
    /// A workbook that Heng wrote to be filled in, and that cannot be read back.
    case paperNotUsed = "paper-not-used"
    /// Somebody has a workbook open: what was read may not be what he is about to save.
    case openElsewhere = "open-elsewhere"
    /// Named under `set-aside` in `run.yaml`.
    case decided
    /// A file without rows of which nobody can tell what they would be.
    case nilReturn = "nil-return"
    /// What desktops and programs leave behind.
    case litter
    /// A note to readers (`*.md`).
    case note
  }

  /// Path within the delivery, as it is shown; a folder ends with `/`.
  public var path: String
  /// 0 for a folder.
  public var bytes: Int
  public var reason: Reason
  /// What it is.
  public var what: Bilingual
  /// What to do about it.
  public var cure: Bilingual

  public init(
    path: String, bytes: Int, reason: Reason, what: Bilingual, cure: Bilingual
  ) {
    self.path = path
    self.bytes = bytes
    self.reason = reason
    self.what = what
    self.cure = cure
  }

  /// `path: what — what to do`.
  public var sentence: Bilingual {
    Bilingual(
      zh: "\(path)：未读取，\(what.zh) — \(cure.zh)",
      en: "\(path): not read, \(what.en) — \(cure.en)")
  }
}
