/// Whether a text is what a spreadsheet makes of a code: a number with a power of ten
/// (`9.14103E+17`), or a date (`3月1日`, `2001年3月`, `Mar-01`, `1-Mar`) out of `3-1` or `MAR1`.
public func isMangledBySpreadsheet(_ text: Span<UInt8>) -> Bool {
  guard text.count >= 5, text.count <= 32 else { return false }
  let lead = text[0]
  if lead &- 0x30 <= 9 {
    return isPowerOfTen(text) || isChineseDate(text) || isDayAndMonth(text)
  }
  return lead >= 0x41 && lead <= 0x53 && isMonth(text, 0) && text[3] == UInt8(ascii: "-")
    && isNumber(text, 4, digits: [2, 4])
}

/// Whether a text may be a code that a spreadsheet left as it was: letters, digits and signs, with a
/// digit among them, and neither a date nor an amount.
public func looksLikeCode(_ text: Span<UInt8>) -> Bool {
  guard text.count > 0, text.count <= 32 else { return false }
  var digits = 0
  var others = 0
  var points = 0
  for index in text.indices {
    switch text[index] {
    case 0x30...0x39: digits += 1
    case UInt8(ascii: "."): points += 1
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "#"),
      0x41...0x5A, 0x61...0x7A:
      others += 1
    default: return false
    }
  }
  if digits == 0 || (points == 1 && others == 0) { return false }
  guard others > 0 else { return true }
  do throws(CellFault) {
    _ = try DateRules().date(text)
    return false
  } catch { return error != .placeholderDate }
}

/// `9.14103E+17`, `9.14E17`; without point or sign it may be a code that happens to hold an E.
private func isPowerOfTen(_ text: Span<UInt8>) -> Bool {
  var index = 0
  var hasPoint = false
  while index < text.count {
    let byte = text[index]
    if byte == UInt8(ascii: "."), !hasPoint {
      hasPoint = true
    } else if byte &- 0x30 > 9 {
      break
    }
    index += 1
  }
  guard index < text.count, text[index] | 0x20 == 0x65 else { return false }
  index += 1
  let hasSign = index < text.count && (text[index] == 0x2B || text[index] == 0x2D)
  if hasSign { index += 1 }
  return (hasPoint || hasSign) && isNumber(text, index, digits: [1, 2, 3])
}

/// `3月1日`, `2001年3月`.
private func isChineseDate(_ text: Span<UInt8>) -> Bool {
  let month: [UInt8] = [0xE6, 0x9C, 0x88]
  var index = 0
  guard let first = number(text, &index) else { return false }
  if isAt(text, &index, month) {
    guard let day = number(text, &index) else { return false }
    return first <= 12 && day <= 31 && isAt(text, &index, [0xE6, 0x97, 0xA5])
      && index == text.count
  }
  guard first >= 1900, isAt(text, &index, [0xE5, 0xB9, 0xB4]), let second = number(text, &index)
  else { return false }
  return second <= 12 && isAt(text, &index, month) && index == text.count
}

/// `1-Mar`, `01-Mar-24`.
private func isDayAndMonth(_ text: Span<UInt8>) -> Bool {
  var index = 0
  guard let day = number(text, &index), day >= 1, day <= 31, index <= 2,
    isAt(text, &index, [UInt8(ascii: "-")]), isMonth(text, index)
  else { return false }
  index += 3
  if index == text.count { return true }
  return isAt(text, &index, [UInt8(ascii: "-")]) && isNumber(text, index, digits: [2, 4])
}

/// Whether the English name of a month stands at a place, shortened and with the capital that
/// spreadsheets give it.
private func isMonth(_ text: Span<UInt8>, _ start: Int) -> Bool {
  guard start + 3 <= text.count else { return false }
  switch (text[start], text[start + 1], text[start + 2]) {
  case (0x4A, 0x61, 0x6E), (0x46, 0x65, 0x62), (0x4D, 0x61, 0x72), (0x41, 0x70, 0x72),
    (0x4D, 0x61, 0x79), (0x4A, 0x75, 0x6E), (0x4A, 0x75, 0x6C), (0x41, 0x75, 0x67),
    (0x53, 0x65, 0x70), (0x4F, 0x63, 0x74), (0x4E, 0x6F, 0x76), (0x44, 0x65, 0x63):
    return true
  default: return false
  }
}

/// Whether nothing but so many digits follow.
private func isNumber(_ text: Span<UInt8>, _ start: Int, digits: [Int]) -> Bool {
  guard digits.contains(text.count - start) else { return false }
  for index in start..<text.count where text[index] &- 0x30 > 9 { return false }
  return true
}

/// The number of up to four digits at a place, which moves behind it.
private func number(_ text: Span<UInt8>, _ index: inout Int) -> Int? {
  let start = index
  var value = 0
  while index < text.count, index - start < 4, text[index] &- 0x30 <= 9 {
    value = value * 10 + Int(text[index] &- 0x30)
    index += 1
  }
  return index > start ? value : nil
}

/// Steps over some bytes where they stand at a place.
private func isAt(_ text: Span<UInt8>, _ index: inout Int, _ word: [UInt8]) -> Bool {
  guard index + word.count <= text.count else { return false }
  for offset in word.indices where text[index + offset] != word[offset] { return false }
  index += word.count
  return true
}
