public import Tables

/// The rows that a node is evaluated over: those of the batch, or the elements that a macro walks.
final class Frame {
  let depth: Int
  let count: Int
  /// The batch that facts are taken from, and which of its rows, if not all.
  let batch: Batch
  let picks: [Int32]?
  /// The elements of a list of values.
  let elements: EvaluationResult?
  let parent: Frame?
  /// For every lane the lane of the parent that it belongs to.
  let owners: [Int32]

  init(
    depth: Int, count: Int, batch: Batch, picks: [Int32]?, elements: EvaluationResult?,
    parent: Frame?,
    owners: [Int32]
  ) {
    self.depth = depth
    self.count = count
    self.batch = batch
    self.picks = picks
    self.elements = elements
    self.parent = parent
    self.owners = owners
  }
}

/// Walks the tree of an expression once; every node works on all lanes at a time.
struct Evaluator {
  let expression: CheckedExpression
  var recorder: Recorder?

  /// The bit of a fact; facts beyond the 63rd share the last.
  static func bit(_ fact: Int) -> UInt64 { 1 << UInt64(min(fact, 63)) }

  mutating func evaluate(_ node: Node, _ frame: Frame) -> EvaluationResult {
    // What does not depend on the innermost rows is computed once for the rows outside.
    if let parent = frame.parent, node.depth < frame.depth {
      return evaluate(node, parent).gathered(frame.owners)
    }
    guard recorder != nil else { return compute(node, frame) }
    recorder?.enter(expression.source[node.range], node)
    let lanes = compute(node, frame)
    recorder?.leave(lanes, count: frame.count, facts: expression.facts)
    return lanes
  }

