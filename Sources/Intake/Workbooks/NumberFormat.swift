import Tables

/// How a number format shows a number.
enum NumberFormat: Sendable, Equatable {
  case number, percent, date, time, dateAndTime
  /// A date without its day, such as 2018年9月.
  case month
  /// A date of which only the year is shown.
  case year
  /// As a code, such as 000042.
  case mask(NumberMask)
  /// As a fraction or with powers of ten, which no code is written in.
  case calculated
  /// Smaller than it is, by thousands.
  case scaled

  /// The formats that files do not spell out; 27…36 and 50…58 are those of East Asian editions, as
  /// Chinese ones show them.
  init(builtIn id: Int) {
    switch id {
    case 9, 10: self = .percent
    case 11...13, 48: self = .calculated
    case 17, 27, 36, 50, 52, 57: self = .month
    case 14...16, 28...31, 51, 53, 54, 58: self = .date
    case 18...21, 32...35, 45...47, 55, 56: self = .time
    case 22: self = .dateAndTime
    default: self = .number
    }
  }

  /// - Parameter code: as the file spells it, e.g. `yyyy"年"m"月"d"日"`. Negative numbers and zero
  ///   may have sections of their own; the first says what the values are.
  init(code: String) {
    let code = FormatCode(code)
    let tokens = code.sections[0].tokens
    var parts: Set<Unicode.Scalar> = []
    for case .part(let letter) in tokens { parts.insert(letter) }
    let hasTime = parts.contains("h") || parts.contains("s")
    let hasDay = parts.contains("d") || (parts.contains("a") && !hasTime)
    if tokens.contains(.percent) {
      self = .percent
    } else if tokens.contains(.exponent) || (tokens.contains(.slash) && parts.isEmpty) {
      self = .calculated
    } else if parts.contains("y"), !hasDay, !hasTime {
      self = parts.contains("m") ? .month : .year
    } else if parts.contains("y") || hasDay {
      self = hasTime ? .dateAndTime : .date
    } else if hasTime {
      self = .time
    } else if parts.contains("m") {
      self = .date
    } else if code.isScaled {
      self = .scaled
    } else {
      self = NumberMask(code).map { .mask($0) } ?? .number
    }
  }
}

/// The number formats of a workbook's cell styles, and which of them cross out.
struct WorkbookStyles: Sendable {
  var formats: [NumberFormat] = []
  /// Styles whose font is crossed out.
  var struck: Set<Int> = []
  /// Styles that nobody sees: written in the colour of what is behind them.
  var unseen: Set<Int> = []

  func format(of style: Int) -> NumberFormat {
    formats.indices.contains(style) ? formats[style] : .number
  }
}

extension NumberFormat {
  /// A date without what the format leaves out. Who writes a month gets its first day, who writes
  /// a year its first of January; another day was written by hand.
  func shortened(_ date: String) -> String {
    switch self {
    case .month where date.hasSuffix("-01"): String(date.dropLast(3))
    case .year where date.hasSuffix("-01-01"): String(date.dropLast(6))
    default: date
    }
  }
}

extension DateSystem {
  /// A day number as a date, time or both; nil where it is none, such as the 29th of February 1900
  /// that Excel believes in.
  func text(of number: String, as format: NumberFormat) -> String? {
    guard let serial = Double(number), serial >= 0, serial < 2_958_466 else { return nil }
    let whole = serial.rounded(.down)
    // The end of a day, 23:59:59.999, is that day still; only what a double cannot tell from
    // midnight, far below a millisecond, is the next.
    let milliseconds = Int(((serial - whole) * 86_400_000).rounded())
    var seconds = milliseconds / 1000
    var day = Int(whole)
    if milliseconds == 86_400_000 { (day, seconds) = (day + 1, 0) }
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { twoDigits($0) }
      .joined(separator: ":")
    switch format {
    case .number, .percent, .mask, .calculated, .scaled: return nil
    case .time where day == 0: return clock
    case .month, .year:
      return date(ofDay: day).map { seconds == 0 ? format.shortened($0) : $0 }
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
      // What a spreadsheet shows for 0.
      if day == 0 { return "1900-01-00" }
      guard day > 0, day != 60 else { return nil }
      since1970 = day - (day < 60 ? 25_568 : 25_569)
    }
    guard let days = Int32(exactly: since1970) else { return nil }
    let (year, month, date) = PartialDate(day: days).civil
    return "\(year)-\(twoDigits(month))-\(twoDigits(date))"
  }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
