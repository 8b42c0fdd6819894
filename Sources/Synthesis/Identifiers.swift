/// Codes that pass their check characters, for bodies and persons that do not exist.
enum Identifiers {
  private static let creditAlphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
  private static let creditWeights = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
  ]
  private static let organizationWeights = [3, 7, 9, 10, 5, 8, 4, 2]
  private static let residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  private static let residentChecks = Array("10X98765432".utf8)

  /// Whether a prefix can begin a credit code, or one of the codes of digits.
  static func isCreditPrefix(_ prefix: [UInt8]) -> Bool {
    prefix.count == 8 && prefix.allSatisfy(creditAlphabet.contains)
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
    var sum = 0
    for (byte, weight) in zip(body, organizationWeights) { sum += organizationValue(byte) * weight }
    let check = 11 - sum % 11
    bytes.append(check == 10 ? UInt8(ascii: "X") : digit(check % 11))
    sum = 0
    for (offset, weight) in creditWeights.enumerated() {
      sum += (creditAlphabet.firstIndex(of: bytes[start + offset]) ?? 0) * weight
    }
    bytes.append(creditAlphabet[(31 - sum % 31) % 31])
  }

  /// Appends a 15-digit registration number (GS 15-2006, ISO 7064 MOD 11,10).
  static func appendRegistrationNumber(_ prefix: [UInt8], serial: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: prefix)
    appendDigits(serial, width: 8, to: &bytes)
    var product = 10
    for byte in bytes[start...] {
      let sum = (product + Int(byte) - 48) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    bytes.append(digit((11 - product) % 10))
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
    var sum = 0
    for (offset, weight) in residentWeights.enumerated() {
      sum += (Int(bytes[start + offset]) - 48) * weight
    }
    bytes.append(residentChecks[sum % 11])
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

  private static func organizationValue(_ byte: UInt8) -> Int {
    byte < 58 ? Int(byte) - 48 : Int(byte) - 55
  }
}
