public import Tables

/// How the dates of one column are written.
public struct DateRules: Sendable {
  /// Base year of day numbers, 1900 or 1904; nil where a number is never a date.
  public var dayNumbers: Int?
  /// Dates that state nothing, as systems write them where none is known.
  public var placeholders: [PartialDate]
  private var openEnded: [[UInt8]]
  /// Those of the words that are dates themselves, which then may be spelled in any way.
  private var endDates: [PartialDate] = []

  /// The days from which spreadsheets, data bases and Unix count, and the last of all; beside those
  /// of the year 1 and of no year, which are no dates of any register.
  public static let usualPlaceholders: [PartialDate] = [
    (1899, 12, 30), (1900, 1, 1), (1970, 1, 1), (9999, 12, 31),
  ].compactMap { PartialDate(year: $0.0, month: $0.1, day: $0.2) }

  /// - Parameters:
  ///   - openEnded: matching keys of words for a date without end; one that is a date itself is
  ///     none that states nothing.
  ///   - dayNumbers: base year of day numbers, 1900 or 1904; nil where a number is never a date.
  ///   - placeholders: dates that state nothing.
  public init(
    openEnded: [String] = [], dayNumbers: Int? = nil,
    placeholders: [PartialDate] = usualPlaceholders
  ) {
    self.placeholders = placeholders
    self.openEnded = openEnded.map { Array($0.utf8) }
    endDates = self.openEnded.compactMap { word in
      do throws(CellFault) { return try numeralDate(word.span) } catch { return nil }
    }
    self.dayNumbers = dayNumbers
  }

  /// The date that a trimmed text states.
  ///
  /// - Throws: `placeholderDate` for one that states nothing.
  public func date(_ text: Span<UInt8>) throws(CellFault) -> PartialDate {
    let date: PartialDate
    if let fields = plainDate(text) ?? shortDate(text), let plain = PartialDate(fields) {
      date = plain
    } else {
      var key: [UInt8] = []
      appendMatchingKey(of: text, to: &key)
      if openEnded.contains(key) { return .openEnd }
      date = try numeralDate(text)
    }
    if endDates.contains(date) { return .openEnd }
    if placeholders.contains(date) { throw .placeholderDate }
    return date
  }

  /// A date of numerals in whatever spelling.
  private func numeralDate(_ text: Span<UInt8>) throws(CellFault) -> PartialDate {
    guard text.count <= 100, !holdsMarkNumbers(text) else { throw .badDate }
    if let day = dayOfMoment(text) { return try numbered(8, day) }
    var scan = DateScan(text)
    let parts = try scan.parts()
    switch parts {
    case .number(let digits, let value): return try numbered(digits, value)
    case .civil(let year, let month, let day):
      if month == 0 || day == 0, year == 0 || (year == 1900 && month == 1) {
        throw .placeholderDate
      }
      if year == 1, month ?? 1 == 1, day ?? 1 == 1 { throw .placeholderDate }
      guard (1000...9999).contains(year) else { throw .badDate }
      guard let date = PartialDate(year: year, month: month, day: day) else { throw .noSuchDay }
      return date
    }
  }

  /// A date written as one number: 20181106, 201811, 2018, or a day number.
  private func numbered(_ digits: Int, _ value: Int) throws(CellFault) -> PartialDate {
    if digits == 8, value == 10_101 { throw .placeholderDate }
    if value == 0, digits == 4 || digits == 6 || digits == 8 { throw .placeholderDate }
    switch digits {
    case 8:
      guard (1000...9999).contains(value / 10_000) else { throw .badDate }
      let date = PartialDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
      guard let date else { throw .noSuchDay }
      return date
    case 6:
      let date = PartialDate(year: value / 100, month: value % 100)
      guard let date, (1900...2100).contains(value / 100) else { throw .badDate }
      return date
    case 4:
      guard let date = PartialDate(year: value), value >= 1000 else { throw .badDate }
      return date
    case 5:
      guard let dayNumbers, value > 20_000, value < 60_000 else { throw .badDate }
      // 1899-12-30, because Excel's 1900 has a 29 February; 1904-01-01 is day 0 of the other.
      let base =
        dayNumbers == 1904
        ? PartialDate.days(year: 1904, month: 1, day: 1)
        : PartialDate.days(year: 1899, month: 12, day: 30)
      return PartialDate(day: base + Int32(value))
    default: throw .badDate
    }
  }
}

extension PartialDate {
  fileprivate init?(_ fields: (year: Int, month: Int, day: Int)) {
    guard fields.year >= 1000 else { return nil }
    self.init(year: fields.year, month: fields.month, day: fields.day)
  }
}

/// `2018-11-06` and the date of `2018-11-06T…`, also with `/` or `.`, and `2018-11-06+08:00`; nil
/// for anything else.
private func plainDate(_ text: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
  let count = text.count
  guard count >= 10 else { return nil }
  let separator = text[4]
  guard separator == 0x2D || separator == 0x2F || separator == 0x2E, text[7] == separator else {
    return nil
  }
  guard count == 10 || isTime(text, from: 10) || (separator == 0x2D && isZone(text, from: 10))
  else {
    return nil
  }
  guard let year = digits(text, 0, 4), let month = digits(text, 5, 7),
    let day = digits(text, 8, 10)
  else { return nil }
  return (year, month, day)
}

