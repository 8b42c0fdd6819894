import Tables

extension [UInt8] {
  /// Appends a whole number: `-12`.
  mutating func appendDigits(_ number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    appendDigits(number.magnitude)
  }

  mutating func appendDigits(_ number: UInt) {
    if number < 10 {
      append(digit(number))
    } else if number < 100 {
      append(digit(number / 10))
      append(digit(number % 10))
    } else {
      // A number of n digits ends in two plain ones; the depth is at most nine.
      appendDigits(number / 100)
      append(digit(number / 10 % 10))
      append(digit(number % 10))
    }
  }

  /// Appends thousandths with at least so many decimals, and more only where exactness needs
  /// them: 87500 with one decimal is `87.5`, 12345 is `12.345`.
  mutating func appendThousandths(_ number: Int, decimals: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    let magnitude = number.magnitude
    appendDigits(magnitude / 1000)
    let rest = magnitude % 1000
    let needed = rest == 0 ? 0 : rest % 100 == 0 ? 1 : rest % 10 == 0 ? 2 : 3
    let shown = Swift.max(needed, decimals)
    guard shown > 0 else { return }
    append(UInt8(ascii: "."))
    append(digit(rest / 100))
    if shown > 1 { append(digit(rest / 10 % 10)) }
    if shown > 2 { append(digit(rest % 10)) }
  }

  /// Appends thousandths of a whole as a percentage: 857 is `85.7%`.
  mutating func appendPercent(_ thousandths: Int) {
    appendThousandths(thousandths * 100, decimals: 1)
    append(UInt8(ascii: "%"))
  }

  mutating func append(_ text: String) { append(contentsOf: text.utf8) }
}

private func digit(_ number: UInt) -> UInt8 {
  // Safe: callers pass a number below ten.
  UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number)
}

/// A share in thousandths, rounded half up; nil without a whole.
func share(_ part: Int, of whole: Int) -> Int? {
  whole > 0 ? (part * 2000 + whole) / (whole * 2) : nil
}

/// Thousandths as text, e.g. `87.5`.
func shown(_ thousandths: Int, decimals: Int) -> String {
  var bytes: [UInt8] = []
  bytes.appendThousandths(thousandths, decimals: decimals)
  return String(decoding: bytes, as: UTF8.self)
}

/// A share in thousandths as text, e.g. `85.7%`; empty for nil.
func shownPercent(_ thousandths: Int?) -> String {
  guard let thousandths else { return "" }
  var bytes: [UInt8] = []
  bytes.appendPercent(thousandths)
  return String(decoding: bytes, as: UTF8.self)
}
