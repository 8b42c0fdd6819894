import Expressions

extension Rubric.Gate {
  /// The condition as its author wrote it.
  public var rule: String { require.text }
}

extension Rubric.Cap {
  /// The condition as its author wrote it.
  public var rule: String { when.text }
}
