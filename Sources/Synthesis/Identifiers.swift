import Fields

/// Codes that pass their check characters, for bodies and persons that do not exist.
enum Identifiers {
  /// Whether a prefix can begin a credit code, or one of the codes of digits.
  static func isCreditPrefix(_ prefix: [UInt8]) -> Bool {
    prefix.count == 8
      && CreditCode.checkCharacter((prefix + Array(repeating: 48, count: 9)).span) != nil
  }

  static func isDigitPrefix(_ prefix: [UInt8]) -> Bool {
    prefix.count == 6 && prefix.allSatisfy { (48...57).contains($0) }
  }

  /// Appends both check characters to 8 characters of department, category and division and 8 of
  /// the organisation code (GB 32100-2015 around GB 11714-1997).
  static func appendCreditCode(_ prefix: [UInt8], body: [UInt8], to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: prefix)
    bytes.append(contentsOf: body)
    append(OrganizationCode.checkCharacter(body.span), to: &bytes)
    append(CreditCode.checkCharacter(bytes.span.extracting(start..<bytes.count)), to: &bytes)
  }

  /// Appends a 15-digit registration number (GS 15-2006, ISO 7064 MOD 11,10).
  static func appendRegistrationNumber(_ prefix: [UInt8], serial: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: prefix)
    appendDigits(serial, width: 8, to: &bytes)
    append(
      RegistrationNumber.checkCharacter(bytes.span.extracting(start..<bytes.count)), to: &bytes)
  }

  /// Appends an 18-character resident identity number (GB 11643-1999).
  static func appendResidentID(
    _ prefix: [UInt8], born: (year: Int, month: Int, day: Int), serial: Int,
    to bytes: inout [UInt8]
  ) {
    let start = bytes.count
    bytes.append(contentsOf: prefix)
    appendDigits(born.year, width: 4, to: &bytes)
    appendDigits(born.month, width: 2, to: &bytes)
    appendDigits(born.day, width: 2, to: &bytes)
    appendDigits(serial, width: 3, to: &bytes)
    append(ResidentID.checkCharacter(bytes.span.extracting(start..<bytes.count)), to: &bytes)
  }

  /// The number in so many digits, zeros before it; higher digits are lost.
  static func appendDigits(_ number: Int, width: Int, to bytes: inout [UInt8]) {
    var power = 1
    for _ in 1..<max(width, 1) { power *= 10 }
    while power > 0 {
      bytes.append(digit(number / power % 10))
      power /= 10
    }
  }

  private static func digit(_ number: Int) -> UInt8 { UInt8(48 + number) }

  /// Bodies are drawn from the codes' own characters, so that each has a check character.
  private static func append(_ check: UInt8?, to bytes: inout [UInt8]) {
    if let check { bytes.append(check) }
  }
}
