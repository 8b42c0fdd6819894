/// The 9-character organisation code of GB 11714-1997: eight characters and a check character.
public enum OrganizationCode {
  /// The check character that belongs to eight characters; nil where one is not a digit or letter.
  public static func checkCharacter(_ body: Span<UInt8>) -> UInt8? {
    guard body.count == 8 else { return nil }
    let weights: InlineArray<8, Int> = [3, 7, 9, 10, 5, 8, 4, 2]
    var sum = 0
    for index in 0..<8 {
      guard let value = value(body[index]) else { return nil }
      sum += value * weights[index]
    }
    switch 11 - sum % 11 {
    case 10: return UInt8(ascii: "X")
    case 11: return UInt8(ascii: "0")
    case let check: return UInt8(check) + 0x30
    }
  }

  /// The check character that belongs to eight characters, as text.
  public static func checkCharacter(_ body: String) -> String? {
    checkCharacter(Array(body.utf8).span).map { String(decoding: [$0], as: UTF8.self) }
  }

  /// Checks a sanitised code.
  public static func check(_ code: Span<UInt8>) throws(CellFault) {
    guard code.count == 9 else { throw .badLength }
    guard let check = checkCharacter(code.extracting(0..<8)), value(code[8]) != nil else {
      throw .badCharacter
    }
    guard check == code[8] else { throw .badCheckDigit }
  }

  public static func isValid(_ code: String) -> Bool {
    (try? check(Array(code.utf8).span)) != nil
  }

  /// Letters count 10 to 35 without gaps, unlike in the credit code around them.
  private static func value(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x5A: Int(byte) - 0x41 + 10
    default: nil
    }
  }
}
