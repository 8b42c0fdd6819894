/// The 15-digit registration number of GS 15-2006, checked by ISO 7064 MOD 11,10.
public enum RegistrationNumber {
  /// The check digit that belongs to 14 digits; nil where one is not a digit.
  public static func checkCharacter(_ body: Span<UInt8>) -> UInt8? {
    guard body.count == 14 else { return nil }
    var product = 10
    for index in 0..<14 {
      let digit = body[index] &- 0x30
      guard digit <= 9 else { return nil }
      let rest = (product + Int(digit)) % 10
      product = (rest == 0 ? 10 : rest) * 2 % 11
    }
    return UInt8((11 - product) % 10) + 0x30
  }

  /// The check digit that belongs to 14 digits, as text.
  public static func checkCharacter(_ body: String) -> String? {
    checkCharacter(Array(body.utf8).span).map { String(decoding: [$0], as: UTF8.self) }
  }

  /// Checks a sanitised number.
  public static func check(_ number: Span<UInt8>) throws(CellFault) {
    guard number.count == 15 else { throw .badLength }
    guard let check = checkCharacter(number.extracting(0..<14)), number[14] &- 0x30 <= 9 else {
      throw .badCharacter
    }
    guard check == number[14] else { throw .badCheckDigit }
  }

  public static func isValid(_ number: String) -> Bool {
    (try? check(Array(number.utf8).span)) != nil
  }
}
