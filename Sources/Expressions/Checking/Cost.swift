import Tables

/// What an expression can cost for one subject, known before any is evaluated.
///
/// A `let` is evaluated where it is named, and a macro for each element, so that few lines can ask
/// for more than any machine has: twenty that each name the one before twice are a million steps.
struct Cost: Sendable, Equatable {
  /// Nodes that are evaluated, elements that are copied or compared among them.
  var steps: Int
  /// Nodes above one another, those of a `let` among them: each is a call of the evaluator.
  var levels: Int
  /// Where it is a list or map: elements that it can have.
  var items = 0
  /// Elements of macros in macros that are held at the same time.
  var held = 1

  static let mostSteps = 100_000
  static let mostLevels = 600
  static let mostHeld = 5_000
  /// Elements that a list of the data is taken to have: how many it has, nobody knows before.
  static let usualRows = 8

  var isBearable: Bool {
    steps <= Cost.mostSteps && levels <= Cost.mostLevels && held <= Cost.mostHeld
  }
}

extension Node {
  /// - Parameter elements: Most elements of what a macro's variable stands for, by its depth.
  func cost(elements: [Int: Int] = [:]) -> Cost {
    switch kind {
    case .constant(let value): return Cost(steps: 1, levels: 1, items: value.elements)
    case .fact: return Cost(steps: 1, levels: 1, items: Cost.usualRows)
    case .element: return Cost(steps: 1, levels: 1, items: elements[depth] ?? Cost.usualRows)
    case .inlined(let expression, _):
      var cost = expression.cost
      cost.steps = sum(cost.steps, 1)
      cost.levels += 1
      return cost
    case .macro(_, let depth, let range, let condition, let body):
      let list = range.cost(elements: elements)
      var inner = elements
      // An element of lists in lists has no more elements than all of them took to make.
      inner[depth] = max(list.steps, Cost.usualRows)
      let parts = ([body] + (condition.map { [$0] } ?? [])).map { $0.cost(elements: inner) }
      let each = parts.reduce(1) { sum($0, $1.steps) }
      return Cost(
        steps: sum(list.steps, product(max(list.items, 1), each)),
        levels: 1 + max(list.levels, parts.map(\.levels).max() ?? 0), items: list.items,
        held: max(
          list.held, product(max(list.items, 1), parts.map(\.held).max() ?? 1)))
    default:
      let costs = parts.map { $0.cost(elements: elements) }
      var whole = Cost(
        steps: costs.reduce(1) { sum($0, $1.steps) }, levels: 1 + (costs.map(\.levels).max() ?? 0),
        held: costs.map(\.held).max() ?? 1)
      switch kind {
      case .list(let nodes): whole.items = nodes.count
      case .map(let entries): whole.items = entries.count
      case .arithmetic, .compare, .isIn:
        whole.items = costs.reduce(0) { sum($0, $1.items) }
        whole.steps = sum(whole.steps, whole.items)
      case .index: whole.items = costs[0].steps
      default: whole.items = costs.map(\.items).max() ?? 0
      }
      return whole
    }
  }

  private func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, isOver) = left.addingReportingOverflow(right)
    return isOver ? .max : sum
  }

  private func product(_ left: Int, _ right: Int) -> Int {
    let (product, isOver) = left.multipliedReportingOverflow(by: right)
    return isOver ? .max : product
  }
}

extension Value {
  fileprivate var elements: Int {
    switch self {
    case .list(let values): values.count
    case .map(let entries): entries.count
    default: 0
    }
  }
}

extension Source {
  /// Of an expression that costs more than a run can bear.
  func tooDear(_ cost: Cost) -> ExpressionFault {
    guard cost.levels <= Cost.mostLevels else {
      return fault(
        at: 0,
        zh: "表达式连同它引用的 let 共 \(grouped(cost.levels)) 层，超过 \(Cost.mostLevels) 层；请减少 let 的逐层引用",
        en:
          "with the `let` that it names, the expression is \(grouped(cost.levels)) levels deep, and "
          + "\(Cost.mostLevels) are allowed; let fewer of them name one another")
    }
    guard cost.held <= Cost.mostHeld else {
      let limit = grouped(Cost.mostHeld)
      return fault(
        at: 0,
        zh: "逐项判断（map、filter、exists 等）层层相套，对一个对象就可能同时展开超过 \(limit) 项；请少套几层，或拆成几项事实",
        en:
          "macros (map, filter, exists and so on) stand in macros, so that one subject may have more "
          + "than \(limit) elements at the same time; nest fewer of them, or make facts of them")
    }
    let limit = grouped(Cost.mostSteps)
    return fault(
      at: 0,
      zh: "对一个对象求值就可能超过 \(limit) 步：列表太长，或 let 成倍地引用前一个；请缩短，或拆成几项事实",
      en:
        "one subject may take more than \(limit) steps: lists are long, or each `let` names the one "
        + "before it several times; shorten it, or make facts of it")
  }
}
