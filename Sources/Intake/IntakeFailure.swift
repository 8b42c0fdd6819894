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
  }

  public var kind: Kind
  /// Whole sentences, `file:line:column: what — what to do`.
  public var messages: [Bilingual]

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

  /// All failures of a delivery in one, in the order of its files.
  static func joined(_ failures: [IntakeFailure]) -> IntakeFailure {
    let kinds = failures.map(\.kind)
    let kind: Kind =
      kinds.contains(.unreadable)
      ? .unreadable : kinds.contains(.damaged) ? .damaged : .unrecognised
    return IntakeFailure(kind: kind, messages: failures.flatMap(\.messages))
  }
}