/// `2018.1.6`, `2018/1/6`, `2018-1-6` and `2018年1月6日`; nil for anything else, which then is read
/// sign by sign.
private func shortDate(_ text: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
  guard text.count >= 8, text.count <= 17, let year = digits(text, 0, 4) else { return nil }
  var index = 4
  guard let first = dateSeparator(text, &index), let month = oneOrTwoDigits(text, &index),
    let second = dateSeparator(text, &index), let day = oneOrTwoDigits(text, &index)
  else { return nil }
  switch (first, second) {
  case (.year, .month):
    guard index == text.count || dateSeparator(text, &index) == .day else { return nil }
  case (.sign(let first), .sign(let second)): guard first == second else { return nil }
  default: return nil
  }
  return index == text.count ? (year, month, day) : nil
}

private enum DateSeparator: Equatable {
  case year, month, day
  case sign(UInt8)
}

/// What stands between the numbers of a date, and where it ends.
private func dateSeparator(_ text: Span<UInt8>, _ index: inout Int) -> DateSeparator? {
  guard index < text.count else { return nil }
  let lead = text[index]
  if lead == 0x2D || lead == 0x2E || lead == 0x2F {
    index += 1
    return .sign(lead)
  }
  guard index + 2 < text.count else { return nil }
  let found: DateSeparator
  switch (lead, text[index + 1], text[index + 2]) {
  case (0xE5, 0xB9, 0xB4): found = .year
  case (0xE6, 0x9C, 0x88): found = .month
  case (0xE6, 0x97, 0xA5): found = .day
  default: return nil
  }
  index += 3
  return found
}

private func oneOrTwoDigits(_ text: Span<UInt8>, _ index: inout Int) -> Int? {
  let end = index + 1 < text.count && 0x30...0x39 ~= text[index + 1] ? index + 2 : index + 1
  guard end <= text.count, let number = digits(text, index, end) else { return nil }
  index = end
  return number
}

private func digits(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
  var value = 0
  for index in start..<end {
    let digit = text[index] &- 0x30
    guard digit <= 9 else { return nil }
    value = value * 10 + Int(digit)
  }
  return value
}

/// Whether the rest is the time zone that XML writes behind dates: `Z`, `+08:00`. The date is that
/// of the place, so that the zone changes nothing.
private func isZone(_ text: Span<UInt8>, from start: Int) -> Bool {
  if text.count == start + 1 { return text[start] == UInt8(ascii: "Z") }
  guard text.count == start + 6, text[start] == 0x2B || text[start] == 0x2D,
    text[start + 3] == 0x3A, let hours = digits(text, start + 1, start + 3),
    let minutes = digits(text, start + 4, start + 6)
  else { return false }
  return hours <= 14 && minutes < 60
}

/// Whether the rest is a time of day, of which only the date before it counts.
private func isTime(_ text: Span<UInt8>, from start: Int) -> Bool {
  guard text[start] == UInt8(ascii: "T") || text[start] == 0x20 || text[start] == 0x74,
    text.count > start + 3
  else { return false }
  var hasColon = false
  for index in start + 1..<text.count {
    switch text[index] {
    case UInt8(ascii: ":"): hasColon = true
    case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"), 0x20,
      UInt8(ascii: "Z"), UInt8(ascii: "z"):
      continue
    default: return false
    }
  }
  return hasColon
}

/// The digits of the day in `20180930235959`, a moment without anything between its numbers; nil for
/// anything else.
private func dayOfMoment(_ text: Span<UInt8>) -> Int? {
  guard text.count == 14, let day = digits(text, 0, 8), let hour = digits(text, 8, 10),
    let minute = digits(text, 10, 12), let second = digits(text, 12, 14)
  else { return nil }
  return hour < 24 && minute < 60 && second < 60 ? day : nil
}

/// Whether a text is a midnight of another place written in UTC: `2022-06-29T16:00:00.000Z` is the
/// 30th in China, where the clock is eight hours ahead.
public func isMidnightElsewhere(_ text: Span<UInt8>) -> Bool {
  let count = text.count
  guard count >= 17 else { return false }
  var end = count
  switch text[count - 1] {
  case UInt8(ascii: "Z"), UInt8(ascii: "z"): end -= 1
  case UInt8(ascii: "0"):
    // +00:00, +0000 or -00:00.
    var zeros = 0
    while end > 17, text[end - 1] == 0x30 || text[end - 1] == 0x3A {
      zeros += text[end - 1] == 0x30 ? 1 : 0
      end -= 1
    }
    guard zeros == 4, text[end - 1] == 0x2B || text[end - 1] == 0x2D else { return false }
    end -= 1
  default: return false
  }
  guard text[10] == UInt8(ascii: "T") || text[10] == 0x20 || text[10] == 0x74,
    let hour = digits(text, 11, 13), text[13] == 0x3A
  else { return false }
  // East of Greenwich, up to 14 hours ahead, the day has begun by then.
  guard hour >= 10 else { return false }
  for index in 14..<end where text[index] != 0x30 && text[index] != 0x3A && text[index] != 0x2E {
    return false
  }
  return true
}

