import Tables

/// `! && || ?:` over true, false, unknown and error.
///
/// What one side decides alone absorbs the unknown or the error of the other; otherwise unknown
/// wins over error, and what is missing adds up.
enum Logic {
  static func not(_ operand: EvaluationResult) -> EvaluationResult {
    guard case .flags(let flags) = operand.values else { return operand }
    var result = operand
    result.values = .flags(inverted(flags))
    return result
  }

  static func both(_ left: EvaluationResult, _ right: EvaluationResult, count: Int)
    -> EvaluationResult
  {
    combine(left, right, decisive: false, count: count)
  }

  static func either(_ left: EvaluationResult, _ right: EvaluationResult, count: Int)
    -> EvaluationResult
  {
    combine(left, right, decisive: true, count: count)
  }

  private static func combine(
    _ left: EvaluationResult, _ right: EvaluationResult, decisive: Bool, count: Int
  ) -> EvaluationResult {
    guard case .flags(let first) = left.values, case .flags(let second) = right.values else {
      return left
    }
    let isUniform = left.isUniform && right.isUniform
    let width = isUniform ? 1 : count
    var flags = [Bool](repeating: decisive, count: width)
    if !isUniform, left.faults.isEmpty, right.faults.isEmpty, !left.isKnown || !right.isKnown {
      var result = EvaluationResult(values: .flags([]))
      result.missing = Array(repeating: 0, count: width)
      absorb(
        left.spread(over: width), right.spread(over: width), decisive, &flags, &result.missing)
      result.values = .flags(flags)
      return result
    }
    combine(
      first, left.isUniform, second, right.isUniform, decisive: decisive, into: &flags)
    var result = EvaluationResult(values: .flags(flags), isUniform: isUniform)
    if left.isKnown, right.isKnown { return result }
    (result.missing, result.faults) = strictState([left, right], width: width)
    for (side, decisions) in [(left, first), (right, second)] {
      absorb(decisions, side, decisive, &flags, &result)
    }
    result.values = .flags(flags)
    return result
  }

  /// The same for lanes without errors, in one pass that does not branch.
  private static func absorb(
    _ left: EvaluationResult, _ right: EvaluationResult, _ decisive: Bool, _ flags: inout [Bool],
    _ missing: inout [UInt64]
  ) {
    guard case .flags(let first) = left.values, case .flags(let second) = right.values else {
      return
    }
    let leftMissing = left.missing.span
    let rightMissing = right.missing.span
    precondition(first.count == flags.count && second.count == flags.count)
    if left.missing.isEmpty {
      precondition(rightMissing.count == flags.count)
      absorb(first.span, second.span, decisive, &flags, &missing) { (0, rightMissing[$0]) }
    } else if right.missing.isEmpty {
      precondition(leftMissing.count == flags.count)
      absorb(first.span, second.span, decisive, &flags, &missing) { (leftMissing[$0], 0) }
    } else {
      precondition(leftMissing.count == flags.count && rightMissing.count == flags.count)
      absorb(first.span, second.span, decisive, &flags, &missing) {
        (leftMissing[$0], rightMissing[$0])
      }
    }
  }

  @inline(__always)
  private static func absorb(
    _ first: Span<Bool>, _ second: Span<Bool>, _ decisive: Bool, _ flags: inout [Bool],
    _ missing: inout [UInt64], _ state: (Int) -> (UInt64, UInt64)
  ) {
    let width = flags.count
    precondition(first.count == width && second.count == width && missing.count == width)
    var answers = flags.mutableSpan
    var sums = missing.mutableSpan
    for lane in 0..<width {
      let (one, other) = state(lane)
      // All ones where a side is known and decides, so that nothing branches.
      let byFirst: UInt64 = one == 0 && first[lane] == decisive ? .max : 0
      let bySecond: UInt64 = other == 0 && second[lane] == decisive ? .max : 0
      let isOpen = ~(byFirst | bySecond)
      answers[lane] = (isOpen == 0) == decisive
      sums[lane] = (one | other) & isOpen
    }
  }

  /// Where one side decides, the state of the other is of no matter.
  private static func absorb(
    _ decisions: [Bool], _ side: EvaluationResult, _ decisive: Bool, _ flags: inout [Bool],
    _ result: inout EvaluationResult
  ) {
    let isOne = side.isUniform
    for lane in flags.indices where decisions[isOne ? 0 : lane] == decisive {
      let place = isOne ? 0 : lane
      guard side.missing.isEmpty || side.missing[place] == 0,
        side.faults.isEmpty || side.faults[place] == 0
      else { continue }
      flags[lane] = decisive
      if !result.missing.isEmpty { result.missing[lane] = 0 }
      if !result.faults.isEmpty { result.faults[lane] = 0 }
    }
  }

