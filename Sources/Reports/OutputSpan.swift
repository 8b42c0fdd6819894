import Tables

/// Writing into memory that was set aside, for tables of millions of cells: no array is asked for
/// every byte whether it is shared and has room.
extension OutputSpan<UInt8> {
  /// Adds bytes in one move; traps where they do not fit.
  mutating func put(_ text: Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { source in
      // Safe: the slice traps where there is less room than bytes.
      unsafe withUnsafeMutableBufferPointer { buffer, count in
        let end = count + source.count
        _ = unsafe UnsafeMutableBufferPointer(rebasing: buffer[count..<end])
          .initialize(fromContentsOf: source)
        count = end
      }
    }
  }

  /// Adds a text of the program.
  mutating func put(_ text: StaticString) {
    // Safe: the text lives as long as the program.
    let bytes = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    put(unsafe bytes.span)
  }

  /// Adds a text without its first and last byte as a cell of separated text; at most twice its
  /// bytes and three.
  mutating func putCell(_ text: Span<UInt8>) {
    guard !text.isEmpty else { return }
    let isFormula = isFormulaSign(text[0])
    guard needsQuotes(text) else {
      if isFormula { append(UInt8(ascii: "'")) }
      return put(text)
    }
    append(UInt8(ascii: "\""))
    if isFormula { append(UInt8(ascii: "'")) }
    for index in text.indices {
      if text[index] == UInt8(ascii: "\"") { append(UInt8(ascii: "\"")) }
      append(text[index])
    }
    append(UInt8(ascii: "\""))
  }

  /// Adds a text as a JSON string; at most six times its bytes and two.
  mutating func putQuoted(_ text: Span<UInt8>) {
    append(UInt8(ascii: "\""))
    if needsEscapes(text) {
      for index in text.indices { putEscaped(text[index]) }
    } else {
      put(text)
    }
    append(UInt8(ascii: "\""))
  }

  /// Adds a byte of a JSON string; at most six.
  mutating func putEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      append(UInt8(ascii: "\\"))
      append(byte)
    case 0x0A: put("\\n")
    case 0x00..<0x20:
      put("\\u00")
      append(byte < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
      append(byte & 15 < 10 ? UInt8(ascii: "0") + byte & 15 : UInt8(ascii: "a") - 10 + byte & 15)
    default: append(byte)
    }
  }

  /// Adds a whole number: `-12`; at most 20 bytes.
  mutating func putDigits(_ number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    putDigits(number.magnitude)
  }

  private mutating func putDigits(_ number: UInt) {
    if number < 10 { return append(digit(number)) }
    // A number of n digits ends in two plain ones; the depth is at most nine.
    if number >= 100 { putDigits(number / 100) } else { return putTwo(number) }
    putTwo(number % 100)
  }

  private mutating func putTwo(_ number: UInt) {
    append(digit(number / 10))
    append(digit(number % 10))
  }

  /// Adds thousandths as `[UInt8].appendThousandths` writes them; at most 24 bytes.
  mutating func putThousandths(_ number: Int, decimals: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    let magnitude = number.magnitude
    putDigits(magnitude / 1000)
    let rest = magnitude % 1000
    let needed = rest == 0 ? 0 : rest % 100 == 0 ? 1 : rest % 10 == 0 ? 2 : 3
    let shown = Swift.max(needed, decimals)
    guard shown > 0 else { return }
    append(UInt8(ascii: "."))
    append(digit(rest / 100))
    if shown > 1 { append(digit(rest / 10 % 10)) }
    if shown > 2 { append(digit(rest % 10)) }
  }

  /// Adds a decimal number as its description; at most 22 bytes.
  mutating func put(_ number: Exact) {
    if number.millionths < 0 { append(UInt8(ascii: "-")) }
    let magnitude = UInt(number.millionths.magnitude)
    let one = UInt(Exact.one)
    putDigits(magnitude / one)
    var rest = magnitude % one
    guard rest > 0 else { return }
    append(UInt8(ascii: "."))
    var unit = one
    while rest > 0 {
      unit /= 10
      append(digit(rest / unit))
      rest %= unit
    }
  }

  /// Adds a date as its description; at most 24 bytes.
  mutating func put(_ date: PartialDate) {
    let (year, month, day) = date.civil
    // Dates of other centuries than ours need no speed.
    guard 1000...9999 ~= year else {
      for byte in date.description.utf8 { append(byte) }
      return
    }
    putTwo(UInt(year / 100))
    putTwo(UInt(year % 100))
    guard date.precision != .year else { return }
    append(UInt8(ascii: "-"))
    putTwo(UInt(month))
    guard date.precision == .day else { return }
    append(UInt8(ascii: "-"))
    putTwo(UInt(day))
  }

  /// Adds thousandths of a whole as a percentage: 857 is `85.7%`.
  mutating func putPercent(_ thousandths: Int) {
    putThousandths(thousandths * 100, decimals: 1)
    append(UInt8(ascii: "%"))
  }
}

private func digit(_ number: UInt) -> UInt8 {
  // Safe: callers pass a number below ten.
  UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number)
}

/// Whether a separator, a quote or a line break stands in a text.
///
/// Looks at all of it, because loops that may end early are not done many bytes at a time.
private func needsQuotes(_ text: Span<UInt8>) -> Bool {
  var found: UInt8 = 0
  for index in text.indices {
    let byte = text[index]
    found |= byte == UInt8(ascii: ",") ? 1 : 0
    found |= byte == UInt8(ascii: "\"") ? 1 : 0
    found |= byte == 0x0A ? 1 : 0
    found |= byte == 0x0D ? 1 : 0
  }
  return found != 0
}

/// Whether a control character, a quote or a backslash stands in a text.
func needsEscapes(_ text: Span<UInt8>) -> Bool {
  var found: UInt8 = 0
  for index in text.indices {
    let byte = text[index]
    found |= byte < 0x20 ? 1 : 0
    found |= byte == UInt8(ascii: "\"") ? 1 : 0
    found |= byte == UInt8(ascii: "\\") ? 1 : 0
  }
  return found != 0
}
