import Tables

/// Timestamps and durations as CEL reads, writes and takes them apart.
enum Time {
  static let leastTimestamp: Int64 = -62_135_596_800
  static let greatestTimestamp: Int64 = 253_402_300_799
  /// CEL keeps a duration in 64 bits of nanoseconds, which is about 292 years.
  static let greatestDuration: Int64 = 9_223_372_036
  static let greatestNanos: Int64 = 854_775_807

  /// A timestamp of seconds and nanoseconds that may lie outside a second.
  static func timestamp(_ seconds: Int64, _ nanos: Int32) -> Outcome {
    let carry = Int64(nanos >= 1_000_000_000 ? 1 : nanos < 0 ? -1 : 0)
    let whole = seconds + carry
    guard whole >= leastTimestamp, whole <= greatestTimestamp else { return .fault(.overflow) }
    return .value(
      .timestamp(seconds: whole, nanos: Int32(Int64(nanos) - carry * 1_000_000_000)))
  }

  /// A duration of seconds and nanoseconds; both get the same sign.
  static func duration(_ seconds: Int64, _ nanos: Int32) -> Outcome {
    var whole = seconds
    var rest = Int64(nanos)
    whole += rest / 1_000_000_000
    rest %= 1_000_000_000
    if whole > 0, rest < 0 {
      whole -= 1
      rest += 1_000_000_000
    } else if whole < 0, rest > 0 {
      whole += 1
      rest -= 1_000_000_000
    }
    guard whole.magnitude <= UInt64(greatestDuration),
      whole.magnitude < UInt64(greatestDuration) || rest.magnitude <= UInt64(greatestNanos)
    else { return .fault(.overflow) }
    return .value(.duration(seconds: whole, nanos: Int32(rest)))
  }

  // MARK: - Reading

  /// Reads RFC 3339: `2018-09-30T08:00:00.5+08:00`.
  static func readTimestamp(_ text: String) -> Outcome {
    var reader = DigitReader(text)
    guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2),
      reader.skip("-"), let day = reader.digits(2), reader.skip("T") || reader.skip("t"),
      let hour = reader.digits(2), reader.skip(":"), let minute = reader.digits(2),
      reader.skip(":"), let second = reader.digits(2),
      let date = PartialDate(year: year, month: month, day: day),
      hour < 24, minute < 60, second < 60
    else { return .fault(.badConversion) }
    var nanos: Int32 = 0
    if reader.skip(".") {
      guard let fraction = reader.fraction() else { return .fault(.badConversion) }
      nanos = fraction
    }
    guard let offset = reader.zone(), reader.isAtEnd else { return .fault(.badConversion) }
    let clock = Int64(hour * 3600 + minute * 60 + second)
    return timestamp(Int64(date.firstDay) * 86_400 + clock - offset, nanos)
  }

  /// Reads `1h30m`, `-1.5s`, `100ms`.
  static func readDuration(_ text: String) -> Outcome {
    var reader = DigitReader(text)
    let isNegative = reader.skip("-")
    if !isNegative { _ = reader.skip("+") }
    if reader.rest == "0" { return .value(.duration(seconds: 0, nanos: 0)) }
    guard !reader.isAtEnd else { return .fault(.badConversion) }
    var seconds: Int64 = 0
    var nanos: Int64 = 0
    while !reader.isAtEnd {
      guard let part = reader.durationPart() else { return .fault(.badConversion) }
      let (sum, overflow) = seconds.addingReportingOverflow(part.seconds)
      guard !overflow, sum <= greatestDuration else { return .fault(.overflow) }
      seconds = sum
      nanos += part.nanos
      seconds += nanos / 1_000_000_000
      nanos %= 1_000_000_000
    }
    return duration(isNegative ? -seconds : seconds, Int32(isNegative ? -nanos : nanos))
  }

  // MARK: - Writing

  static func write(timestamp seconds: Int64, _ nanos: Int32) -> String {
    let day = floorDivide(seconds, 86_400)
    let clock = seconds - day * 86_400
    let date = PartialDate(day: Int32(day)).description
    let parts = [clock / 3600, clock / 60 % 60, clock % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return date + "T" + parts.joined(separator: ":") + fraction(nanos) + "Z"
  }

  static func write(duration seconds: Int64, _ nanos: Int32) -> String {
    let sign = seconds < 0 || nanos < 0 ? "-" : ""
    return "\(sign)\(seconds.magnitude)\(fraction(nanos))s"
  }

  private static func fraction(_ nanos: Int32) -> String {
    guard nanos != 0 else { return "" }
    var digits = String(nanos.magnitude)
    digits = String(repeating: "0", count: 9 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "." + digits
  }

  static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
  }

  // MARK: - Parts

  static func part(_ part: TimePart, ofTimestamp seconds: Int64, nanos: Int32) -> Int64 {
    let days = floorDivide(seconds, 86_400)
    let clock = seconds - days * 86_400
    let (year, month, day) = PartialDate.civil(Int32(days))
    switch part {
    case .getFullYear: return Int64(year)
    case .getMonth: return Int64(month - 1)
    case .getDate: return Int64(day)
    case .getDayOfMonth: return Int64(day - 1)
    case .getDayOfWeek:
      // 1970-01-01 was a Thursday, the fourth day of a week that begins with Sunday.
      let weekday = (days + 4) % 7
      return weekday < 0 ? weekday + 7 : weekday
    case .getDayOfYear: return days - Int64(PartialDate.days(year: year, month: 1, day: 1))
    case .getHours: return clock / 3600
    case .getMinutes: return clock / 60 % 60
    case .getSeconds: return clock % 60
    case .getMilliseconds: return Int64(nanos) / 1_000_000
    }
  }
}