  private static func combine(
    _ left: [Bool], _ leftIsOne: Bool, _ right: [Bool], _ rightIsOne: Bool, decisive: Bool,
    into result: inout [Bool]
  ) {
    if leftIsOne || rightIsOne {
      let one = leftIsOne ? left[0] : right[0]
      let many = leftIsOne ? right : left
      if one == decisive { return }
      if many.count == result.count {
        result = many
      } else {
        for lane in result.indices { result[lane] = many[0] }
      }
      return
    }
    precondition(left.count == result.count && right.count == result.count)
    if decisive {
      for lane in result.indices { result[lane] = left[lane] != right[lane] || left[lane] }
    } else {
      for lane in result.indices { result[lane] = left[lane] == right[lane] && left[lane] }
    }
  }

  private static func inverted(_ flags: [Bool]) -> [Bool] {
    var result = flags
    for lane in result.indices { result[lane] = !result[lane] }
    return result
  }

  /// `test ? yes : no`; the branch not taken is of no matter.
  static func choose(
    _ test: EvaluationResult, _ yes: EvaluationResult, _ no: EvaluationResult, count: Int
  ) -> EvaluationResult {
    guard case .flags(let flags) = test.values else { return test }
    if test.isUniform, test.isKnown { return flags[0] ? yes : no }
    let tests = test.spread(over: count)
    guard case .flags(let decisions) = tests.values else { return test }
    let first = yes.oneCode.spread(over: count)
    let second = no.oneCode.spread(over: count)
    var result = EvaluationResult(values: choose(decisions, first.values, second.values))
    if tests.isKnown, first.isKnown, second.isKnown { return result }
    result.missing = Array(repeating: 0, count: count)
    // Side by side and not by a copy of the side that counts: for every lane that would count
    // references.
    for lane in 0..<count {
      let open = tests.missing(at: lane)
      let isKnown = open == 0 && (tests.faults.isEmpty || tests.faults[lane] == 0)
      result.missing[lane] =
        !isKnown ? open : decisions[lane] ? first.missing(at: lane) : second.missing(at: lane)
    }
    guard !tests.faults.isEmpty || !first.faults.isEmpty || !second.faults.isEmpty else {
      return result
    }
    result.faults = Array(repeating: 0, count: count)
    for lane in 0..<count {
      result.faults[lane] =
        !tests.isKnown(at: lane)
        ? tests.fault(at: lane)
        : decisions[lane] ? first.fault(at: lane) : second.fault(at: lane)
    }
    return result
  }

  private static func choose(_ test: [Bool], _ yes: Values, _ no: Values) -> Values {
    switch (yes, no) {
    case (.flags(let first), .flags(let second)): return .flags(pick(test, first, second))
    case (.integers(let first), .integers(let second)):
      return .integers(pick(test, first, second))
    case (.decimals(let first), .decimals(let second)):
      return .decimals(pick(test, first, second))
    case (.reals(let first), .reals(let second)): return .reals(pick(test, first, second))
    case (.dates(let first), .dates(let second)): return .dates(pick(test, first, second))
    case (.boxed(let first), .boxed(let second)): return .boxed(pick(test, first, second))
    case (.codes(let first, let names), .codes(let second, let others)) where names == others:
      return .codes(ids: pick(test, first, second), names: names)
    case (.codes(let first, let names), .codes(let second, let others)):
      // Ids of the second table follow those of the first; those of unknown lanes may be anything.
      let shift = Int32(names.count)
      let shifted = second.map { $0 >= 0 && Int($0) < others.count ? $0 + shift : -1 }
      return .codes(ids: pick(test, first, shifted), names: names + others)
    default: return .texts(choose(test, Texts(yes), Texts(no)))
    }
  }

  private static func pick<Element>(
    _ test: [Bool], _ yes: [Element], _ no: [Element]
  ) -> [Element] {
    precondition(yes.count == test.count && no.count == test.count)
    var result = no
    for lane in test.indices where test[lane] { result[lane] = yes[lane] }
    return result
  }

  private static func choose(_ test: [Bool], _ yes: Texts, _ no: Texts) -> Texts {
    var result = no
    let shift = no.bytes.count
    result.bytes.append(contentsOf: yes.bytes)
    for lane in test.indices where test[lane] {
      result.starts[lane] = yes.starts[lane] + shift
      result.lengths[lane] = yes.lengths[lane]
    }
    return result
  }
}

extension EvaluationResult {
  /// A text that stands for all lanes as a table of one code, so that it goes with other codes.
  fileprivate var oneCode: EvaluationResult {
    guard isUniform, case .texts(let texts) = values else { return self }
    var lanes = self
    lanes.values = .codes(ids: [0], names: [texts[0]])
    return lanes
  }
}
