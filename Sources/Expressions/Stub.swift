public import Tables

/// The static type of an expression.
public indirect enum ExpressionType: Sendable, Hashable {
  case bool, int, double, decimal, string, date, timestamp, duration, null, dyn, type
  case list(ExpressionType)
  case map(ExpressionType, ExpressionType)
  case row(scope: Int)
}

public struct Binding: Sendable {
  public var shown: String
  public var type: ExpressionType
  public var meaning: Meaning
  public var codes: [String]?
  public var refusal: Bilingual?

  public enum Meaning: Sendable {
    case fact(slot: Int)
    case expression(CheckedExpression)
  }

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

public struct Scope: Sendable {
  public var names: [String: Binding]
  public init(names: [String: Binding]) { self.names = names }
}

public struct Environment: Sendable {
  public var scopes: [Scope]
  public init(scopes: [Scope]) { self.scopes = scopes }
}

public struct ExpressionFault: Error, Sendable {
  public var line: Int
  public var column: Int
  public var message: Bilingual
}

public struct FactUse: Sendable, Hashable {
  public var slots: [Int]
  public var shown: String
  public var type: ExpressionType
}

public struct CheckedExpression: Sendable {
  public let text: String
  public let type: ExpressionType
  public let demand: Demand
  public let facts: [FactUse]
  public func evaluate(over batch: Batch) -> Vector { Vector(.flags([])) }
}

public func check(
  _ text: String, in environment: Environment, scope: Int, expecting: [ExpressionType] = []
) throws(ExpressionFault) -> CheckedExpression {
  throw ExpressionFault(line: 1, column: 1, message: Bilingual(zh: "", en: ""))
}
