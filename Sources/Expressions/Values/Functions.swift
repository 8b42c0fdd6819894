public import Tables

extension Function {
  /// What the function makes of one value.
  func apply(to value: Value) -> Outcome {
    switch self {
    case .typeOf: .value(.type(value.typeName))
    case .toInt: value.asInt
    case .toDouble: value.asDouble
    case .toString: value.asString
    case .toBool: value.asBool
    case .toTimestamp: value.asTimestamp
    case .toDuration: value.asDuration
    case .toDecimal: value.asDecimal
    case .toDate: value.asDate
    case .part(let part, let offset): value.part(part, offset: offset)
    }
  }
}

extension Value {
  fileprivate var asInt: Outcome {
    switch self {
    case .int: return .value(self)
    case .double(let number):
      // Both bounds can be written exactly; 2^63 itself is one too many.
      guard number > -0x1p63, number < 0x1p63 else { return .fault(.overflow) }
      return .value(.int(Int64(number)))
    case .decimal(let number): return .value(.int(number.millionths / Exact.one))
    case .string(let text): return Outcome(Int64(text).map { .int($0) }, else: .badConversion)
    case .timestamp(let seconds, _): return .value(.int(seconds))
    default: return .fault(.noSuchOverload)
    }
  }

  fileprivate var asDouble: Outcome {
    switch self {
    case .double: return .value(self)
    case .int(let number): return .value(.double(Double(number)))
    case .decimal(let number):
      return Outcome(Double(number.description).map { .double($0) }, else: .badConversion)
    case .string(let text):
      return Outcome(Double(text).map { .double($0) }, else: .badConversion)
    default: return .fault(.noSuchOverload)
    }
  }

  fileprivate var asString: Outcome {
    switch self {
    case .string: return .value(self)
    case .int, .bool, .decimal, .double, .date, .timestamp, .duration:
      return .value(.string(description))
    case .null, .list, .map, .type: return .fault(.noSuchOverload)
    }
  }

  fileprivate var asBool: Outcome {
    switch self {
    case .bool: return .value(self)
    case .string("1"), .string("t"), .string("T"), .string("true"), .string("TRUE"),
      .string("True"):
      return .flag(true)
    case .string("0"), .string("f"), .string("F"), .string("false"), .string("FALSE"),
      .string("False"):
      return .flag(false)
    case .string: return .fault(.badConversion)
    default: return .fault(.noSuchOverload)
    }
  }

  fileprivate var asTimestamp: Outcome {
    switch self {
    case .timestamp: .value(self)
    case .int(let seconds): Time.timestamp(seconds, 0)
    case .string(let text): Time.readTimestamp(text)
    default: .fault(.noSuchOverload)
    }
  }

  fileprivate var asDuration: Outcome {
    switch self {
    case .duration: .value(self)
    case .string(let text): Time.readDuration(text)
    default: .fault(.noSuchOverload)
    }
  }

  fileprivate var asDecimal: Outcome {
    switch self {
    case .decimal: .value(self)
    case .int(let number): Outcome(Exact(number).map { .decimal($0) }, else: .overflow)
    case .string(let text): Outcome(Exact(text).map { .decimal($0) }, else: .badConversion)
    default: .fault(.noSuchOverload)
    }
  }

  fileprivate var asDate: Outcome {
    switch self {
    case .date: .value(self)
    case .string(let text): Outcome(PartialDate(text).map { .date($0) }, else: .badConversion)
    default: .fault(.noSuchOverload)
    }
  }

  fileprivate func part(_ part: TimePart, offset: Int64) -> Outcome {
    switch self {
    case .timestamp(let seconds, let nanos):
      return .value(.int(Time.part(part, ofTimestamp: seconds + offset, nanos: nanos)))
    case .duration(let seconds, _):
      switch part {
      case .getHours: return .value(.int(seconds / 3600))
      case .getMinutes: return .value(.int(seconds / 60))
      case .getSeconds: return .value(.int(seconds))
      default: return .fault(.noSuchOverload)
      }
    case .date(let date):
      let first = Time.part(part, ofTimestamp: Int64(date.firstDay) * 86_400, nanos: 0)
      let last = Time.part(part, ofTimestamp: Int64(date.lastDay) * 86_400, nanos: 0)
      switch part {
      case .getFullYear: return .value(.int(first))
      case .getMonth: return date.precision == .year ? .imprecise : .value(.int(first))
      case .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear:
        return date.precision == .day && first == last ? .value(.int(first)) : .imprecise
      default: return .fault(.noSuchOverload)
      }
    default: return .fault(.noSuchOverload)
    }
  }
}

extension PartialDate {
  /// Reads `2018`, `2018-11` or `2018-11-06`.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let lengths = [4, 2, 2]
    guard parts.count <= 3 else { return nil }
    var numbers: [Int] = []
    for (part, length) in zip(parts, lengths) {
      guard part.utf8.count == length, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(part)
      else { return nil }
      numbers.append(number)
    }
    self.init(
      year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil,
      day: numbers.count > 2 ? numbers[2] : nil)
  }
}

extension Value: CustomStringConvertible {
  /// As people write it: `12`, `0.5`, `true`, `2018-11-06`; texts within lists and maps are quoted.
  public var description: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): number.written
    case .decimal(let number): number.description
    case .string(let text): text
    case .date(let date): date.description
    case .timestamp(let seconds, let nanos): Time.write(timestamp: seconds, nanos)
    case .duration(let seconds, let nanos): Time.write(duration: seconds, nanos)
    case .list(let items): "[" + items.map(\.quoted).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\($0.key.quoted): \($0.value.quoted)" }.joined(separator: ", ") + "}"
    case .type(let name): name
    }
  }

  private var quoted: String {
    guard case .string(let text) = self else { return description }
    return "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}

extension Double {
  /// The shortest digits that read back the same, with an exponent below 10⁻⁴ and from 10⁶ on:
  /// `1`, `0.5`, `1e+06`.
  var written: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
    if self == 0 { return sign == .minus ? "-0" : "0" }
    let (digits, point) = shortestDigits
    let sign = self < 0 ? "-" : ""
    let exponent = point - 1
    if exponent < -4 || exponent >= 6 {
      let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
      let rest = digits.dropFirst()
      return sign + digits.prefix(1) + (rest.isEmpty ? "" : "." + rest)
        + (exponent < 0 ? "e-" : "e+") + power
    }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count {
      return sign + digits + String(repeating: "0", count: point - digits.count)
    }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// Digits without zeros at either end, and the place of the decimal point among them.
  private var shortestDigits: (String, Int) {
    var text = magnitude.debugDescription
    var exponent = 0
    if let mark = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: mark)...]) ?? 0
      text = String(text[..<mark])
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts[0] == "0" ? "" : String(parts[0])
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    var digits = Substring(whole + fraction)
    var point = whole.count + exponent
    while digits.first == "0" {
      digits = digits.dropFirst()
      point -= 1
    }
    while digits.last == "0" { digits = digits.dropLast() }
    return (String(digits), point)
  }
}
