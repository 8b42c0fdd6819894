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
  /// Whether a `double` is held as a text with all its digits, as facts of a dossier are.
  public var holdsDigits: Bool

  public init(
    shown: String, type: ExpressionType, meaning: Meaning, codes: [String]? = nil,
    refusal: Bilingual? = nil, holdsDigits: Bool = false
  ) {
    self.shown = shown
    self.type = type
    self.holdsDigits = holdsDigits
    self.meaning = meaning
    self.codes = codes
    self.refusal = refusal
  }
}

/// The names that can be used of one subject or of one row of a list.
public struct Scope: Sendable {
  /// Ids, labels, and dotted paths such as `unit.employees`.
  public var names: [String: Binding]
  /// Where this is a row of a list: the scope of the subject that it belongs to, whose facts can be
  /// named too where no name of the row's own stands in front of them; its lists cannot.
  public var outer: Int?

  public init(names: [String: Binding] = [:], outer: Int? = nil) {
    self.names = names
    self.outer = outer
  }
}

/// All scopes that an expression can reach; their numbers stand in `ExpressionType.row`.
public struct Environment: Sendable {
  public var scopes: [Scope]

  public init(scopes: [Scope] = []) { self.scopes = scopes }
}

extension Environment {
  /// What a name stands for in a scope; nil for a name that cannot be used there.
  public func binding(_ name: String, in scope: Int) -> Binding? {
    if let own = scopes[scope].names[name] { return own }
    guard let outer = scopes[scope].outer, var binding = scopes[outer].names[name],
      case .fact(let slot) = binding.meaning
    else { return nil }
    binding.meaning = .fact(slot: slot + Demand.outer)
    if case .list = binding.type {
      binding.refusal = Bilingual(
        zh: "这里不能使用列表“\(name)”", en: "the list “\(name)” cannot be used here")
    }
    return binding
  }

  /// All names that can be used in a scope.
  func names(in scope: Int) -> [String] {
    let outer = scopes[scope].outer.map { Array(scopes[$0].names.keys) } ?? []
    return Array(scopes[scope].names.keys) + outer
  }
}
