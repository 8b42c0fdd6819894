/// A sentence in the two languages of every message: Chinese first, English beside it.
public struct Bilingual: Sendable, Hashable {
  public let zh: String
  public let en: String

  public init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  /// The sentence in one language.
  public func text(in language: Language) -> String {
    switch language {
    case .zh: zh
    case .en: en
    }
  }
}

/// The languages that messages and reports are written in.
public enum Language: String, Sendable, CaseIterable {
  case zh, en
}
