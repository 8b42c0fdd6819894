public import Tables

/// How the numbers of one column are written: what a bare number counts, and the words that may
/// stand around it.
public struct NumberRules: Sendable {
  /// What one bare number is in base units, e.g. 10000 for 万元.
  public var scale: Exact
  /// Whether a percent sign may follow; a number with the sign is not scaled.
  public var isPercent = false
  /// Whether a word that is not known is taken for a currency.
  public var isMoney = false
  private var words: [Word] = []

  private struct Word: Sendable {
    var key: [UInt8]
    var meaning: Meaning
  }

  private enum Meaning: Sendable {
    /// Times so much; what it makes is in base units, so the column's scale does not count.
    case factor(Exact)
    /// A name of the column's own unit.
    case unit
    case about
  }

  public init(scale: Exact = Exact(millionths: Exact.one)) { self.scale = scale }

  /// Adds words that multiply, such as 万, or units and currencies, such as 万元 and 美元.
  public mutating func add(factors: [String: Exact]) {
    for (word, factor) in factors { add(word, .factor(factor)) }
  }

  /// Adds a name of the unit that bare numbers count.
  public mutating func add(unit: String) { add(unit, .unit) }

  public mutating func add(about: [String]) {
    for word in about { add(word, .about) }
  }

  private mutating func add(_ word: String, _ meaning: Meaning) {
    let key = matchingKeyBytes(word)
    guard !key.isEmpty, !words.contains(where: { $0.key == key }) else { return }
    words.append(Word(key: key, meaning: meaning))
    // The longest word at a place is the one that is meant.
    words.sort {
      $0.key.count == $1.key.count
        ? $0.key.lexicographicallyPrecedes($1.key) : $0.key.count > $1.key.count
    }
  }

  /// An exact number with up to six decimals, scaled to base units.
  public func decimal(_ text: Span<UInt8>) throws(CellFault) -> Exact {
    guard let plain = plainMillionths(text) else { return try slowDecimal(text) }
    return try scaled(Exact(millionths: plain))
  }

  /// A whole number; `3万` and `3.0` are whole.
  public func whole(_ text: Span<UInt8>) throws(CellFault) -> Int64 {
    if scale.millionths == Exact.one, let plain = plainWhole(text) { return plain }
    let exact = try decimal(text)
    guard exact.millionths % Exact.one == 0 else { throw .notWhole }
    return exact.millionths / Exact.one
  }

  private func scaled(_ number: Exact) throws(CellFault) -> Exact {
    guard scale.millionths != Exact.one else { return number }
    if scale.millionths % Exact.one == 0 {
      let (product, overflow) = number.millionths.multipliedReportingOverflow(
        by: scale.millionths / Exact.one)
      guard !overflow else { throw .outOfRange }
      return Exact(millionths: product)
    }
    guard let product = number.times(scale) else { throw .outOfRange }
    return product
  }

  private func slowDecimal(_ text: Span<UInt8>) throws(CellFault) -> Exact {
    var key: [UInt8] = []
    appendMatchingKey(of: text, to: &key)
    var scan = NumberScan(key: key)
    var factor = Exact(millionths: Exact.one)
    var isScaled = true
    var isAbout = false
    var isBefore = true
    var number: Exact?
    while scan.index < key.count {
      if number == nil, scan.isAtNumber {
        number = try scan.number()
        isBefore = false
      } else if isPercent, !isBefore, key[scan.index] == UInt8(ascii: "%") {
        scan.index += 1
        isScaled = false
      } else if let word = words.first(where: { scan.isAt($0.key) }) {
        scan.index += word.key.count
        switch word.meaning {
        case .about: isAbout = true
        case .unit: break
        case .factor(let more):
          guard let product = factor.times(more) else { throw .outOfRange }
          factor = product
          isScaled = false
        }
      } else {
        throw number != nil && isMoney ? .unknownCurrency : .badNumber
      }
    }
    guard let number else { throw .badNumber }
    guard !isAbout else { throw .approximate }
    guard let product = number.times(factor) else { throw .outOfRange }
    return isScaled ? try scaled(product) : product
  }
}

/// A run of digits as a whole number; nil for anything else.
private func plainWhole(_ text: Span<UInt8>) -> Int64? {
  guard text.count > 0, text.count <= 18 else { return nil }
  var value: Int64 = 0
  for index in text.indices {
    let digit = text[index] &- 0x30
    guard digit <= 9 else { return nil }
    // Safe: 18 digits are below 2⁶³.
    value = value &* 10 &+ Int64(digit)
  }
  return value
}

/// Digits with at most one point and six decimals, in millionths; nil for anything else.
private func plainMillionths(_ text: Span<UInt8>) -> Int64? {
  // 12 digits before the point and 6 after it fit.
  guard text.count > 0, text.count <= 13 else { return nil }
  var value: Int64 = 0
  var decimals = -1
  for index in text.indices {
    let byte = text[index]
    if byte == UInt8(ascii: "."), decimals < 0, index > 0 {
      decimals = 0
      continue
    }
    let digit = byte &- 0x30
    guard digit <= 9 else { return nil }
    // Safe: 13 digits are below 2⁶³.
    value = value &* 10 &+ Int64(digit)
    if decimals >= 0 { decimals += 1 }
  }
  guard decimals != 0, decimals <= 6 else { return nil }
  guard decimals > 0 || text.count <= 12 else { return nil }
  for _ in max(decimals, 0)..<6 {
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    guard !overflow else { return nil }
    value = product
  }
  return value
}

/// Reads the digits of a number out of a matching key.
private struct NumberScan {
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

  func isAt(_ word: [UInt8]) -> Bool {
    guard key.count - index >= word.count else { return false }
    for offset in word.indices where key[index + offset] != word[offset] { return false }
    return true
  }

  /// Sign, digits with grouping by three, fraction, exponent.
  mutating func number() throws(CellFault) -> Exact {
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
    return try exact(digits, point: places, isNegative)
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

  /// `0.digits` shifted so that the point stands after `point` digits.
  private func exact(
    _ digits: [UInt8], point: Int, _ isNegative: Bool
  ) throws(CellFault) -> Exact {
    var value: Int64 = 0
    let last = point + 6
    for place in 0..<max(last, digits.count) {
      let digit = place < digits.count ? digits[place] : 0
      guard place < last else {
        guard digit == 0 else { throw .tooPrecise }
        continue
      }
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = shifted.addingReportingOverflow(Int64(digit))
      guard !overflow, !carries else { throw .outOfRange }
      value = sum
    }
    return Exact(millionths: isNegative ? -value : value)
  }
}
