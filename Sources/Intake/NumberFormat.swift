import Tables

/// How a number format shows a number.
enum NumberFormat: Sendable {
  case number, percent, date, time, dateAndTime
  /// A date without its day, such as 2018年9月.
  case month

  /// The formats that files do not spell out; 27…36 and 50…58 are those of East Asian editions.
  init(builtIn id: Int) {
    switch id {
    case 9, 10: self = .percent
    case 17: self = .month
    case 14...16, 27...31, 36, 50...54, 57, 58: self = .date
    case 18...21, 32...35, 45...47, 55, 56: self = .time
    case 22: self = .dateAndTime
    default: self = .number
    }
  }

  /// - Parameter code: as the file spells it, e.g. `yyyy"年"m"月"d"日"`.
  init(code: String) {
    var letters: Set<Character> = []
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    // Negative numbers have a section of their own; the first one decides.
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch character {
      case "\\", "_", "*": isEscaped = !isQuoted
      case "\"": isQuoted.toggle()
      case "[": isBracketed = !isQuoted
      case "]": isBracketed = false
      default:
        if character == ";", !isQuoted { break }
        if !isQuoted, !isBracketed { letters.insert(character) }
      }
    }
    // `General`, `Red` and `E+00` hold letters of dates.
    let isScientific = code.lowercased().contains("general") || letters.contains("#")
    let hasDay = letters.contains("y") || letters.contains("d")
    let hasTime = letters.contains("h") || letters.contains("s")
    if letters.contains("%") {
      self = .percent
    } else if letters.isSuperset(of: ["y", "m"]), !letters.contains("d"), !hasTime {
      self = .month
    } else if isScientific || (letters.contains("0") && !hasDay && !hasTime) {
      self = .number
    } else if hasDay || (letters.contains("m") && !hasTime) {
      self = hasTime ? .dateAndTime : .date
    } else {
      self = hasTime ? .time : .number
    }
  }
}

/// The number formats of a workbook's cell styles.
struct WorkbookStyles: Sendable {
  var formats: [NumberFormat] = []

  func format(of style: Int) -> NumberFormat {
    formats.indices.contains(style) ? formats[style] : .number
  }
}

extension DateSystem {
  /// A day number as a date, time or both; nil where it is none, such as the 29th of February 1900
  /// that Excel believes in.
  func text(of number: String, as format: NumberFormat) -> String? {
    guard let serial = Double(number), serial >= 0, serial < 2_958_466 else { return nil }
    let whole = serial.rounded(.down)
    var seconds = Int(((serial - whole) * 86_400).rounded())
    var day = Int(whole)
    if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { twoDigits($0) }
      .joined(separator: ":")
    switch format {
    case .number, .percent: return nil
    case .time where day == 0: return clock
    case .month:
      guard let date = date(ofDay: day) else { return nil }
      // Who writes a month gets its first day; another day was written by hand.
      return seconds == 0 && date.hasSuffix("-01") ? String(date.dropLast(3)) : date
    case .time, .date, .dateAndTime:
      guard let date = date(ofDay: day) else { return nil }
      return format == .date && seconds == 0 ? date : "\(date) \(clock)"
    }
  }

  private func date(ofDay day: Int) -> String? {
    let since1970: Int
    switch self {
    case .from1904: since1970 = day - 24_107
    case .from1900:
      guard day > 0, day != 60 else { return nil }
      since1970 = day - (day < 60 ? 25_568 : 25_569)
    }
    guard let days = Int32(exactly: since1970) else { return nil }
    let (year, month, date) = PartialDate(day: days).civil
    return "\(year)-\(twoDigits(month))-\(twoDigits(date))"
  }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