  private mutating func compute(_ node: Node, _ frame: Frame) -> EvaluationResult {
    let count = frame.count
    switch node.kind {
    case .constant(let value):
      return EvaluationResult(values: .boxed([value]), isUniform: true).unboxed(
        to: node.type, count: 1)
    case .fact(let slot, let index): return fact(slot, index, node.type, frame)
    case .element:
      return frame.elements ?? EvaluationResult(values: .boxed([.null]), isUniform: true)
    case .inlined(let inner, let facts): return inlined(inner, facts, frame)
    case .not(let operand): return Logic.not(evaluate(operand, frame))
    case .and(let left, let right):
      return Logic.both(evaluate(left, frame), evaluate(right, frame), count: count)
    case .or(let left, let right):
      return Logic.either(evaluate(left, frame), evaluate(right, frame), count: count)
    case .conditional(let test, let yes, let no):
      return Logic.choose(
        evaluate(test, frame), evaluate(yes, frame), evaluate(no, frame), count: count)
    case .compare(let comparison, let left, let right):
      return compare(comparison, left, right, frame)
    case .isIn(let item, let container):
      return contains(container, item, frame)
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, left, right, node.type, frame)
    case .negate(let operand):
      return negated(evaluate(operand, frame), node.type, count)
    case .widen(let operand): return widened(evaluate(operand, frame), count)
    case .box(let operand): return evaluate(operand, frame).boxed(count: count)
    case .unbox(let operand):
      return evaluate(operand, frame).unboxed(to: node.type, count: count)
    case .textTest(let test, let text, let part):
      return textTest(test, evaluate(text, frame), evaluate(part, frame), count)
    case .matches(let text, let pattern):
      var search = PatternSearch(pattern)
      return Texts.ask(evaluate(text, frame), count) { search.isFound(in: $0) }
    case .size(let operand): return size(operand, frame)
    case .between(let unit, let from, let to): return between(unit, from, to, frame)
    case .call(let function, let operand):
      let argument = evaluate(operand, frame).boxed(count: count)
      return mapped([argument], node.type, dates: node, count) { function.apply(to: $0[0]) }
    case .list(let items): return list(items, frame)
    case .map(let entries): return map(entries, frame)
    case .index(let container, let position):
      let lanes = [
        evaluate(container, frame).boxed(count: count),
        evaluate(position, frame).boxed(count: count),
      ]
      return mapped(lanes, node.type, dates: nil, count) { $0[0].item(at: $0[1]) }
    case .hasKey(let container, let name):
      let lanes = evaluate(container, frame).boxed(count: count)
      return mapped([lanes], .bool, dates: nil, count) { $0[0].hasKey(.string(name)) }
    case .isKnown(let operand): return known(operand, frame)
    case .macro(let macro, let depth, let range, let condition, let body):
      return self.macro(macro, depth, range, condition, body, node, frame)
    }
  }

  // MARK: - Facts

  private func fact(
    _ slot: Int, _ index: Int, _ type: ExpressionType, _ frame: Frame
  ) -> EvaluationResult {
    let bit = Evaluator.bit(index)
    guard let vector = frame.batch.vectors[slot] else {
      // Nobody gathered it: unknown everywhere.
      var lanes = EvaluationResult(values: Values.nothing(of: type), isUniform: true)
      lanes.missing = [bit]
      return lanes
    }
    var lanes = EvaluationResult(values: vector.values, faults: vector.faults)
    if !vector.missing.isEmpty {
      // Where all that is missing has this bit already, it is not written anew.
      let isMarked = vector.missing.reduce(0, |) == bit
      lanes.missing = isMarked ? vector.missing : vector.missing.map { $0 == 0 ? 0 : bit }
      lanes.values.clear(where: vector.missing)
    }
    if let picks = frame.picks { lanes = lanes.gathered(picks) }
    return type.isRows ? lanes : lanes.unboxed(to: type, count: frame.count)
  }

  private mutating func inlined(
    _ inner: CheckedExpression, _ facts: [Int], _ frame: Frame
  ) -> EvaluationResult {
    var evaluator = Evaluator(expression: inner, recorder: recorder)
    let base = Frame(
      depth: 0, count: frame.count, batch: frame.batch, picks: frame.picks, elements: nil,
      parent: nil, owners: [])
    var lanes = evaluator.evaluate(inner.root, base)
    recorder = evaluator.recorder
    let bits = facts.map { Evaluator.bit($0) }
    for lane in lanes.missing.indices where lanes.missing[lane] != 0 {
      var set: UInt64 = 0
      for index in bits.indices where lanes.missing[lane] & Evaluator.bit(index) != 0 {
        set |= bits[index]
      }
      lanes.missing[lane] = set
    }
    return lanes
  }

  private mutating func known(_ operand: Node, _ frame: Frame) -> EvaluationResult {
    let lanes = evaluate(operand, frame)
    let width = lanes.isUniform ? 1 : lanes.values.count
    var result = EvaluationResult(
      values: .flags(Array(repeating: true, count: width)), faults: lanes.faults,
      isUniform: lanes.isUniform)
    guard !lanes.missing.isEmpty else { return result }
    result.values = .flags(lanes.missing.map { $0 == 0 })
    if let undecided = undecided(operand, frame) {
      result.missing = lanes.missing.indices.map { undecided[$0] ? lanes.missing[$0] : 0 }
    }
    return result
  }

  /// For each lane whether nobody knows if a fact is stated, because what was delivered was not
  /// accepted; nil where there is no such lane.
  private func undecided(_ operand: Node, _ frame: Frame) -> [Bool]? {
    guard case .fact(let slot, _) = operand.kind, let missing = frame.batch.vectors[slot]?.missing,
      missing.contains(Vector.undecided)
    else { return nil }
    guard let picks = frame.picks else { return missing.map { $0 == Vector.undecided } }
    return picks.map { missing[Int($0)] == Vector.undecided }
  }

  // MARK: - Boxed values

  /// Calls a function of boxed values lane by lane.
  ///
  /// - Parameter dates: The node whose facts are missing where a date is not precise enough.
  func mapped(
    _ arguments: [EvaluationResult], _ type: ExpressionType, dates: Node?, _ count: Int,
    _ function: ([Value]) -> Outcome
  ) -> EvaluationResult {
    let isUniform = arguments.allSatisfy(\.isUniform)
    let width = isUniform ? 1 : count
    var result = EvaluationResult(values: .boxed([]), isUniform: isUniform)
    (result.missing, result.faults) = strictState(arguments, width: width)
    var boxes = [Value](repeating: .null, count: width)
    var row = [Value](repeating: .null, count: arguments.count)
    for lane in 0..<width where result.isKnown(at: lane) {
      for (index, argument) in arguments.enumerated() {
        guard case .boxed(let values) = argument.values else { continue }
        row[index] = values[argument.isUniform ? 0 : lane]
      }
      switch function(row) {
      case .value(let value): boxes[lane] = value
      case .fault(let fault): result.setFault(fault, at: lane, of: width)
      case .imprecise:
        let bits = dates.map(dateFacts) ?? 0
        if bits == 0 {
          result.setFault(.impreciseDate, at: lane, of: width)
        } else {
          result.setMissing(bits, at: lane, of: width)
        }
      }
    }
    result.values = .boxed(boxes)
    return result.unboxed(to: type, count: width)
  }

  /// The bits of all dates that a node uses.
  func dateFacts(_ node: Node) -> UInt64 {
    switch node.kind {
    case .fact(_, let index): return node.type == .date ? Evaluator.bit(index) : 0
    case .inlined(let inner, let facts):
      var bits: UInt64 = 0
      for (index, fact) in inner.facts.enumerated() where fact.type == .date {
        bits |= Evaluator.bit(facts[index])
      }
      return bits
    default: return node.parts.reduce(0) { $0 | dateFacts($1) }
    }
  }
}

