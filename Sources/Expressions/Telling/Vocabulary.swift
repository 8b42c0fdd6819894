public import Tables

/// What people call the facts of an expression, so that it can be told as a sentence.
public struct Vocabulary: Sendable {
  /// The words of one fact.
  public struct Entry: Sendable {
    public var label: Bilingual
    /// What its codes are called; codes that are not there are told as they are.
    public var codes: [String: Bilingual]
    /// Written after numbers in Chinese.
    public var unit: String

    public init(label: Bilingual, codes: [String: Bilingual] = [:], unit: String = "") {
      self.label = label
      self.codes = codes
      self.unit = unit
    }
  }

  /// What the codes are called that the expression as a whole gives; empty where it gives none.
  public var results: [String: Bilingual] = [:]

  private let look: @Sendable (FactUse) -> Entry?

  /// - Parameter look: the words of a fact; nil where only the name in the expression is known.
  public init(_ look: @escaping @Sendable (FactUse) -> Entry?) {
    self.look = look
  }

  /// The words of a fact, or its name where it has none.
  public func entry(_ use: FactUse) -> Entry {
    look(use) ?? Entry(label: Bilingual(zh: use.shown, en: use.shown))
  }
}
