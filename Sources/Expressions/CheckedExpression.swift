public import Tables

/// A fact that an expression uses.
public struct FactUse: Sendable, Hashable {
  /// The slot in the batch; inside a list, the list's slot and then the slot in its rows.
  public var slots: [Int]
  /// The name that people know it by, e.g. `employees` or `penalties.decided_on`.
  public var shown: String
  public var type: ExpressionType

  public init(slots: [Int], shown: String, type: ExpressionType) {
    self.slots = slots
    self.shown = shown
    self.type = type
  }
}

/// An expression in which every name is known and every type fits.
public struct CheckedExpression: Sendable {
  public let text: String
  public let type: ExpressionType
  /// What a batch must hold. The slot of a list fact stands only in `lists`, also where nothing of
  /// its rows is read.
  public let demand: Demand
  /// Bit i (63 at most) of `Vector.missing` stands for `facts[i]`.
  public let facts: [FactUse]
  let source: Source
  let root: Node
  let cost: Cost

  init(source: Source, root: Node, demand: Demand, facts: [FactUse]) {
    text = source.text
    type = root.type
    self.demand = demand
    self.facts = facts
    self.source = source
    self.root = root
    cost = root.cost()
  }

  /// An expression that is one value, whatever the batch.
  public static func constant(_ value: Value) -> CheckedExpression {
    let text = value.description
    let source = Source(text)
    let root = Node(
      kind: .constant(value), type: value.expressionType, range: 0..<source.scalars.count)
    return CheckedExpression(source: source, root: root, demand: Demand(), facts: [])
  }

  /// An expression that is one decimal number.
  public static func fromExact(_ number: Exact) -> CheckedExpression {
    constant(.decimal(number))
  }

  /// Whether it uses no fact.
  public var isConstant: Bool { facts.isEmpty }

  /// The names of the facts in a set of missing facts.
  public func missingNames(_ missing: UInt64) -> [String] {
    facts.indices.filter { missing & Evaluator.bit($0) != 0 }.map { facts[$0].shown }
  }
}

/// Checks a text against the names and types of an environment.
///
/// - Parameters:
///   - text: The expression as it is written in a pack.
///   - environment: What can be named.
///   - scope: Number of the scope whose names stand alone.
///   - expecting: The types of result that will do; any if empty. A whole number will do for a
///     decimal.
/// - Throws: Also where it would cost more than `Cost` allows.
public func check(
  _ text: String, in environment: Environment, scope: Int, expecting: [ExpressionType] = []
) throws(ExpressionFault) -> CheckedExpression {
  let source = Source(text)
  var checker = Checker(source: source, environment: environment, scope: scope)
  let node = try checker.check(try Parser.parse(source))
  let root = try checker.fit(node, expecting)
  let checked = CheckedExpression(
    source: source, root: root, demand: checker.demand, facts: checker.facts)
  guard checked.cost.isBearable else { throw source.tooDear(checked.cost) }
  return checked
}
