import Tables

/// What an operation on values gives.
enum Outcome {
  case value(Value)
  case fault(Fault)
  /// A missing day or month would decide.
  case imprecise

  static func flag(_ value: Bool) -> Outcome { .value(.bool(value)) }

  init(_ value: Value?, else fault: Fault) {
    self = value.map { .value($0) } ?? .fault(fault)
  }
}

extension Value {
  /// The name of its type as a value, as `type(x)` gives it.
  var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .decimal: "decimal"
    case .string: "string"
    case .date: "date"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .list: "list"
    case .map: "map"
    case .type: "type"
    }
  }

  var plainText: String {
    if case .string(let text) = self { return text }
    return description
  }

  private var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    case .decimal(let number): Double(number.description)
    default: nil
    }
  }

  // MARK: - Comparison

  /// Equality as CEL has it: numbers by value, texts by code points, lists and maps by content.
  func equals(_ other: Value) -> Outcome {
    switch (self, other) {
    case (.null, .null): return .flag(true)
    case (.bool(let left), .bool(let right)): return .flag(left == right)
    case (.int(let left), .int(let right)): return .flag(left == right)
    case (.decimal(let left), .decimal(let right)): return .flag(left == right)
    case (.decimal(let left), .int(let right)), (.int(let right), .decimal(let left)):
      return .flag(Exact(right) == left)
    case (.string(let left), .string(let right)):
      return .flag(left.utf8.elementsEqual(right.utf8))
    case (.date(let left), .date(let right)):
      return left.compare(.equal, right).map { .flag($0) } ?? .imprecise
    case (.timestamp(let seconds, let nanos), .timestamp(let otherSeconds, let otherNanos)),
      (.duration(let seconds, let nanos), .duration(let otherSeconds, let otherNanos)):
      return .flag(seconds == otherSeconds && nanos == otherNanos)
    case (.type(let left), .type(let right)): return .flag(left == right)
    case (.list(let left), .list(let right)): return Value.allEqual(left, right)
    case (.map(let left), .map(let right)): return Value.allEqual(left, right)
    default:
      guard let left = number, let right = other.number else { return .flag(false) }
      return .flag(left == right)
    }
  }

  private static func allEqual(_ left: [Value], _ right: [Value]) -> Outcome {
    guard left.count == right.count else { return .flag(false) }
    var isImprecise = false
    for index in left.indices {
      switch left[index].equals(right[index]) {
      case .value(.bool(true)): continue
      case .imprecise: isImprecise = true
      case .value, .fault: return .flag(false)
      }
    }
    return isImprecise ? .imprecise : .flag(true)
  }

  private static func allEqual(_ left: [MapEntry], _ right: [MapEntry]) -> Outcome {
    guard left.count == right.count else { return .flag(false) }
    var isImprecise = false
    for entry in left {
      guard let other = right.first(where: { $0.key.isSameKey(entry.key) }) else {
        return .flag(false)
      }
      switch entry.value.equals(other.value) {
      case .value(.bool(true)): continue
      case .imprecise: isImprecise = true
      case .value, .fault: return .flag(false)
      }
    }
    return isImprecise ? .imprecise : .flag(true)
  }

  /// Whether two values are one key of a map.
  func isSameKey(_ other: Value) -> Bool {
    if case .value(.bool(true)) = equals(other) { return true }
    return false
  }

  func compare(_ comparison: Comparison, _ other: Value) -> Outcome {
    switch comparison {
    case .equal: return equals(other)
    case .notEqual:
      guard case .value(.bool(let isEqual)) = equals(other) else { return equals(other) }
      return .flag(!isEqual)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: break
    }
    switch (self, other) {
    case (.bool(let left), .bool(let right)):
      return .flag(comparison.holds(left ? 1 : 0, right ? 1 : 0))
    case (.int(let left), .int(let right)): return .flag(comparison.holds(left, right))
    case (.decimal(let left), .decimal(let right)): return .flag(comparison.holds(left, right))
    case (.string(let left), .string(let right)):
      return .flag(comparison.holds(left.order(right), 0))
    case (.date(let left), .date(let right)):
      return left.compare(comparison, right).map { .flag($0) } ?? .imprecise
    case (.timestamp(let seconds, let nanos), .timestamp(let otherSeconds, let otherNanos)),
      (.duration(let seconds, let nanos), .duration(let otherSeconds, let otherNanos)):
      let isSame = seconds == otherSeconds
      return .flag(
        isSame
          ? comparison.holds(nanos, otherNanos) : comparison.holds(seconds, otherSeconds))
    default:
      guard let left = number, let right = other.number else { return .fault(.noSuchOverload) }
      return .flag(comparison.holds(left, right))
    }
  }
}

extension String {
  /// Below, at or above 0 as this text sorts before, with or after the other by code points.
  func order(_ other: String) -> Int {
    // The order of UTF-8 bytes is the order of code points.
    var left = utf8.makeIterator()
    var right = other.utf8.makeIterator()
    while true {
      switch (left.next(), right.next()) {
      case (nil, nil): return 0
      case (nil, _): return -1
      case (_, nil): return 1
      case (let first?, let second?):
        if first != second { return first < second ? -1 : 1 }
      }
    }
  }
}

extension Comparison {
  @inline(__always)
  func holds<Element: Comparable>(_ left: Element, _ right: Element) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

extension PartialDate {
  /// Nil where a missing day or month would decide.
  func compare(_ comparison: Comparison, _ other: PartialDate) -> Bool? {
    switch comparison {
    case .equal:
      if firstDay > other.lastDay || lastDay < other.firstDay { return false }
      return precision == .day && other.precision == .day ? true : nil
    case .notEqual: return compare(.equal, other).map { !$0 }
    case .less:
      if lastDay < other.firstDay { return true }
      return firstDay >= other.lastDay ? false : nil
    case .lessOrEqual:
      if lastDay <= other.firstDay { return true }
      return firstDay > other.lastDay ? false : nil
    case .greater: return compare(.lessOrEqual, other).map { !$0 }
    case .greaterOrEqual: return compare(.less, other).map { !$0 }
    }
  }
}
