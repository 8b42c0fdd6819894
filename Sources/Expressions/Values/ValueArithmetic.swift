import Tables

/// Arithmetic on boxed values.
extension Value {
  func apply(_ operation: Arithmetic, _ other: Value) -> Outcome {
    switch (self, other) {
    case (.int(let left), .int(let right)): return left.apply(operation, right)
    case (.double(let left), .double(let right)):
      switch operation {
      case .add: return .value(.double(left + right))
      case .subtract: return .value(.double(left - right))
      case .multiply: return .value(.double(left * right))
      case .divide: return .value(.double(left / right))
      case .remainder: return .fault(.noSuchOverload)
      }
    case (.decimal(let left), .decimal(let right)): return left.apply(operation, right)
    case (.decimal(let left), .int(let right)):
      guard let right = Exact(right) else { return .fault(.overflow) }
      return left.apply(operation, right)
    case (.int(let left), .decimal(let right)):
      guard let left = Exact(left) else { return .fault(.overflow) }
      return left.apply(operation, right)
    default: break
    }
    switch (operation, self, other) {
    case (.add, .string(let left), .string(let right)): return .value(.string(left + right))
    case (.add, .list(let left), .list(let right)): return .value(.list(left + right))
    case (.add, .duration(let seconds, let nanos), .duration(let others, let otherNanos)):
      return Time.duration(seconds &+ others, nanos &+ otherNanos)
    case (.subtract, .duration(let seconds, let nanos), .duration(let others, let otherNanos)):
      return Time.duration(seconds &- others, nanos &- otherNanos)
    case (.add, .timestamp(let seconds, let nanos), .duration(let others, let otherNanos)),
      (.add, .duration(let others, let otherNanos), .timestamp(let seconds, let nanos)):
      return Time.timestamp(seconds &+ others, nanos &+ otherNanos)
    case (.subtract, .timestamp(let seconds, let nanos), .duration(let others, let otherNanos)):
      return Time.timestamp(seconds &- others, nanos &- otherNanos)
    case (.subtract, .timestamp(let seconds, let nanos), .timestamp(let others, let otherNanos)):
      return Time.duration(seconds &- others, nanos &- otherNanos)
    case (.add, .date(let date), .duration(let seconds, let nanos)),
      (.add, .duration(let seconds, let nanos), .date(let date)):
      return date.moved(seconds: seconds, nanos: nanos)
    case (.subtract, .date(let date), .duration(let seconds, let nanos)):
      return date.moved(seconds: -seconds, nanos: -nanos)
    case (.subtract, .date(let left), .date(let right)):
      guard left.precision == .day, right.precision == .day else { return .imprecise }
      return .value(
        .duration(seconds: (Int64(left.firstDay) - Int64(right.firstDay)) * 86_400, nanos: 0))
    default: return .fault(.noSuchOverload)
    }
  }

  var negated: Outcome {
    switch self {
    case .int(let number):
      number == .min ? .fault(.overflow) : .value(.int(-number))
    case .double(let number): .value(.double(-number))
    case .decimal(let number):
      number.millionths == .min
        ? .fault(.overflow) : .value(.decimal(Exact(millionths: -number.millionths)))
    default: .fault(.noSuchOverload)
    }
  }
}

extension Int64 {
  fileprivate func apply(_ operation: Arithmetic, _ other: Int64) -> Outcome {
    let result: (partialValue: Int64, overflow: Bool)
    switch operation {
    case .add: result = addingReportingOverflow(other)
    case .subtract: result = subtractingReportingOverflow(other)
    case .multiply: result = multipliedReportingOverflow(by: other)
    case .divide:
      guard other != 0 else { return .fault(.divisionByZero) }
      result = dividedReportingOverflow(by: other)
    case .remainder:
      guard other != 0 else { return .fault(.divisionByZero) }
      // The remainder of the least number by -1 is 0, although the quotient overflows.
      result = other == -1 ? (0, false) : remainderReportingOverflow(dividingBy: other)
    }
    return result.overflow ? .fault(.overflow) : .value(.int(result.partialValue))
  }
}

extension Exact {
  fileprivate func apply(_ operation: Arithmetic, _ other: Exact) -> Outcome {
    let result: Exact?
    switch operation {
    case .add: result = adding(other)
    case .subtract: result = subtracting(other)
    case .multiply: result = times(other)
    case .divide:
      guard other.millionths != 0 else { return .fault(.divisionByZero) }
      result = divided(by: other)
    case .remainder: return .fault(.noSuchOverload)
    }
    return Outcome(result.map { .decimal($0) }, else: .overflow)
  }

  func subtracting(_ other: Exact) -> Exact? {
    let (result, overflow) = millionths.subtractingReportingOverflow(other.millionths)
    return overflow ? nil : Exact(millionths: result)
  }