/// The offset in seconds that a fixed time zone such as `+08:00` stands for; nil for names.
func zoneOffset(_ zone: String) -> Int64? {
  if zone == "UTC" || zone == "Z" { return 0 }
  var reader = DigitReader(zone)
  let isNegative = reader.skip("-")
  if !isNegative { _ = reader.skip("+") }
  guard let hours = reader.digits(2), reader.skip(":"), let minutes = reader.digits(2),
    reader.isAtEnd, hours < 24, minutes < 60
  else { return nil }
  let offset = Int64(hours * 3600 + minutes * 60)
  return isNegative ? -offset : offset
}

/// Walks over digits and marks.
private struct DigitReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position == bytes.count }
  var rest: String { String(decoding: bytes[position...], as: UTF8.self) }

  mutating func skip(_ mark: Character) -> Bool {
    guard position < bytes.count, bytes[position] == mark.asciiValue else { return false }
    position += 1
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var number = 0
    for byte in bytes[position..<position + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte) - 0x30
    }
    position += count
    return number
  }

  /// The digits of a fraction of a second, as nanoseconds; digits after the ninth are dropped.
  mutating func fraction() -> Int32? {
    var nanos: Int32 = 0
    var count = 0
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
      if count < 9 { nanos = nanos * 10 + Int32(bytes[position]) - 0x30 }
      count += 1
      position += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, 9)..<9 { nanos *= 10 }
    return nanos
  }

  mutating func zone() -> Int64? {
    if skip("Z") || skip("z") { return 0 }
    guard position < bytes.count, bytes[position] == 0x2B || bytes[position] == 0x2D else {
      return nil
    }
    defer { position = bytes.count }
    return zoneOffset(rest)
  }

  /// A number with a unit, as in `1.5h`.
  mutating func durationPart() -> (seconds: Int64, nanos: Int64)? {
    var whole: Int64 = 0
    var count = 0
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
      let (shifted, overflow) = whole.multipliedReportingOverflow(by: 10)
      guard !overflow, shifted < Int64.max - 9 else { return nil }
      whole = shifted + Int64(bytes[position]) - 0x30
      position += 1
      count += 1
    }
    var billionths: Int32 = 0
    if skip(".") {
      if let found = fraction() {
        billionths = found
        count += 1
      }
    }
    guard count > 0, let unit = unit() else { return nil }
    let (nanos, overflow) = whole.multipliedReportingOverflow(by: unit)
    let part = Int64(billionths).multipliedFullWidth(by: unit)
    let fraction = Int64(1_000_000_000).dividingFullWidth(part).quotient
    guard !overflow else {
      // Too many nanoseconds for 64 bits; whole units may still be enough seconds.
      guard unit >= 1_000_000_000 else { return nil }
      let (seconds, tooMany) = whole.multipliedReportingOverflow(by: unit / 1_000_000_000)
      return tooMany ? nil : (seconds + fraction / 1_000_000_000, fraction % 1_000_000_000)
    }
    return (
      nanos / 1_000_000_000 + fraction / 1_000_000_000,
      nanos % 1_000_000_000 + fraction % 1_000_000_000
    )
  }

  /// Nanoseconds of the unit that stands next.
  private mutating func unit() -> Int64? {
    let start = position
    while position < bytes.count, bytes[position] != 0x2E,
      !(0x30...0x39).contains(bytes[position])
    { position += 1 }
    switch String(decoding: bytes[start..<position], as: UTF8.self) {
    case "h": return 3_600_000_000_000
    case "m": return 60_000_000_000
    case "s": return 1_000_000_000
    case "ms": return 1_000_000
    case "us", "µs", "μs": return 1_000
    case "ns": return 1
    default: return nil
    }
  }
}
