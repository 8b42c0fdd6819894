import Labels
public import Tables

/// Why a delivery cannot be taken as a whole: a file that no source profile describes, or one that
/// cannot be read to its end.
public struct IntakeFailure: Error, Sendable {
  public enum Kind: Sendable {
    /// No source profile describes a file.
    case unrecognised
    /// A file is cut, not well-formed, or holds bytes outside its encoding.
    case damaged
    /// A file cannot be opened or read.
    case unreadable
    /// An entry is no file, such as a link, or cannot be opened.
    case closed
    /// A file is no data but a document, a picture or the like, which the rest need not wait for.
    case foreign
  }

  public var kind: Kind
  /// Whole sentences, `file:line:column: what — what to do`.
  public var messages: [Bilingual]
  /// The same for what is published, where they quote from a file; nil where they do not.
  var published: [Bilingual]?
  /// The file that it is about, with what is to be said of it where it is set aside.
  var aside: SetAside?

  public init(kind: Kind, messages: [Bilingual]) {
    self.kind = kind
    self.messages = messages
  }

  init(_ kind: Kind, _ place: String, zh: String, en: String) {
    self.kind = kind
    // Where a whole file is meant, its beginning stands for it, so that the form is always
    // `file:line:column`.
    let start = place.contains(":") ? place : place + ":1:1"
    messages = [Bilingual(zh: "\(start): \(zh)", en: "\(start): \(en)")]
  }

  init(_ foreign: ForeignContent, _ path: String, bytes: Int) {
    switch foreign {
    case .aside(let what, let cure):
      self.init(.foreign, path, zh: "\(what.zh) — \(cure.zh)", en: "\(what.en) — \(cure.en)")
      aside = SetAside(path: path, bytes: bytes, reason: .notData, what: what, cure: cure)
    case .refused(let what, let cure):
      self.init(.unrecognised, path, zh: "\(what.zh) — \(cure.zh)", en: "\(what.en) — \(cure.en)")
    }
  }

  init(_ paper: UnreadPaper, _ path: String, bytes: Int) {
    let (what, cure) = (paper.what, paper.cure)
    self.init(.foreign, path, zh: "\(what.zh) — \(cure.zh)", en: "\(what.en) — \(cure.en)")
    aside = SetAside(path: path, bytes: bytes, reason: paper.reason, what: what, cure: cure)
  }

  /// Notes the file that it is about, and what is to be said of it where the run goes on without.
  mutating func name(_ path: String, bytes: Int) {
    guard aside == nil else { return }
    let first = (published ?? messages).prefix(3)
    aside = SetAside(
      path: path, bytes: bytes, reason: .broken,
      what: Bilingual(
        zh: "不能完整读取（" + first.map(\.zh).joined(separator: "；") + "）",
        en: "it cannot be read whole (" + first.map(\.en).joined(separator: "; ") + ")"),
      cure: Bilingual(zh: "请更正后重新报送，再运行一次", en: "mend it, deliver it again, and run again"))
  }

  /// All failures of a delivery in one, in the order of its files.
  static func joined(_ failures: [IntakeFailure]) -> IntakeFailure {
    let failures = failures.enumerated().sorted { left, right in
      let (one, other) = (left.element.aside?.path ?? "", right.element.aside?.path ?? "")
      return one == other
        ? left.offset < right.offset : one.utf8.lexicographicallyPrecedes(other.utf8)
    }.map(\.element)
    let kinds = failures.map(\.kind)
    let worst: [Kind] = [.unreadable, .damaged, .closed, .unrecognised]
    let kind = worst.first { kinds.contains($0) } ?? .foreign
    return IntakeFailure(kind: kind, messages: failures.flatMap(\.messages))
  }
}
