public import Tables

/// What a name in an expression stands for.
public struct Binding: Sendable {
  public enum Meaning: Sendable {
    /// A fact of the batch, by slot.
    case fact(slot: Int)
    /// A `let`: an expression over the same scope, checked before.
    case expression(CheckedExpression)
  }

  /// The name that reasons and traces show.
  public var shown: String
  public var type: ExpressionType
  public var meaning: Meaning
  /// The closed set of codes of a string fact; comparing it with another literal is refused.
  public var codes: [String]?
  /// If set, any use is a fault with this reason, as for a field that is too sensitive.
  public var refusal: Bilingual?

  public init(
    shown: String, type: ExpressionType, meaning: Meaning, codes: [String]? = nil,
    refusal: Bilingual? = nil
  ) {
    self.shown = shown
    self.type = type
    self.meaning = meaning
    self.codes = codes
    self.refusal = refusal
  }
}

/// The names that can be used of one subject or of one row of a list.
public struct Scope: Sendable {
  /// Ids, labels, and dotted paths such as `unit.employees`.
  public var names: [String: Binding]

  public init(names: [String: Binding] = [:]) { self.names = names }
}

/// All scopes that an expression can reach; their numbers stand in `ExpressionType.row`.
public struct Environment: Sendable {
  public var scopes: [Scope]

  public init(scopes: [Scope] = []) { self.scopes = scopes }
}
