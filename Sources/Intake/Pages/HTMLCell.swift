/// What a cell of a web page holds, by its text and by what Excel says of it in attributes.
struct HTMLCell {
  private let attributes: [XMLAttribute]
  private let format: String?
  private let dates: DateSystem

  /// - Parameter format: the number format of its style.
  init(_ attributes: [XMLAttribute], _ format: String?, _ dates: DateSystem) {
    self.attributes = attributes
    self.format = format
    self.dates = dates
  }

  /// - Parameter shown: the text that people see.
  /// - Returns: nil for nothing.
  func content(_ shown: String) -> SheetCell.Content? {
    if let text = attributes["x:str"] {
      let text = text.isEmpty ? shown : text
      return text.isEmpty ? nil : .text(text)
    }
    if attributes["x:err"] != nil, !shown.isEmpty { return .fault(shown) }
    if let flag = attributes["x:bool"] {
      return .flag(isTrue((flag.isEmpty ? shown : flag).lowercased()))
    }
    if let number = attributes["x:num"] {
      return counted(number.isEmpty ? shown : number, shown)
    }
    guard !shown.isEmpty else { return nil }
    return formatted(shown)
  }

  /// A number that Excel wrote beside its text, which may be rounded or wear a mask.
  private func counted(_ number: String, _ shown: String) -> SheetCell.Content? {
    guard let plain = PlainNumber(number) else { return shown.isEmpty ? nil : .text(shown) }
    if let value = value(number, plain) { return value }
    return isMasked(shown, plain) ? .text(shown) : .number(number)
  }

  /// A text that stands beside a format but is a bare number gets the look that a spreadsheet
  /// would give it.
  private func formatted(_ shown: String) -> SheetCell.Content {
    guard let format, format != "@", let plain = PlainNumber(shown) else { return .text(shown) }
    return value(shown, plain) ?? .text(shown)
  }

  /// What the format makes of a number; nil where that is a number.
  private func value(_ number: String, _ plain: PlainNumber) -> SheetCell.Content? {
    guard let format, format != "@" else { return nil }
    let shown = NumberFormat(code: format)
    switch shown {
    case .date, .dateAndTime, .month, .year, .time:
      // A year by itself is no day number.
      guard plain.text.contains(".") || plain.text.utf8.count >= 5 else { return nil }
    case .number, .percent, .mask, .calculated, .scaled: break
    }
    let content = SheetCell.Content(number, as: shown, dates)
    if case .number = content { return nil }
    return content
  }

  /// Whether a text is not just another way to write a number, such as 000123 for 123.
  private func isMasked(_ shown: String, _ plain: PlainNumber) -> Bool {
    guard !shown.isEmpty, shown.utf8.contains(where: { $0 != UInt8(ascii: "#") }) else {
      return false
    }
    let bare = shown.filter { !",¥￥$€£ ()-".contains($0) }
    guard let other = PlainNumber(bare) else { return true }
    return bare.hasPrefix("0") && bare.dropFirst().first?.isNumber == true && other != plain
  }
}

private func isTrue(_ word: String) -> Bool { word == "1" || word == "true" }