  /// Reads `12`, `-0.5`, `1.5e3`; nil for other texts, more than six decimals, or out of range.
  init?(_ written: String) {
    var digits: [UInt8] = []
    var decimals = 0
    var exponent = 0
    var bytes = Array(written.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    if let mark = bytes.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      let power = String(decoding: bytes[(mark + 1)...], as: UTF8.self)
      guard let number = Int(power), abs(number) < 40 else { return nil }
      exponent = number
      bytes = bytes[..<mark]
    }
    if let point = bytes.firstIndex(of: UInt8(ascii: ".")) {
      decimals = bytes.endIndex - point - 1
      digits = Array(bytes[..<point]) + Array(bytes[(point + 1)...])
    } else {
      digits = Array(bytes)
    }
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    var places = 6 - decimals + exponent
    while places < 0, digits.last == 0x30 {
      digits.removeLast()
      places += 1
    }
    if digits.isEmpty { places = 0 }
    guard places >= 0 else { return nil }
    var number: Int64 = 0
    for digit in digits + Array(repeating: 0x30, count: places) {
      let (shifted, overflow) = number.multipliedReportingOverflow(by: 10)
      let next = Int64(digit) - 0x30
      // Counted downwards where it is negative: the least number has no positive twin.
      let (sum, carry) = shifted.addingReportingOverflow(isNegative ? -next : next)
      guard !overflow, !carry else { return nil }
      number = sum
    }
    self.init(millionths: number)
  }
}

extension PartialDate {
  private static let latest = PartialDate.days(year: 9999, month: 12, day: 31)
  private static let earliest = PartialDate.days(year: 1, month: 1, day: 1)

  /// The day so much later; a date without end stays without end.
  func moved(seconds: Int64, nanos: Int32) -> Outcome {
    if self == .openEnd, seconds > 0 || nanos > 0 { return .value(.date(self)) }
    if seconds == 0, nanos == 0 { return .value(.date(self)) }
    guard precision == .day else { return .imprecise }
    // A day begins at midnight; a part of a day before it falls on the day before.
    let isBorrowing = nanos < 0 && seconds % 86_400 == 0
    let days = (seconds - floorRemainder(seconds)) / 86_400 - (isBorrowing ? 1 : 0)
    let day = Int64(firstDay) + days
    guard day >= Int64(PartialDate.earliest), day <= Int64(PartialDate.latest) else {
      return .fault(.overflow)
    }
    return .value(.date(PartialDate(day: Int32(day))))
  }

  private func floorRemainder(_ seconds: Int64) -> Int64 {
    let rest = seconds % 86_400
    return rest < 0 ? rest + 86_400 : rest
  }

  /// Whole years or months from this date to the other; nil where a missing day or month would
  /// decide.
  func between(_ unit: CalendarUnit, _ other: PartialDate) -> Int64? {
    guard precision != .day || other.precision != .day else {
      return PartialDate.whole(unit, from: firstDay, to: other.firstDay)
    }
    let most = PartialDate.whole(unit, from: firstDay, to: other.lastDay)
    let least = PartialDate.whole(unit, from: lastDay, to: other.firstDay)
    return most == least ? most : nil
  }

  /// Whole years or months from one day to another, both in days since 1970-01-01.
  static func whole(_ unit: CalendarUnit, from: Int32, to: Int32) -> Int64 {
    // Counted from the earlier day, so that nothing branches on which it is.
    let first = Calendar.civil(min(from, to))
    let last = Calendar.civil(max(from, to))
    var months = Int64(last.year - first.year) * 12 + Int64(last.month - first.month)
    if last.day < first.day { months -= 1 }
    if to < from { months = -months }
    switch unit {
    case .months: return months
    case .years: return months / 12
    }
  }
}

/// Days of the Gregorian calendar without 64-bit divisions, for loops over columns.
enum Calendar {
  /// Year, month and day of a day since 1970-01-01, from year 1 on (Neri and Schneider, “Euclidean
  /// affine functions and their application to calendar algorithms”).
  @inline(__always)
  static func civil(_ day: Int32) -> (year: Int32, month: Int32, day: Int32) {
    // Safe: days of the years 1 to 9999 keep every product below its type's end.
    let shifted = UInt32(bitPattern: day &+ 719_468) &* 4 &+ 3
    let century = shifted / 146_097
    let dayOfCentury = (shifted % 146_097) | 3
    let product = UInt64(dayOfCentury) &* 2_939_745
    let yearOfCentury = UInt32(truncatingIfNeeded: product >> 32)
    let dayOfYear = UInt32(truncatingIfNeeded: product) / 2_939_745 / 4
    let rest = dayOfYear &* 2_141 &+ 197_913
    // The year of this calendar begins with March.
    let isNext = dayOfYear >= 306
    let year = century &* 100 &+ yearOfCentury &+ (isNext ? 1 : 0)
    let month = (rest >> 16) &- (isNext ? 12 : 0)
    return (
      Int32(bitPattern: year), Int32(bitPattern: month),
      Int32(bitPattern: (rest & 0xFFFF) / 2_141 &+ 1)
    )
  }
}
