/// A date of which the day, or the day and the month, may be missing, as in “2017-08”.
///
/// Kept in one number that sorts by the first day it can mean: days since 1970-01-01, times four,
/// plus the precision (0 day, 1 month, 2 year).
public struct PartialDate: Sendable, Hashable {
  public enum Precision: Int32, Sendable {
    case day = 0
    case month = 1
    case year = 2
  }

  public let packed: Int32

  public init(packed: Int32) { self.packed = packed }

  /// A day given as days since 1970-01-01.
  public init(day: Int32) { packed = day << 2 }

  /// Nil where the calendar has no such date, or the year is outside 1…9999.
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (1...9999).contains(year), (1...12).contains(month ?? 1) else { return nil }
    guard day == nil || month != nil else { return nil }
    guard (1...PartialDate.length(ofMonth: month ?? 1, in: year)).contains(day ?? 1) else {
      return nil
    }
    let first = PartialDate.days(year: year, month: month ?? 1, day: day ?? 1)
    let precision: Precision = month == nil ? .year : day == nil ? .month : .day
    packed = first << 2 | precision.rawValue
  }

  /// A date without end, as “长期” states it; later than every other.
  public static let openEnd = PartialDate(day: days(year: 9999, month: 12, day: 31))

  public var precision: Precision { Precision(rawValue: packed & 3) ?? .day }

  /// The first day it can mean, in days since 1970-01-01.
  public var firstDay: Int32 { packed >> 2 }

  /// The last day it can mean, in days since 1970-01-01.
  public var lastDay: Int32 {
    // Almost all dates are days, which need no calendar.
    if precision == .day { return firstDay }
    let (year, month, _) = PartialDate.civil(firstDay)
    switch precision {
    case .day: return firstDay
    case .month: return firstDay + Int32(PartialDate.length(ofMonth: month, in: year)) - 1
    case .year: return PartialDate.days(year: year, month: 12, day: 31)
    }
  }

  /// Year, month and day of the first day it can mean.
  public var civil: (year: Int, month: Int, day: Int) { PartialDate.civil(firstDay) }

  /// Days since 1970-01-01 of a day of the Gregorian calendar (Hinnant, “chrono-compatible
  /// low-level date algorithms”).
  public static func days(year: Int, month: Int, day: Int) -> Int32 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// The day of the Gregorian calendar so many days after 1970-01-01.
  public static func civil(_ days: Int32) -> (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * part + 2) / 5 + 1
    let month = part < 10 ? part + 3 : part - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension PartialDate: CustomStringConvertible {
  /// `2018-11-06`, `2018-11` or `2018`.
  public var description: String {
    let (year, month, day) = civil
    let parts = [year, month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let years = String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)"
    switch precision {
    case .day: return "\(years)-\(parts[1])-\(parts[2])"
    case .month: return "\(years)-\(parts[1])"
    case .year: return years
    }
  }
}
