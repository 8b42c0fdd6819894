/// The 18-character unified social credit code of GB 32100-2015, which holds an organisation code
/// with a check character of its own.
public enum CreditCode {
  /// The check character that belongs to 17 characters; nil where one is not of the alphabet.
  public static func checkCharacter(_ body: Span<UInt8>) -> UInt8? {
    guard body.count == 17 else { return nil }
    // The weight of a place is 3 to the power of its index, so Horner's scheme from the end.
    var sum = 0
    var index = 16
    while index >= 0 {
      let value = value(body[index])
      guard value >= 0 else { return nil }
      // Safe: below 31 × 3¹⁷, far from 2⁶³.
      sum = sum &* 3 &+ value
      index -= 1
    }
    return character((31 - sum % 31) % 31)
  }

  /// The check character that belongs to 17 characters, as text.
  public static func checkCharacter(_ body: String) -> String? {
    checkCharacter(Array(body.utf8).span).map { String(decoding: [$0], as: UTF8.self) }
  }

  /// Checks a sanitised code, also the organisation code in it.
  public static func check(_ code: Span<UInt8>) throws(CellFault) {
    guard code.count == 18 else { throw .badLength }
    guard let check = checkCharacter(code.extracting(0..<17)), value(code[17]) >= 0 else {
      throw .badCharacter
    }
    guard check == code[17] else { throw .badCheckDigit }
    guard OrganizationCode.checkCharacter(code.extracting(8..<16)) == code[16] else {
      throw .badCheckDigit
    }
  }

  public static func isValid(_ code: String) -> Bool {
    (try? check(Array(code.utf8).span)) != nil
  }

  /// Codes that pass every check and differ from this one only where it has a letter that the
  /// alphabet leaves out (I, O, S, V, Z); at most five, for a person to choose from.
  public static func suggestions(for code: Span<UInt8>) -> [String] {
    guard code.count == 18 else { return [] }
    var bytes: [UInt8] = []
    var places: [Int] = []
    for index in 0..<18 {
      bytes.append(code[index])
      if value(code[index]) < 0 { places.append(index) }
    }
    guard !places.isEmpty, places.count <= 3 else { return [] }
    var found: [String] = []
    suggest(&bytes, places[...], &found)
    return found
  }

  private static func suggest(
    _ code: inout [UInt8], _ places: ArraySlice<Int>, _ found: inout [String]
  ) {
    guard let place = places.first else {
      if (try? check(code.span)) != nil { found.append(String(decoding: code, as: UTF8.self)) }
      return
    }
    let wrong = code[place]
    for candidate in candidates(wrong) where found.count < 5 {
      code[place] = candidate
      suggest(&code, places.dropFirst(), &found)
    }
    code[place] = wrong
  }

  /// What a letter was probably read from; V resembles nothing, so anything may stand there.
  private static func candidates(_ letter: UInt8) -> [UInt8] {
    switch letter {
    case UInt8(ascii: "I"): [UInt8(ascii: "1")]
    case UInt8(ascii: "O"): [UInt8(ascii: "0")]
    case UInt8(ascii: "S"): [UInt8(ascii: "5")]
    case UInt8(ascii: "Z"): [UInt8(ascii: "2")]
    case UInt8(ascii: "V"): (0..<31).compactMap { character($0) }
    default: []
    }
  }

  /// The letters I, O, S, V and Z are left out, so letters count 10 to 30; −1 for others.
  private static func value(_ byte: UInt8) -> Int {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x48: Int(byte) - 0x41 + 10
    case 0x4A...0x4E: Int(byte) - 0x4A + 18
    case 0x50...0x52: Int(byte) - 0x50 + 23
    case 0x54, 0x55: Int(byte) - 0x54 + 26
    case 0x57...0x59: Int(byte) - 0x57 + 28
    default: -1
    }
  }

  private static func character(_ value: Int) -> UInt8? {
    switch value {
    case 0...9: UInt8(value) + 0x30
    case 10...17: UInt8(value - 10) + 0x41
    case 18...22: UInt8(value - 18) + 0x4A
    case 23...25: UInt8(value - 23) + 0x50
    case 26, 27: UInt8(value - 26) + 0x54
    case 28...30: UInt8(value - 28) + 0x57
    default: nil
    }
  }
}
