import Tables

/// Macros evaluate their body once over the elements of all lanes and reduce by lane.
extension Evaluator {
  mutating func macro(
    _ macro: MacroName, _ depth: Int, _ range: Node, _ condition: Node?, _ body: Node,
    _ node: Node, _ frame: Frame
  ) -> EvaluationResult {
    let lists = evaluate(range, frame)
    let width = lists.isUniform ? 1 : frame.count
    let walk = Walk(lists, width: width, elementType: elementType(of: range))
    // A list that is the same for every lane is walked once, unless the body looks at the lane.
    guard !lists.isUniform || !usesLanes(body, condition, depth) else {
      return reduce(
        macro, depth, condition, body, node,
        Walk(
          lists.spread(over: frame.count), width: frame.count,
          elementType: elementType(of: range)),
        frame)
    }
    return reduce(macro, depth, condition, body, node, walk, frame)
  }

  private func elementType(of range: Node) -> ExpressionType {
    switch range.type {
    case .list(let element): element
    case .map(let key, _): key
    default: .dyn
    }
  }

  /// Whether the body uses anything but the macro's own element and what does not differ by lane.
  private func usesLanes(_ body: Node, _ condition: Node?, _ depth: Int) -> Bool {
    body.usesFacts(outside: depth) || condition?.usesFacts(outside: depth) ?? false
  }

  private mutating func reduce(
    _ macro: MacroName, _ depth: Int, _ condition: Node?, _ body: Node, _ node: Node,
    _ walk: Walk, _ frame: Frame
  ) -> EvaluationResult {
    let inner = Frame(
      depth: depth, count: walk.owners.count, batch: walk.batch, picks: walk.rows,
      elements: walk.elements, parent: frame, owners: walk.owners)
    let results = evaluate(body, inner).spread(over: inner.count)
    switch macro {
    case .all: return walk.decide(results, decisive: false)
    case .exists: return walk.decide(results, decisive: true)
    case .existsOne: return walk.exactlyOne(results)
    case .filter: return walk.filter(results)
    case .map:
      let chosen = condition.map { evaluate($0, inner).spread(over: inner.count) }
      return walk.collect(results, where: chosen)
    }
  }
}

extension Node {
  /// Whether it uses a fact, or an element of a macro that lies outside the one so deep.
  fileprivate func usesFacts(outside macro: Int) -> Bool {
    switch kind {
    case .fact: true
    case .inlined(let inner, _): !inner.facts.isEmpty
    case .element: depth < macro
    default: parts.contains { $0.usesFacts(outside: macro) }
    }
  }
}

/// The elements of the lists of all lanes, one after another.
private struct Walk {
  /// The lists that are walked.
  let lists: EvaluationResult
  /// How many of them; 1 if the list is the same for all lanes.
  let width: Int
  /// Where the elements of each begin; one more than lists.
  let offsets: [Int32]
  /// For every element the lane of its list.
  let owners: [Int32]
  /// The elements, where they are values.
  var elements: EvaluationResult?
  /// The child batch and its rows, where they are rows.
  var batch = Batch(count: 0)
  var rows: [Int32]?
  /// The state of the lists; lanes that are no lists are in error.
  private(set) var missing: [UInt64]
  private(set) var faults: [UInt8]

  init(_ lists: EvaluationResult, width: Int, elementType: ExpressionType) {
    self.lists = lists
    self.width = width
    missing = lists.missing
    faults = lists.faults
    if case .rows(let children) = lists.values {
      // All rows in order need no gathering.
      if lists.picks == nil, children.offsets.first == 0,
        Int(children.offsets.last ?? 0) == children.batch.count
      {
        offsets = children.offsets
        batch = children.batch
        owners = Walk.owners(offsets)
        return
      }
      let (offsets, picked) = children.ranges(Array(0..<Int32(width)), lists.picks)
      self.offsets = offsets
      batch = children.batch
      rows = picked
      owners = Walk.owners(offsets)
      return
    }
    var offsets: [Int32] = [0]
    var values: [Value] = []
    let boxed = lists.boxed(count: width)
    if case .boxed(let boxes) = boxed.values {
      for lane in 0..<width {
        if lists.isKnown(at: lane) {
          switch boxes[lane] {
          case .list(let items): values.append(contentsOf: items)
          case .map(let entries): values.append(contentsOf: entries.map(\.key))
          default:
            if faults.isEmpty { faults = Array(repeating: 0, count: width) }
            faults[lane] = Fault.noSuchOverload.rawValue
          }
        }
        offsets.append(Int32(values.count))
      }
    }
    self.offsets = offsets
    owners = Walk.owners(offsets)
    elements = EvaluationResult(values: .boxed(values)).unboxed(
      to: elementType, count: values.count)
  }

  private static func owners(_ offsets: [Int32]) -> [Int32] {
    var owners: [Int32] = []
    owners.reserveCapacity(Int(offsets.last ?? 0))
    for lane in 0..<offsets.count - 1 {
      for _ in offsets[lane]..<offsets[lane + 1] { owners.append(Int32(lane)) }
    }
    return owners
  }

  private func elements(of lane: Int) -> Range<Int> {
    Int(offsets[lane])..<Int(offsets[lane + 1])
  }

  private func isListKnown(_ lane: Int) -> Bool {
    (missing.isEmpty || missing[lane] == 0) && (faults.isEmpty || faults[lane] == 0)
  }

