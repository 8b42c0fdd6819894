import Tables

/// Lists and maps: making them, taking from them, asking what is in them.
extension Evaluator {
  mutating func list(_ items: [Node], _ frame: Frame) -> EvaluationResult {
    guard !items.isEmpty else {
      return EvaluationResult(values: .boxed([.list([])]), isUniform: true)
    }
    var lanes: [EvaluationResult] = []
    for item in items { lanes.append(evaluate(item, frame).boxed(count: frame.count)) }
    return mapped(lanes, .dyn, dates: nil, frame.count) { .value(.list($0)) }
  }

  mutating func map(_ entries: [NodeEntry], _ frame: Frame) -> EvaluationResult {
    guard !entries.isEmpty else {
      return EvaluationResult(values: .boxed([.map([])]), isUniform: true)
    }
    var lanes: [EvaluationResult] = []
    for entry in entries {
      lanes.append(evaluate(entry.key, frame).boxed(count: frame.count))
      lanes.append(evaluate(entry.value, frame).boxed(count: frame.count))
    }
    return mapped(lanes, .dyn, dates: nil, frame.count) { row in
      var made: [Value.MapEntry] = []
      for index in stride(from: 0, to: row.count, by: 2) {
        switch row[index] {
        case .int, .bool, .string: break
        default: return .fault(.badKeyType)
        }
        guard !made.contains(where: { $0.key.isSameKey(row[index]) }) else {
          return .fault(.repeatedKey)
        }
        made.append(Value.MapEntry(key: row[index], value: row[index + 1]))
      }
      return .value(.map(made))
    }
  }

  /// `item in container`.
  mutating func contains(_ container: Node, _ item: Node, _ frame: Frame) -> EvaluationResult {
    let count = frame.count
    let wanted = evaluate(item, frame)
    if recorder == nil, case .list(let items) = container.kind,
      let flags = isAmong(wanted, items.map(\.kind))
    {
      return result(.flags(flags), of: [wanted], count)
    }
    let boxes = evaluate(container, frame).boxed(count: count)
    return mapped([wanted.boxed(count: count), boxes], .bool, dates: item, count) {
      $0[1].contains($0[0])
    }
  }

  /// Whether each lane is among constants of the column's own kind; nil where they are not that.
  private func isAmong(_ wanted: EvaluationResult, _ items: [Node.Kind]) -> [Bool]? {
    var constants: [Value] = []
    for item in items {
      guard case .constant(let value) = item else { return nil }
      constants.append(value)
    }
    switch wanted.values {
    case .integers(let lanes):
      let numbers = constants.compactMap { if case .int(let number) = $0 { number } else { nil } }
      return numbers.count == constants.count ? isAmong(lanes, numbers) : nil
    case .decimals(let lanes):
      let numbers = constants.compactMap {
        if case .decimal(let number) = $0 { number.millionths } else { nil }
      }
      return numbers.count == constants.count ? isAmong(lanes, numbers) : nil
    case .codes, .texts:
      let texts = constants.compactMap {
        if case .string(let text) = $0 { Array(text.utf8)[...] } else { nil }
      }
      guard texts.count == constants.count else { return nil }
      let found = Texts.ask(wanted, wanted.values.count) { text in
        texts.contains { isSame($0, text) }
      }
      guard case .flags(let flags) = found.values else { return nil }
      return flags
    case .flags, .reals, .dates, .rows, .boxed: return nil
    }
  }

  private func isAmong(_ lanes: [Int64], _ numbers: [Int64]) -> [Bool] {
    var result = [Bool](repeating: false, count: lanes.count)
    for number in numbers {
      for lane in lanes.indices {
        result[lane] = result[lane] != (lanes[lane] == number) || result[lane]
      }
    }
    return result
  }
}

extension Value {
  /// `self[position]` or `self.member`.
  func item(at position: Value) -> Outcome {
    switch self {
    case .list(let items):
      let index: Int64
      switch position {
      case .int(let number): index = number
      // CEL lets a whole double that is only known as `dyn` stand for an int.
      case .double(let number):
        guard number >= 0, number < 0x1p62, Double(Int64(number)) == number else {
          return .fault(.indexOutOfRange)
        }
        index = Int64(number)
      default: return .fault(.noSuchOverload)
      }
      guard index >= 0, index < Int64(items.count) else { return .fault(.indexOutOfRange) }
      return .value(items[Int(index)])
    case .map(let entries):
      guard let entry = entries.first(where: { $0.key.isSameKey(position) }) else {
        return .fault(.noSuchKey)
      }
      return .value(entry.value)
    default: return .fault(.noSuchOverload)
    }
  }

  func hasKey(_ key: Value) -> Outcome {
    guard case .map(let entries) = self else { return .fault(.noSuchOverload) }
    return .flag(entries.contains { $0.key.isSameKey(key) })
  }

  func contains(_ item: Value) -> Outcome {
    switch self {
    case .map: return hasKey(item)
    case .list(let items):
      var isImprecise = false
      for other in items {
        switch item.equals(other) {
        case .value(.bool(true)): return .flag(true)
        case .imprecise: isImprecise = true
        case .value, .fault: continue
        }
      }
      return isImprecise ? .imprecise : .flag(false)
    default: return .fault(.noSuchOverload)
    }
  }
}
