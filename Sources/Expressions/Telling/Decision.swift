public import Tables

/// What a part of an expression gave for one subject, and the parts of it that decided.
///
/// Of a conjunction that does not hold only what does not hold decided, of an alternative that
/// holds only what holds, of `?:` the test and the branch taken; what was absorbed is left out.
public struct Decision: Sendable {
  /// As it stands in the expression.
  public var text: String
  public var sentence: Bilingual
  public var outcome: TracedNode.Outcome
  /// What the outcome is called where it is a code; nil for all others.
  public var named: Bilingual?
  public var because: [Decision] = []
  /// Where a macro walked rows: the slots that lead to the list, and its answer for each row.
  public var list: [Int] = []
  public var rows: [Verdict] = []
  /// The facts that were looked at: all but those of a branch of `?:` that was not taken.
  public var used: [FactUse] = []

  /// What a macro's condition says of a row.
  public enum Verdict: Sendable, Equatable { case yes, no, unknown, error }
}

extension CheckedExpression {
  /// Evaluates one lane of a batch and keeps what decided.
  public func decision(over batch: Batch, lane: Int, _ vocabulary: Vocabulary) -> Decision {
    let frame = Frame(
      depth: 0, count: 1, batch: batch, picks: [Int32(lane)], elements: nil, parent: nil,
      owners: [])
    return Decider(expression: self, frame: frame, vocabulary: vocabulary).decide(root)
  }
}

private struct Decider {
  let expression: CheckedExpression
  let frame: Frame
  let vocabulary: Vocabulary

  func decide(_ node: Node) -> Decision {
    if case .inlined(let inner, _) = node.kind {
      return Decider(expression: inner, frame: frame, vocabulary: vocabulary).decide(inner.root)
    }
    var evaluator = Evaluator(expression: expression)
    let lanes = evaluator.evaluate(node, frame)
    var decision = Decision(
      text: expression.source[node.range],
      sentence: Teller(expression: expression, vocabulary: vocabulary).tell(node),
      outcome: TracedNode.Outcome(lanes, 0, expression.facts))
    decision.named = name(of: decision.outcome, given: node)
    switch node.kind {
    case .and: chain(node, isAnd: true, into: &decision)
    case .or: chain(node, isAnd: false, into: &decision)
    case .not(let operand):
      let inner = decide(operand)
      decision.used = inner.used
      if inner.because.isEmpty {
        (decision.list, decision.rows) = (inner.list, inner.rows)
      } else {
        decision.because = inner.because
      }
    case .conditional(let test, let yes, let no):
      let tested = decide(test)
      decision.because = [tested]
      decision.used = tested.used
      switch tested.outcome {
      case .value(let value):
        let branch = value == "true" ? yes : no
        let taken = decide(branch)
        decision.used += taken.used
        // A constant says nothing that the outcome does not say.
        if case .constant = branch.unwrapped.kind { break }
        decision.because.append(taken)
      case .unknown, .error, .each: decision.used += decide(yes).used + decide(no).used
      }
    case .macro(_, let depth, let range, _, let body):
      decision.used = facts(of: node)
      walk(range, depth, body, into: &decision)
    case .size(let operand), .widen(let operand), .box(let operand), .unbox(let operand),
      .negate(let operand), .call(_, let operand), .isKnown(let operand):
      pass(decide(operand), to: &decision)
    case .compare(_, let left, let right), .arithmetic(_, let left, let right),
      .isIn(let left, let right), .textTest(_, let left, let right),
      .between(_, let left, let right):
      for side in [left, right] { pass(decide(side), to: &decision) }
    case .constant, .fact, .element, .inlined, .matches, .list, .map, .index, .hasKey:
      decision.used = facts(of: node)
    }
    return decision
  }

  /// What a code is called that a node gave: as the fact calls it, or as the whole does.
  private func name(of outcome: TracedNode.Outcome, given node: Node) -> Bilingual? {
    guard node.type == .string, case .value(let code) = outcome else { return nil }
    if case .fact(_, let index) = node.unwrapped.kind {
      return vocabulary.entry(expression.facts[index]).codes[code]
    }
    return vocabulary.results[code]
  }

  /// What is inside something that is no logic: only lists that were walked, and choices.
  private func pass(_ inner: Decision, to decision: inout Decision) {
    decision.used += inner.used
    if !inner.rows.isEmpty || !inner.list.isEmpty {
      if decision.list.isEmpty {
        (decision.list, decision.rows) = (inner.list, inner.rows)
      } else {
        decision.because.append(inner)
      }
    }
    decision.because += inner.because
  }

  /// The parts of a chain of `&&` or `||` that decided.
  private func chain(_ node: Node, isAnd: Bool, into decision: inout Decision) {
    let all = links(of: node, isAnd: isAnd).map { decide($0) }
    decision.used = all.flatMap(\.used)
    switch decision.outcome {
    case .value(let value):
      decision.because =
        (value == "true") == isAnd ? all : all.filter { $0.outcome == decision.outcome }
    case .unknown:
      decision.because = all.filter { if case .unknown = $0.outcome { true } else { false } }
    case .error:
      decision.because = all.filter { if case .error = $0.outcome { true } else { false } }
    case .each: decision.because = all
    }
  }

  /// The facts that a node names, in the order of its text.
  private func facts(of node: Node) -> [FactUse] {
    switch node.kind {
    case .fact(_, let index): [expression.facts[index]]
    case .inlined(let inner, _): inner.facts
    default: node.parts.flatMap { facts(of: $0) }
    }
  }

  private func links(of node: Node, isAnd: Bool) -> [Node] {
    switch node.kind {
    case .and(let left, let right) where isAnd:
      links(of: left, isAnd: isAnd) + links(of: right, isAnd: isAnd)
    case .or(let left, let right) where !isAnd:
      links(of: left, isAnd: isAnd) + links(of: right, isAnd: isAnd)
    default: [node]
    }
  }

  /// Asks the condition of a macro of every row.
  private func walk(_ range: Node, _ depth: Int, _ body: Node, into decision: inout Decision) {
    var evaluator = Evaluator(expression: expression)
    let lists = evaluator.evaluate(range, frame)
    guard body.type == .bool, lists.isKnown, case .rows(let children) = lists.values else {
      return pass(decide(range), to: &decision)
    }
    let (_, rows) = children.ranges([0], lists.picks)
    let inner = Frame(
      depth: depth, count: rows.count, batch: children.batch, picks: rows, elements: nil,
      parent: frame, owners: Array(repeating: 0, count: rows.count))
    let answers = evaluator.evaluate(body, inner).spread(over: rows.count)
    guard case .flags(let flags) = answers.values else { return }
    decision.list = range.path
    decision.rows = Array(repeating: .no, count: children.batch.count)
    for (index, row) in rows.enumerated() {
      decision.rows[Int(row)] =
        answers.missing(at: index) != 0
        ? .unknown : answers.fault(at: index) != 0 ? .error : flags[index] ? .yes : .no
    }
  }
}