/// Unknown and error of an operation that needs all its arguments: unknown wins over error, and
/// what is missing adds up.
func strictState(_ arguments: [EvaluationResult], width: Int) -> (
  missing: [UInt64], faults: [UInt8]
) {
  if arguments.allSatisfy(\.isKnown) { return ([], []) }
  var missing: [UInt64] = []
  var faults: [UInt8] = []
  for argument in arguments where !argument.missing.isEmpty {
    if missing.isEmpty, argument.missing.count == width {
      missing = argument.missing
      continue
    }
    if missing.isEmpty { missing = Array(repeating: 0, count: width) }
    add(argument.missing, isUniform: argument.isUniform, to: &missing)
  }
  for argument in arguments where !argument.faults.isEmpty {
    if faults.isEmpty { faults = Array(repeating: 0, count: width) }
    for lane in 0..<width where faults[lane] == 0 { faults[lane] = argument.fault(at: lane) }
  }
  if !missing.isEmpty, !faults.isEmpty {
    for lane in 0..<width where missing[lane] != 0 { faults[lane] = 0 }
  }
  return (missing, faults)
}

private func add(_ bits: [UInt64], isUniform: Bool, to missing: inout [UInt64]) {
  if isUniform {
    for lane in missing.indices { missing[lane] |= bits[0] }
  } else {
    precondition(bits.count == missing.count)
    for lane in missing.indices { missing[lane] |= bits[lane] }
  }
}

extension Values {
  /// One meaningless lane in the column of a type.
  static func nothing(of type: ExpressionType) -> Values {
    switch type {
    case .bool: .flags([false])
    case .int: .integers([0])
    case .double: .reals([0])
    case .decimal: .decimals([0])
    case .string: .texts(Texts([""]))
    case .date: .dates([0])
    case .list(.row): .rows(ChildRows(offsets: [0, 0], batch: Batch(count: 0)))
    case .timestamp, .duration, .null, .dyn, .type, .list, .map, .row: .boxed([.null])
    }
  }

  /// Gives lanes that hold nothing a value that can be looked at safely; most have it already, and
  /// then nothing is copied.
  fileprivate mutating func clear(where missing: [UInt64]) {
    switch self {
    case .texts(var texts):
      guard holdsSome(texts.lengths, where: missing) else { return }
      for lane in missing.indices where missing[lane] != 0 {
        texts.starts[lane] = 0
        texts.lengths[lane] = 0
      }
      self = .texts(texts)
    case .codes(var ids, let names):
      guard names.isEmpty || holdsSome(ids, where: missing) else { return }
      for lane in missing.indices where missing[lane] != 0 { ids[lane] = 0 }
      self = .codes(ids: ids, names: names.isEmpty ? [""] : names)
    case .dates(var dates):
      // A date without day would send whole batches down the slower path.
      guard holdsSome(dates, where: missing) else { return }
      for lane in missing.indices where missing[lane] != 0 { dates[lane] = 0 }
      self = .dates(dates)
    case .flags, .integers, .decimals, .reals, .rows, .boxed: return
    }
  }
}

/// Whether a lane that is missing holds anything but 0.
private func holdsSome(_ lanes: [Int32], where missing: [UInt64]) -> Bool {
  precondition(lanes.count == missing.count)
  var bits: Int32 = 0
  for lane in lanes.indices { bits |= missing[lane] != 0 ? lanes[lane] : 0 }
  return bits != 0
}

extension CheckedExpression {
  /// Evaluates over all lanes of a batch.
  ///
  /// A fact is unknown where the vector's `missing` is not 0, whatever bits it has, or where the
  /// batch has no vector for it.
  public func evaluate(over batch: Batch) -> Vector {
    var evaluator = Evaluator(expression: self)
    let frame = Frame(
      depth: 0, count: batch.count, batch: batch, picks: nil, elements: nil, parent: nil,
      owners: [])
    return evaluator.evaluate(root, frame).vector(count: batch.count)
  }
}