  private func lanes(_ values: Values) -> EvaluationResult {
    EvaluationResult(values: values, missing: missing, faults: faults, isUniform: lists.isUniform)
  }

  /// The sum of what is missing among the elements of a lane, and the first error.
  private func state(of lane: Int, _ results: EvaluationResult) -> (missing: UInt64, fault: UInt8) {
    if results.isKnown { return (0, 0) }
    var missing: UInt64 = 0
    var fault: UInt8 = 0
    for element in elements(of: lane) {
      missing |= results.missing(at: element)
      if fault == 0 { fault = results.fault(at: element) }
    }
    return (missing, missing == 0 ? fault : 0)
  }

  private func mark(
    _ result: inout EvaluationResult, _ lane: Int, _ state: (missing: UInt64, fault: UInt8)
  ) {
    if state.missing != 0 {
      result.setMissing(state.missing, at: lane, of: width)
    } else if let fault = Fault(rawValue: state.fault) {
      result.setFault(fault, at: lane, of: width)
    }
  }

  /// `all` (false decides) and `exists` (true decides).
  func decide(_ results: EvaluationResult, decisive: Bool) -> EvaluationResult {
    guard case .flags(let flags) = results.values else { return results }
    var decisions = [Bool](repeating: !decisive, count: width)
    if results.isKnown {
      for element in flags.indices where flags[element] == decisive {
        decisions[Int(owners[element])] = decisive
      }
      return lanes(.flags(decisions))
    }
    var sums = [UInt64](repeating: 0, count: width)
    var firsts = [UInt8](repeating: 0, count: width)
    for element in flags.indices {
      let lane = Int(owners[element])
      let bits = results.missing(at: element)
      let fault = results.fault(at: element)
      sums[lane] |= bits
      if firsts[lane] == 0 { firsts[lane] = fault }
      if flags[element] == decisive, bits == 0, fault == 0 { decisions[lane] = decisive }
    }
    var result = lanes(.flags(decisions))
    for lane in 0..<width where decisions[lane] != decisive && isListKnown(lane) {
      mark(&result, lane, (sums[lane], sums[lane] == 0 ? firsts[lane] : 0))
    }
    return result
  }

  func exactlyOne(_ results: EvaluationResult) -> EvaluationResult {
    guard case .flags(let flags) = results.values else { return results }
    var result = lanes(.flags([]))
    var decisions = [Bool](repeating: false, count: width)
    for lane in 0..<width where isListKnown(lane) {
      decisions[lane] = elements(of: lane).count { flags[$0] } == 1
      mark(&result, lane, state(of: lane, results))
    }
    result.values = .flags(decisions)
    return result
  }

  /// The rows for which a flag stands, and where those of each lane begin.
  private func keep(_ flags: [Bool]) -> (offsets: [Int32], rows: [Int32]) {
    var counts = [Int32](repeating: 0, count: width + 1)
    var kept: [Int32] = []
    kept.reserveCapacity(flags.count)
    for element in flags.indices where flags[element] {
      kept.append(rows.map { $0[element] } ?? Int32(element))
      counts[Int(owners[element]) + 1] += 1
    }
    for lane in 0..<width { counts[lane + 1] += counts[lane] }
    return (counts, kept)
  }

  func filter(_ results: EvaluationResult) -> EvaluationResult {
    guard case .flags(let flags) = results.values else { return results }
    if case .rows(let children) = lists.values {
      var result = lanes(.flags([]))
      var kept: [Int32] = []
      if results.isKnown, missing.isEmpty, faults.isEmpty {
        let (newOffsets, kept) = keep(flags)
        result.values = .rows(ChildRows(offsets: newOffsets, batch: children.batch))
        result.picks = kept
        return result
      }
      var newOffsets: [Int32] = [0]
      for lane in 0..<width {
        if isListKnown(lane) {
          for element in elements(of: lane) where flags[element] {
            kept.append(rows?[element] ?? Int32(element))
          }
          mark(&result, lane, state(of: lane, results))
        }
        newOffsets.append(Int32(kept.count))
      }
      result.values = .rows(ChildRows(offsets: newOffsets, batch: children.batch))
      result.picks = kept
      return result
    }
    guard let elements else { return results }
    return collect(elements.boxed(count: flags.count), where: results)
  }

  /// `map`, with the condition of its form with three arguments.
  func collect(_ results: EvaluationResult, where chosen: EvaluationResult?) -> EvaluationResult {
    guard case .boxed(let boxes) = results.values else { return results }
    var result = lanes(.boxed([]))
    var made = [Value](repeating: .null, count: width)
    for lane in 0..<width where isListKnown(lane) {
      var items: [Value] = []
      var missing: UInt64 = 0
      var fault: UInt8 = 0
      for element in elements(of: lane) {
        if let chosen {
          missing |= chosen.missing(at: element)
          if fault == 0 { fault = chosen.fault(at: element) }
          guard chosen.isKnown(at: element), case .flags(let flags) = chosen.values,
            flags[element]
          else { continue }
        }
        missing |= results.missing(at: element)
        if fault == 0 { fault = results.fault(at: element) }
        items.append(boxes[element])
      }
      made[lane] = .list(items)
      mark(&result, lane, (missing, missing == 0 ? fault : 0))
    }
    result.values = .boxed(made)
    return result
  }
}
