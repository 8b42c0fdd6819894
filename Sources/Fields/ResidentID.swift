import Tables

/// The resident identity number of GB 11643-1999, 18 characters, and its older form of 15 digits.
public enum ResidentID {
  /// The check character that belongs to 17 digits; nil where one is not a digit.
  public static func checkCharacter(_ body: Span<UInt8>) -> UInt8? {
    guard body.count == 17 else { return nil }
    let weights: InlineArray<17, Int> = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let characters: InlineArray<11, UInt8> = [
      0x31, 0x30, 0x58, 0x39, 0x38, 0x37, 0x36, 0x35, 0x34, 0x33, 0x32,
    ]
    var sum = 0
    for index in 0..<17 {
      let digit = body[index] &- 0x30
      guard digit <= 9 else { return nil }
      sum += Int(digit) * weights[index]
    }
    return characters[sum % 11]
  }

  /// The check character that belongs to 17 digits, as text.
  public static func checkCharacter(_ body: String) -> String? {
    checkCharacter(Array(body.utf8).span).map { String(decoding: [$0], as: UTF8.self) }
  }

  /// Checks a sanitised number of 18 characters: birth date and check character.
  public static func check(_ number: Span<UInt8>) throws(CellFault) {
    guard number.count == 18 else { throw .badLength }
    guard let check = checkCharacter(number.extracting(0..<17)),
      number[17] &- 0x30 <= 9 || number[17] == 0x58
    else { throw .badCharacter }
    guard isDate(number, 6, yearDigits: 4), check == number[17] else { throw .badCheckDigit }
  }

  public static func isValid(_ number: String) -> Bool {
    (try? check(Array(number.utf8).span)) != nil
  }

  /// The 18-character form of a sanitised number; the older form gets its century, which is
  /// always 19, and the check character. Equal persons so have equal digests.
  public static func normalised(_ number: Span<UInt8>) throws(CellFault) -> [UInt8] {
    var bytes: [UInt8] = []
    if number.count == 15 {
      for index in 0..<15 {
        if index == 6 { bytes += [0x31, 0x39] }
        bytes.append(number[index])
      }
      guard let check = checkCharacter(bytes.span) else { throw .badCharacter }
      bytes.append(check)
    } else {
      for index in number.indices { bytes.append(number[index]) }
    }
    try check(bytes.span)
    return bytes
  }

  /// The keyed digest that stands for an identity with such a number in it: of the number, where it
  /// is nothing else, so that both its forms have one; else of the text as texts are compared.
  public static func digest(ofIdentity text: Span<UInt8>, key: [UInt8]) -> String {
    var code: [UInt8] = []
    appendSanitised(text, to: &code)
    if reads(code.span), let number = try? normalised(code.span) {
      return keyedDigest(of: number, key: key)
    }
    var folded: [UInt8] = []
    appendMatchingKey(of: text, to: &folded)
    return keyedDigest(of: folded, key: key)
  }

  /// Whether a sanitised code reads as a resident identity number: of 18 characters by its birth
  /// date and check character, of 15 by its division and birth date, since the older form has no
  /// check character.
  public static func reads(_ code: Span<UInt8>) -> Bool {
    switch code.count {
    case 18:
      // Hardly any other code has a birth date, which is soon told.
      guard isDate(code, 6, yearDigits: 4) else { return false }
      do throws(CellFault) {
        try check(code)
        return true
      } catch { return false }
    case 15:
      for index in 12..<15 where code[index] &- 0x30 > 9 { return false }
      return isDate(code, 6, yearDigits: 2) && isDivision(code)
    default: return false
    }
  }

  /// Whether the first six digits can be a division of GB/T 2260 that people are registered in: one
  /// of the provinces there are, and a city in it.
  static func isDivision(_ number: Span<UInt8>) -> Bool {
    guard number.count >= 6 else { return false }
    for index in 0..<6 where number[index] &- 0x30 > 9 { return false }
    guard number[2] != 0x30 || number[3] != 0x30 else { return false }
    switch (Int(number[0]) - 0x30) * 10 + Int(number[1]) - 0x30 {
    case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71, 81, 82, 83: return true
    default: return false
    }
  }

  /// Whether a calendar day stands at `start`, with a year of 4 digits (1800–2099) or of 2.
  static func isDate(_ text: Span<UInt8>, _ start: Int, yearDigits: Int) -> Bool {
    var value = 0
    for index in start..<start + yearDigits + 4 {
      let digit = text[index] &- 0x30
      guard digit <= 9 else { return false }
      value = value * 10 + Int(digit)
    }
    let year = yearDigits == 2 ? 1900 + value / 10_000 : value / 10_000
    guard (1800...2099).contains(year) else { return false }
    return PartialDate(year: year, month: value / 100 % 100, day: value % 100) != nil
  }
}
