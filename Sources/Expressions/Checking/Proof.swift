public import Tables

/// What can be said of a condition before a row is read.
public enum Certainty: Sendable, Equatable {
  /// Whatever the facts, it is not true: it is false, or unknown.
  case neverTrue
  /// Whatever the facts, it is not false.
  case neverFalse
}

extension CheckedExpression {
  /// What constants, code tables and plausible ranges prove of this condition; nil where facts
  /// decide.
  ///
  /// Proved are contradictions between comparisons with constants, `status == 'a' && status ==
  /// 'b'` or `seats > 900` where at most 900 are plausible; what is not proved may still never be
  /// true.
  ///
  /// - Parameter range: The least and the most number that a fact of the scope can have, by slot.
  public func certainty(
    within range: (_ slot: Int) -> (least: Exact?, most: Exact?) = { _ in (nil, nil) }
  ) -> Certainty? {
    guard type == .bool else { return nil }
    return withoutActuallyEscaping(range) { range in
      let proof = Proof(range: range)
      if proof.isNeverTrue([Literal(node: root, holds: true, text: self)]) { return .neverTrue }
      if proof.isNeverTrue([Literal(node: root, holds: false, text: self)]) { return .neverFalse }
      return nil
    }
  }
}

/// A condition or its opposite.
private struct Literal {
  var node: Node
  /// Whether the condition itself is asked for, not its opposite.
  var holds: Bool
  /// The expression that it is a part of.
  var text: CheckedExpression

  func with(_ node: Node, _ holds: Bool) -> Literal {
    Literal(node: node, holds: holds, text: text)
  }
}

/// Whether conditions can be true together.
private struct Proof {
  let range: (Int) -> (least: Exact?, most: Exact?)

  func isNeverTrue(_ literals: [Literal]) -> Bool {
    var possible: [String: Possible] = [:]
    return literals.contains { isNeverTrue($0, &possible) }
  }

  /// Narrows what is possible by one more condition; true where nothing is left.
  private func isNeverTrue(_ literal: Literal, _ possible: inout [String: Possible]) -> Bool {
    let holds = literal.holds
    switch literal.node.kind {
    case .constant(.bool(let value)): return value != holds
    case .not(let operand): return isNeverTrue(literal.with(operand, !holds), &possible)
    case .inlined(let inner, _):
      return isNeverTrue(Literal(node: inner.root, holds: holds, text: inner), &possible)
    case .and(let left, let right):
      if holds {
        return isNeverTrue(literal.with(left, true), &possible)
          || isNeverTrue(literal.with(right, true), &possible)
      }
      return isNeither(literal.with(left, false), literal.with(right, false), possible)
    case .or(let left, let right):
      if !holds {
        return isNeverTrue(literal.with(left, false), &possible)
          || isNeverTrue(literal.with(right, false), &possible)
      }
      return isNeither(literal.with(left, true), literal.with(right, true), possible)
    case .conditional(let test, let yes, let no):
      var (first, second) = (possible, possible)
      let noYes =
        isNeverTrue(literal.with(test, true), &first)
        || isNeverTrue(literal.with(yes, holds), &first)
      let noNo =
        isNeverTrue(literal.with(test, false), &second)
        || isNeverTrue(literal.with(no, holds), &second)
      return noYes && noNo
    case .compare(let comparison, let left, let right):
      return narrow(literal, comparison, left, right, &possible)
    case .isIn(let item, let container):
      return narrow(literal, item, container, &possible)
    default:
      if case .bool(let value)? = constant(literal.node, literal.text) { return value != holds }
      return narrow(literal.node, literal, &possible) { $0.keep(truth: holds) }
    }
  }

  private func isNeither(_ first: Literal, _ second: Literal, _ possible: [String: Possible])
    -> Bool
  {
    var (left, right) = (possible, possible)
    return isNeverTrue(first, &left) && isNeverTrue(second, &right)
  }

  // MARK: - Comparisons

  private func narrow(
    _ literal: Literal, _ comparison: Comparison, _ left: Node, _ right: Node,
    _ possible: inout [String: Possible]
  ) -> Bool {
    let holds = literal.holds
    switch (constant(left, literal.text), constant(right, literal.text)) {
    case (_?, _?):
      guard case .bool(let value)? = constant(literal.node, literal.text) else { return false }
      return value != holds
    case (nil, let value?):
      let wanted = holds ? comparison : comparison.opposite
      return narrow(left, literal, &possible) { $0.keep(wanted, value) }
    case (let value?, nil):
      let wanted = (holds ? comparison : comparison.opposite).turned
      return narrow(right, literal, &possible) { $0.keep(wanted, value) }
    case (nil, nil): return false
    }
  }

  private func narrow(
    _ literal: Literal, _ item: Node, _ container: Node, _ possible: inout [String: Possible]
  ) -> Bool {
    guard case .list(let values)? = constant(container, literal.text) else { return false }
    if item.isWithoutFacts {
      guard case .bool(let value)? = constant(literal.node, literal.text) else { return false }
      return value != literal.holds
    }
    return narrow(item, literal, &possible) { $0.keep(amongst: values, literal.holds) }
  }

