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
  /// Whether a number other than 0 without a unit, currency or multiple cannot be read.
  public var requiresUnit = false
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

  /// A number, and whether decimals were left out.
  public struct Reading: Sendable, Equatable {
    public var value: Exact
    public var isRounded = false
  }

  /// An exact number, scaled to base units.
  public func decimal(_ text: Span<UInt8>) throws(CellFault) -> Exact { try reading(text).value }

  /// A number scaled to base units; one with more than six decimals is rounded half away from zero.
  public func reading(_ text: Span<UInt8>) throws(CellFault) -> Reading {
    guard let plain = plainMillionths(text), !requiresUnit || plain == 0 else {
      return try slowReading(text)
    }
    return Reading(value: try scaled(Exact(millionths: plain)))
  }

  /// A whole number; `3万` and `3.0` are whole.
  public func whole(_ text: Span<UInt8>) throws(CellFault) -> Int64 {
    if scale.millionths == Exact.one, !requiresUnit, let plain = plainWhole(text) { return plain }
    let exact = try decimal(text)
    guard exact.millionths % Exact.one == 0 else { throw .notWhole }
    return exact.millionths / Exact.one
  }

  /// Whether more than six decimals were rounded for a whole number.
  public func isRounded(_ text: Span<UInt8>) -> Bool {
    do throws(CellFault) {
      return try reading(text).isRounded
    } catch { return false }
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

  private func slowReading(_ text: Span<UInt8>) throws(CellFault) -> Reading {
    // In keys it is a comma, but nobody groups digits by it: “1、200” are two numbers.
    guard !holdsEnumerationComma(text), !joinsDigits(text) else { throw .badNumber }
    var key: [UInt8] = []
    appendMatchingKey(of: text, to: &key)
    var scan = NumberScan(key: key)
    var number: WrittenNumber?
    var found = FoundWords()
    while scan.index < key.count {
      if number == nil, scan.isAtNumber {
        number = try scan.number()
      } else if isPercent, number != nil, key[scan.index] == UInt8(ascii: "%") {
        scan.index += 1
        found.isScaled = false
      } else if let word = words.first(where: { scan.isAt($0.key) }) {
        scan.index += word.key.count
        try found.take(word.meaning, inBrackets: false)
      } else if key[scan.index] == UInt8(ascii: "(") {
        try takeBrackets(&scan, &found, isAfter: number != nil)
      } else {
        let mayBe = number == nil ? scan.isAtCurrencySign : scan.mayBeCurrency
        throw isMoney && mayBe ? .unknownCurrency : .badNumber
      }
    }
    guard let number else { throw .badNumber }
    guard !found.isAbout else { throw .approximate }
    guard !requiresUnit || found.hasUnit || !found.isScaled || number.isZero else {
      throw .noUnit
    }
    return try scaled(number, found)
  }

  /// What the words around a number say.
  private struct FoundWords {
    var factor = Exact(millionths: Exact.one)
    var isScaled = true
    var isAbout = false
    var hasUnit = false
    /// Whether multiples such as 万 stand outside of brackets, and within.
    var hasMultiple = (outside: false, inside: false)

    mutating func take(_ meaning: Meaning, inBrackets: Bool) throws(CellFault) {
      switch meaning {
      case .about: isAbout = true
      case .unit: hasUnit = true
      case .factor(let more):
        guard let product = factor.times(more) else { throw .outOfRange }
        factor = product
        isScaled = false
        guard more.millionths != Exact.one else { return }
        if inBrackets { hasMultiple.inside = true } else { hasMultiple.outside = true }
      }
    }
  }

  /// Reads what stands in brackets before or behind a number: units, currencies and multiples, of
  /// which no two may say the same twice (`600万(万元)`).
  private func takeBrackets(
    _ scan: inout NumberScan, _ found: inout FoundWords, isAfter: Bool
  ) throws(CellFault) {
    let before = found.factor
    scan.index += 1
    var count = 0
    while scan.index < scan.key.count, scan.key[scan.index] != UInt8(ascii: ")") {
      if let word = words.first(where: { scan.isAt($0.key) }) {
        scan.index += word.key.count
        try found.take(word.meaning, inBrackets: true)
      } else if isPercent, scan.key[scan.index] == UInt8(ascii: "%") {
        scan.index += 1
        found.isScaled = false
      } else {
        throw isAfter && isMoney && scan.closesLater && scan.mayBeCurrency
          ? .unknownCurrency : .badNumber
      }
      count += 1
    }
    guard scan.index < scan.key.count, count > 0 else { throw .badNumber }
    scan.index += 1
    // 10万(美元) is 10 times 10,000 dollars, but 600万(万元) nobody can tell.
    let isDoubled = found.hasMultiple.outside && found.hasMultiple.inside
    if isDoubled, let inside = found.factor.divided(by: before), isPowerOfTen(inside),
      isPowerOfTen(before)
    {
      throw .badNumber
    }
  }

  private func scaled(
    _ number: WrittenNumber, _ found: FoundWords
  ) throws(CellFault) -> Reading {
    var factor = found.factor
    if found.isScaled {
      guard let product = factor.times(scale) else { throw .outOfRange }
      factor = product
    }
    // 0.0000001万元 has no more decimals than a fen.
    if let places = powerOfTen(factor) { return try number.exact(shiftedBy: places) }
    var reading = try number.exact(shiftedBy: 0)
    guard let product = reading.value.times(factor) else { throw .outOfRange }
    reading.value = product
    return reading
  }
}

/// How many places a factor moves the point to the right: 4 for 10,000; nil for other factors and
/// those below 1.
private func powerOfTen(_ factor: Exact) -> Int? {
  var places = 0
  var rest = factor.millionths
  guard rest >= Exact.one, rest % Exact.one == 0 else { return nil }
  rest /= Exact.one
  while rest % 10 == 0 {
    rest /= 10
    places += 1
  }
  return rest == 1 ? places : nil
}

private func isPowerOfTen(_ factor: Exact) -> Bool { powerOfTen(factor) != nil }

/// Whether a 、 stands in a text.
func holdsEnumerationComma(_ text: Span<UInt8>) -> Bool {
  guard text.count >= 3 else { return false }
  for index in 0..<text.count - 2 where text[index + 1] == 0x80 && text[index + 2] == 0x81 {
    if text[index] == 0xE3 { return true }
  }
  for index in 0..<text.count - 2 where text[index] == 0xEF && text[index + 1] == 0xB9 {
    if text[index + 2] == 0x91 { return true }
  }
  return false
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
