import Tables

/// Comparison and arithmetic over columns.
extension Evaluator {
  mutating func compare(
    _ comparison: Comparison, _ left: Node, _ right: Node, _ frame: Frame
  ) -> EvaluationResult {
    let count = frame.count
    let first = evaluate(left, frame)
    let second = evaluate(right, frame)
    let flags: [Bool]
    switch (first.values, second.values) {
    case (.integers(let one), .integers(let other)), (.decimals(let one), .decimals(let other)):
      flags = compared(
        comparison, Side(lanes: one, isOne: first.isUniform),
        Side(lanes: other, isOne: second.isUniform), count)
    case (.reals(let one), .reals(let other)):
      flags = compared(
        comparison, Side(lanes: one, isOne: first.isUniform),
        Side(lanes: other, isOne: second.isUniform), count)
    case (.flags(let one), .flags(let other)):
      flags = compared(
        comparison, Side(lanes: one, isOne: first.isUniform),
        Side(lanes: other, isOne: second.isUniform), count)
    case (.dates(let one), .dates(let other)):
      guard areDays(one), areDays(other) else {
        return compareParts(comparison, left, right, first, second, count)
      }
      flags = compared(
        comparison, Side(lanes: one, isOne: first.isUniform),
        Side(lanes: other, isOne: second.isUniform), count)
    case (.codes, _), (.texts, _): return compareTexts(comparison, first, second, count)
    default:
      return mapped(
        [first.boxed(count: count), second.boxed(count: count)], .bool,
        dates: Node(kind: .list([left, right]), type: .dyn, range: 0..<0), count
      ) { $0[0].compare(comparison, $0[1]) }
    }
    return result(.flags(flags), of: [first, second], count)
  }

  /// The values with the state of the operands.
  func result(
    _ values: Values, _ faults: [UInt8] = [], of operands: [EvaluationResult], _ count: Int
  ) -> EvaluationResult {
    let isUniform = operands.allSatisfy(\.isUniform)
    var result = EvaluationResult(values: values, isUniform: isUniform)
    let width = isUniform ? 1 : count
    (result.missing, result.faults) = strictState(operands, width: width)
    guard !faults.isEmpty else { return result }
    if result.faults.isEmpty { result.faults = Array(repeating: 0, count: width) }
    for lane in 0..<width where result.faults[lane] == 0 {
      if result.missing.isEmpty || result.missing[lane] == 0 {
        result.faults[lane] = faults[lane]
      }
    }
    return result
  }

  /// Dates of which some lack a day or a month.
  private func compareParts(
    _ comparison: Comparison, _ left: Node, _ right: Node, _ first: EvaluationResult,
    _ second: EvaluationResult,
    _ count: Int
  ) -> EvaluationResult {
    guard case .dates(let one) = first.values, case .dates(let other) = second.values else {
      return first
    }
    var lanes = result(.flags([]), of: [first, second], count)
    let width = lanes.isUniform ? 1 : count
    var flags = [Bool](repeating: false, count: width)
    let leftBits = dateFacts(left)
    let rightBits = dateFacts(right)
    for lane in 0..<width where lanes.isKnown(at: lane) {
      let a = PartialDate(packed: one[first.isUniform ? 0 : lane])
      let b = PartialDate(packed: other[second.isUniform ? 0 : lane])
      guard let holds = a.compare(comparison, b) else {
        let vague = (a.precision == .day ? 0 : leftBits) | (b.precision == .day ? 0 : rightBits)
        let bits = vague == 0 ? leftBits | rightBits : vague
        if bits == 0 {
          lanes.setFault(.impreciseDate, at: lane, of: width)
        } else {
          lanes.setMissing(bits, at: lane, of: width)
        }
        continue
      }
      flags[lane] = holds
    }
    lanes.values = .flags(flags)
    return lanes
  }

  private func areDays(_ dates: [Int32]) -> Bool {
    var parts: Int32 = 0
    for date in dates { parts |= date & 3 }
    return parts == 0
  }

  mutating func between(
    _ unit: CalendarUnit, _ from: Node, _ to: Node, _ frame: Frame
  ) -> EvaluationResult {
    let first = evaluate(from, frame)
    let second = evaluate(to, frame)
    guard case .dates(let one) = first.values, case .dates(let other) = second.values else {
      return first
    }
    if areDays(one), areDays(other) {
      let numbers = zipped(
        Side(lanes: one, isOne: first.isUniform), Side(lanes: other, isOne: second.isUniform),
        frame.count, Int64(0)
      ) { PartialDate.whole(unit, from: $0 >> 2, to: $1 >> 2) }
      return result(.integers(numbers), of: [first, second], frame.count)
    }
    var lanes = result(.integers([]), of: [first, second], frame.count)
    let width = lanes.isUniform ? 1 : frame.count
    var numbers = [Int64](repeating: 0, count: width)
    for lane in 0..<width where lanes.isKnown(at: lane) {
      let a = PartialDate(packed: one[first.isUniform ? 0 : lane])
      let b = PartialDate(packed: other[second.isUniform ? 0 : lane])
      guard let number = a.between(unit, b) else {
        let vague =
          (a.precision == .day ? 0 : dateFacts(from)) | (b.precision == .day ? 0 : dateFacts(to))
        let bits = vague == 0 ? dateFacts(from) | dateFacts(to) : vague
        if bits == 0 {
          lanes.setFault(.impreciseDate, at: lane, of: width)
        } else {
          lanes.setMissing(bits, at: lane, of: width)
        }
        continue
      }
      numbers[lane] = number
    }
    lanes.values = .integers(numbers)
    return lanes
  }