  private func narrow(
    _ node: Node, _ literal: Literal, _ possible: inout [String: Possible],
    by rule: (inout Possible) -> Void
  ) -> Bool {
    var node = node
    while case .widen(let inner) = node.kind { node = inner }
    while case .box(let inner) = node.kind { node = inner }
    guard node.depth == 0, node.type.isColumnar, node.type != .double else { return false }
    // One fact may be called by several names; all else is the same where its text is.
    var key = literal.text.source[node.range]
    if case .fact(let slot, _) = node.kind { key = "#\(slot)" }
    var known = possible[key] ?? first(node)
    rule(&known)
    possible[key] = known
    return known.isNothing
  }

  private func first(_ node: Node) -> Possible {
    var start = Possible(isWhole: node.type == .int, codes: node.codes.map { Set($0) })
    if case .fact(let slot, _) = node.kind { (start.least, start.most) = range(slot) }
    if case .size = node.kind { start.least = Exact(millionths: 0) }
    return start
  }

  /// The value of a part that uses no fact.
  private func constant(_ node: Node, _ text: CheckedExpression) -> Value? {
    guard node.isWithoutFacts else { return nil }
    let part = CheckedExpression(source: text.source, root: node, demand: Demand(), facts: [])
    return part.evaluate(over: Batch(count: 1)).value(at: 0)
  }
}

extension Node {
  fileprivate var isWithoutFacts: Bool {
    switch kind {
    case .fact: false
    case .inlined(let inner, _): inner.isConstant && inner.root.isWithoutFacts
    default: parts.allSatisfy(\.isWithoutFacts)
    }
  }
}

/// The values that something can still have.
private struct Possible {
  let isWhole: Bool
  /// Those of its code table, where it has one.
  var codes: Set<String>?
  var only: Set<String>?
  var truths: Set<Bool> = [true, false]
  var least: Exact?
  var most: Exact?
  private var except: Set<Value> = []

  init(isWhole: Bool, codes: Set<String>?) {
    self.isWhole = isWhole
    self.codes = codes
  }

  var isNothing: Bool {
    if truths.isEmpty || (only ?? codes)?.isEmpty ?? false { return true }
    guard let least, let most else { return false }
    return most < least || (most == least && except.contains { $0.position == least })
  }

  mutating func keep(truth: Bool) { truths.formIntersection([truth]) }

  mutating func keep(_ comparison: Comparison, _ value: Value) {
    switch value {
    case .bool(let truth) where comparison == .equal: keep(truth: truth)
    case .bool(let truth) where comparison == .notEqual: keep(truth: !truth)
    case .string(let text) where comparison == .equal: keep([text])
    case .string(let text) where comparison == .notEqual: drop(text)
    default: if let position = value.position { keep(comparison, position, value) }
    }
  }

  mutating func keep(amongst values: [Value], _ holds: Bool) {
    let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    if texts.count == values.count {
      if holds { keep(Set(texts)) }
      for text in texts where !holds { drop(text) }
      return
    }
    let positions = values.compactMap(\.position)
    guard positions.count == values.count else { return }
    if !holds {
      except.formUnion(values)
    } else if let first = positions.min(), let last = positions.max() {
      keep(.greaterOrEqual, first, .null)
      keep(.lessOrEqual, last, .null)
    }
  }

  private mutating func keep(_ texts: Set<String>) {
    only = (only ?? codes)?.intersection(texts) ?? texts
  }

  private mutating func drop(_ text: String) {
    only?.remove(text)
    codes?.remove(text)
  }

  private mutating func keep(_ comparison: Comparison, _ bound: Exact, _ value: Value) {
    // Whole numbers and days have a next one; other numbers are kept to a millionth.
    let step = isWhole ? Exact.one : 1
    let (above, overflow) = bound.millionths.addingReportingOverflow(step)
    let (below, underflow) = bound.millionths.subtractingReportingOverflow(step)
    guard !overflow, !underflow else { return }
    let next = Exact(millionths: above)
    let before = Exact(millionths: below)
    switch comparison {
    case .equal: (least, most) = (max(least ?? bound, bound), min(most ?? bound, bound))
    case .notEqual: except.insert(value)
    case .less: most = min(most ?? before, before)
    case .lessOrEqual: most = min(most ?? bound, bound)
    case .greater: least = max(least ?? next, next)
    case .greaterOrEqual: least = max(least ?? bound, bound)
    }
  }
}

extension Value {
  /// Where a number or a day stands in its order; nil for all else.
  fileprivate var position: Exact? {
    switch self {
    case .int(let number): Exact(number)
    case .decimal(let number): number
    case .date(let date) where date.precision == .day: Exact(millionths: Int64(date.firstDay))
    default: nil
    }
  }
}

extension Comparison {
  /// What holds where this one is known not to.
  fileprivate var opposite: Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  /// The same with its sides changed.
  fileprivate var turned: Comparison {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