/// Reads the less usual spellings: characters for year, month and day, Chinese numerals, wide
/// digits.
private struct DateScan {
  enum Parts {
    /// One run of digits.
    case number(digits: Int, value: Int)
    case civil(year: Int, month: Int?, day: Int?)
  }

  private let scalars: [UInt32]
  private var index = 0

  init(_ text: Span<UInt8>) {
    var bytes: [UInt8] = []
    for index in text.indices { bytes.append(text[index]) }
    scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
      if scalar.value == 0x3000 || scalar.value == 0xA0 { return 0x20 }
      return folded(scalar)?.value ?? scalar.value
    }
  }

  private var next: UInt32 { index < scalars.count ? scalars[index] : 0 }

  mutating func parts() throws(CellFault) -> Parts {
    let (year, digits) = try numeral()
    if index == scalars.count { return .number(digits: digits, value: year) }
    if digits == 5, next == 0x2E { return try dayNumber(year) }
    guard digits == 4 else { throw .badDate }
    let usesDot = next == 0x2E
    guard try separator(0x5E74) else { return .civil(year: year, month: nil, day: nil) }
    let (month, monthDigits) = try numeral()
    // In “2018.1” the zero of October may be lost.
    // A spreadsheet shows October written as 2018.10 as the number 2018.1.
    if index == scalars.count, usesDot, monthDigits == 1, month == 1 { throw .badDate }
    guard index < scalars.count, monthDigits <= 2, try separator(0x6708) else {
      guard monthDigits <= 2 else { throw .badDate }
      return .civil(year: year, month: month, day: nil)
    }
    let (day, dayDigits) = try numeral()
    guard dayDigits <= 2 else { throw .badDate }
    let end = index
    while next == 0x20, index < scalars.count { index += 1 }
    // “6 日”; a blank before anything else divides the date from a time of day.
    if next == 0x65E5 || next == 0x53F7 { index += 1 } else { index = end }
    guard isTimeOrEnd() else { throw .badDate }
    return .civil(year: year, month: month, day: day)
  }

  /// `43410.5`: the fraction is a time of day.
  private mutating func dayNumber(_ day: Int) throws(CellFault) -> Parts {
    index += 1
    _ = try numeral()
    guard index == scalars.count else { throw .badDate }
    return .number(digits: 5, value: day)
  }

  /// Steps over a separator or the given character.
  ///
  /// - Returns: false where the date ends with it.
  private mutating func separator(_ character: UInt32) throws(CellFault) -> Bool {
    while next == 0x20, index < scalars.count { index += 1 }
    switch next {
    case character:
      index += 1
      while next == 0x20, index < scalars.count { index += 1 }
      return index < scalars.count
    case 0x2D, 0x2F, 0x2E:
      index += 1
      return true
    default: throw .badDate
    }
  }

  private mutating func isTimeOrEnd() -> Bool {
    guard index < scalars.count else { return true }
    guard next == 0x20 || next == 0x54 else { return false }
    var hasColon = false
    for scalar in scalars[(index + 1)...] {
      switch scalar {
      case 0x3A: hasColon = true
      // Before noon and after it, in Chinese.
      case 0x4E0A, 0x4E0B, 0x5348: continue
      case 0x30...0x39, 0x2E, 0x2B, 0x2D, 0x20, 0x5A: continue
      default: return false
      }
    }
    return hasColon
  }

  /// ASCII digits or Chinese numerals, and how many digits they are.
  private mutating func numeral() throws(CellFault) -> (value: Int, digits: Int) {
    while next == 0x20, index < scalars.count { index += 1 }
    var value = 0
    var count = 0
    var hasTens = false
    while index < scalars.count, count <= 9 {
      let scalar = scalars[index]
      if let tens = tens(scalar) {
        guard !hasTens, count <= 1, tens == 10 || count == 0 else { throw .badDate }
        value = count == 1 ? value * tens : tens
        hasTens = true
        count = 2
      } else if let digit = digit(scalar) {
        value = hasTens ? value + digit : value * 10 + digit
        if !hasTens { count += 1 }
      } else {
        break
      }
      index += 1
    }
    guard count > 0, count <= 9 else { throw .badDate }
    return (value, count)
  }

  private func tens(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x5341: 10
    case 0x5EFF: 20
    case 0x5345: 30
    default: nil
    }
  }

  private func digit(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x30...0x39: Int(scalar - 0x30)
    case 0x3007, 0x96F6, 0x25CB: 0
    case 0x4E00: 1
    case 0x4E8C: 2
    case 0x4E09: 3
    case 0x56DB: 4
    case 0x4E94: 5
    case 0x516D: 6
    case 0x4E03: 7
    case 0x516B: 8
    case 0x4E5D: 9
    default: nil
    }
  }
}