  // MARK: - Arithmetic

  mutating func arithmetic(
    _ operation: Arithmetic, _ left: Node, _ right: Node, _ type: ExpressionType,
    _ frame: Frame
  ) -> EvaluationResult {
    let count = frame.count
    let first = evaluate(left, frame)
    let second = evaluate(right, frame)
    switch (first.values, second.values) {
    case (.integers(let one), .integers(let other)):
      let (values, faults) = computed(
        operation, Side(lanes: one, isOne: first.isUniform),
        Side(lanes: other, isOne: second.isUniform), count)
      return result(.integers(values), faults, of: [first, second], count)
    case (.decimals(let one), .decimals(let other)):
      let (values, faults) = computedExactly(
        operation, Side(lanes: one, isOne: first.isUniform),
        Side(lanes: other, isOne: second.isUniform), count)
      return result(.decimals(values), faults, of: [first, second], count)
    case (.reals(let one), .reals(let other)):
      let values = computed(
        operation, Side(lanes: one, isOne: first.isUniform),
        Side(lanes: other, isOne: second.isUniform), count)
      return result(.reals(values), of: [first, second], count)
    case (.dates(let dates), .boxed(let boxes)) where second.isUniform && second.isKnown:
      if case .duration(let seconds, let nanos) = boxes[0], !first.isUniform,
        let moved = moved(
          dates, seconds: operation == .add ? seconds : -seconds,
          nanos: operation == .add ? nanos : -nanos)
      {
        return result(.dates(moved), of: [first], count)
      }
      fallthrough
    default:
      return mapped(
        [first.boxed(count: count), second.boxed(count: count)], type,
        dates: Node(kind: .list([left, right]), type: .dyn, range: 0..<0), count
      ) { $0[0].apply(operation, $0[1]) }
    }
  }

  /// All dates moved by a duration; nil where one is no day, is out of range or without end.
  private func moved(_ dates: [Int32], seconds: Int64, nanos: Int32) -> [Int32]? {
    let span = Time.floorDivide(seconds, 86_400)
    let days = seconds % 86_400 == 0 && nanos < 0 ? span - 1 : span
    guard abs(days) < 4_000_000, !dates.isEmpty else { return dates.isEmpty ? dates : nil }
    let shift = Int32(days) * 4
    var result = dates
    var parts: Int32 = 0
    var least = Int32.max
    var most = Int32.min
    for lane in result.indices {
      let date = result[lane]
      parts |= date & 3
      least = min(least, date)
      most = max(most, date)
      // Safe: a date is within ±15 million and the shift within ±16 million.
      result[lane] = date &+ shift
    }
    let first = PartialDate(year: 1, month: 1, day: 1)?.packed ?? 0
    let isInside =
      parts == 0 && least >= first && most < PartialDate.openEnd.packed
      && least + shift >= first && most + shift <= PartialDate.openEnd.packed
    return isInside ? result : nil
  }

  func negated(_ operand: EvaluationResult, _ type: ExpressionType, _ count: Int)
    -> EvaluationResult
  {
    let zero = Side(lanes: [Int64(0)], isOne: true)
    switch operand.values {
    case .integers(let lanes):
      let (values, faults) = computed(
        .subtract, zero, Side(lanes: lanes, isOne: operand.isUniform), count)
      return result(.integers(values), faults, of: [operand], count)
    case .decimals(let lanes):
      let (values, faults) = computed(
        .subtract, zero, Side(lanes: lanes, isOne: operand.isUniform), count)
      return result(.decimals(values), faults, of: [operand], count)
    case .reals(let lanes):
      var negated = operand
      negated.values = .reals(lanes.map { -$0 })
      return negated
    default:
      return mapped([operand.boxed(count: count)], type, dates: nil, count) { $0[0].negated }
    }
  }

  func widened(_ operand: EvaluationResult, _ count: Int) -> EvaluationResult {
    guard case .integers(let lanes) = operand.values else {
      return operand.unboxed(to: .decimal, count: count)
    }
    let one = Side(lanes: [Exact.one], isOne: true)
    let (values, faults) = computed(
      .multiply, Side(lanes: lanes, isOne: operand.isUniform), one, count)
    return result(.decimals(values), faults, of: [operand], count)
  }
}
