import Tables

/// Reads the digits of a number out of a matching key.
struct NumberScan {
  let key: [UInt8]
  var index = 0

  init(key: [UInt8]) { self.key = key }

  private func byte(_ offset: Int) -> UInt8 {
    index + offset < key.count ? key[index + offset] : 0
  }

  private func isDigit(_ offset: Int) -> Bool { byte(offset) &- 0x30 <= 9 }

  var isAtNumber: Bool {
    let sign = byte(0) == UInt8(ascii: "-") || byte(0) == UInt8(ascii: "+") ? 1 : 0
    return isDigit(sign) || (byte(sign) == UInt8(ascii: ".") && isDigit(sign + 1))
  }

  /// Whether the sign of a currency stands in front of a number.
  var isAtCurrencySign: Bool {
    for sign in NumberScan.currencySigns where isAt(sign) {
      return key[(index + sign.count)...].contains { $0 &- 0x30 <= 9 }
    }
    return false
  }

  private static let currencySigns = ["$", "US$", "HK$", "€", "£", "₩"].map { Array($0.utf8) }

  /// Whether what follows may name a currency: letters and signs of currencies up to the end or a
  /// bracket. With a digit or another mark in it (`500-600`, `500/600`, `3万5`, `85%`) it names none.
  var mayBeCurrency: Bool {
    let rest = String(decoding: key[index...].prefix(60), as: UTF8.self)
    return rest.unicodeScalars.allSatisfy { scalar in
      if "()".unicodeScalars.contains(scalar) { return true }
      if scalar.value < 0x80 { return scalar.properties.isAlphabetic || scalar == "$" }
      return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .currencySymbol
    }
  }

  /// Whether a closing bracket follows.
  var closesLater: Bool { key[index...].contains(UInt8(ascii: ")")) }

  func isAt(_ word: [UInt8]) -> Bool {
    guard key.count - index >= word.count else { return false }
    for offset in word.indices where key[index + offset] != word[offset] { return false }
    return true
  }

  /// Sign, digits with grouping by three, fraction, exponent.
  mutating func number() throws(CellFault) -> WrittenNumber {
    let isNegative = byte(0) == UInt8(ascii: "-")
    if isNegative || byte(0) == UInt8(ascii: "+") { index += 1 }
    var digits: [UInt8] = []
    var point: Int?
    var group = -1
    while true {
      let next = byte(0)
      if next &- 0x30 <= 9 {
        digits.append(next &- 0x30)
        if group >= 0, point == nil { group += 1 }
      } else if next == UInt8(ascii: ","), point == nil, isDigit(1) {
        guard group == 3 || (group < 0 && (1...3).contains(digits.count)) else {
          throw .badNumber
        }
        group = 0
      } else if next == UInt8(ascii: "."), point == nil {
        point = digits.count
      } else {
        break
      }
      index += 1
      guard digits.count <= 400 else { throw .outOfRange }
    }
    guard group < 0 || group == 3 else { throw .badNumber }
    let places = (point ?? digits.count) + (try exponent())
    return WrittenNumber(digits: digits, point: places, isNegative: isNegative)
  }

  private mutating func exponent() throws(CellFault) -> Int {
    guard byte(0) == UInt8(ascii: "E") else { return 0 }
    let hasSign = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+")
    guard isDigit(hasSign ? 2 : 1) else { return 0 }
    let isNegative = byte(1) == UInt8(ascii: "-")
    index += hasSign ? 2 : 1
    var exponent = 0
    while isDigit(0) {
      exponent = exponent * 10 + Int(key[index] - 0x30)
      guard exponent <= 400 else { throw .outOfRange }
      index += 1
    }
    return isNegative ? -exponent : exponent
  }
}

/// The digits of a number as they are written.
struct WrittenNumber {
  /// Their values.
  var digits: [UInt8]
  /// How many of them stand before the point; negative for zeros after it.
  var point: Int
  var isNegative: Bool

  var isZero: Bool { digits.allSatisfy { $0 == 0 } }

  /// The number with its point moved to the right, in millionths, rounded half away from zero.
  func exact(shiftedBy places: Int) throws(CellFault) -> NumberRules.Reading {
    let last = point + places + 6
    var value: Int64 = 0
    for place in 0..<max(last, 0) {
      let digit = place < digits.count ? digits[place] : 0
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = shifted.addingReportingOverflow(Int64(digit))
      guard !overflow, !carries else { throw .outOfRange }
      value = sum
    }
    let rest = digits.dropFirst(max(last, 0))
    if last >= 0, let first = rest.first, first >= 5 {
      let (sum, carries) = value.addingReportingOverflow(1)
      guard !carries else { throw .outOfRange }
      value = sum
    }
    return NumberRules.Reading(
      value: Exact(millionths: isNegative ? -value : value),
      isRounded: rest.contains { $0 != 0 })
  }
}
