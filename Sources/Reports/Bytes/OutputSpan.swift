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
    let needsMark = isFormula(text)
    guard needsQuotes(text) else {
      if needsMark { append(UInt8(ascii: "'")) }
      return put(text)
    }
    append(UInt8(ascii: "\""))
    if needsMark { append(UInt8(ascii: "'")) }
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
    if number < 100_000_000 { return putEight(number) }
    // A number of n digits ends in two plain ones; the depth is at most nine.
    if number >= 100 { putDigits(number / 100) } else { return putTwo(number) }
    putTwo(number % 100)
  }

  /// A number of at most eight digits, all of which are worked out at once.
  private mutating func putEight(_ number: UInt) {
    // Safe: each step splits numbers that fit into their part of the word, by a multiplication that
    // gives the quotient exactly: four digits a half, then two a quarter, then one a byte.
    let fours = UInt64(number / 10_000) | UInt64(number % 10_000) << 32
    let hundreds = ((fours &* 10_486) >> 20) & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- 100 &* hundreds) << 16
    let tens = ((twos &* 103) >> 10) & 0x000F_000F_000F_000F
    let digits = tens | (twos &- 10 &* tens) << 8
    // The first digit is in the lowest byte.
    let zeros = digits.trailingZeroBitCount & 0x38
    put(word: (digits | 0x3030_3030_3030_3030) >> UInt64(zeros), count: 8 - zeros / 8)
  }

  /// Adds the first bytes of a word, which begins in its lowest byte; at most eight.
  mutating func put(word: UInt64, count: Int) {
    guard freeCapacity >= 8, count <= 8 else {
      for place in 0..<count { append(UInt8(truncatingIfNeeded: word >> UInt64(place * 8))) }
      return
    }
    unsafe withUnsafeMutableBufferPointer { buffer, filled in
      // Safe: there is room for eight bytes, and of those only the first count as written.
      guard let start = buffer.baseAddress else { return }
      unsafe UnsafeMutableRawPointer(start + filled)
        .storeBytes(of: word.littleEndian, as: UInt64.self)
      filled += count
    }
  }

  private mutating func putTwo(_ number: UInt) {
    append(digit(number / 10))
    append(digit(number % 10))
  }

  /// Adds thousandths as `shownPoints` writes them; at most 24 bytes.
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
  // All of them are below a hyphen, and hardly anything else in a name is.
  guard hasByte(below: UInt8(ascii: "-"), text) else { return false }
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

/// Whether a byte of a text is below one of at most 128; eight bytes at a time.
private func hasByte(below most: UInt8, _ text: Span<UInt8>) -> Bool {
  guard text.count >= 8 else {
    for index in text.indices where text[index] < most { return true }
    return false
  }
  var found = markedBelow(most, text, text.count - 8)
  var offset = 0
  while offset < text.count - 8 {
    found |= markedBelow(most, text, offset)
    offset += 8
  }
  return found != 0
}

/// Eight bytes of a text, of which one that is below another has its highest bit set and all other
/// bits are clear; but for bytes above such a one, which may be mistaken for it.
private func markedBelow(_ most: UInt8, _ text: Span<UInt8>, _ offset: Int) -> UInt64 {
  let ones: UInt64 = 0x0101_0101_0101_0101
  // Safe: any bytes are a number, and where they stand is compared with the count. What is below
  // borrows, which sets its highest bit.
  let word = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    .littleEndian
  return (word &- ones &* UInt64(most)) & ~word & (ones << 7)
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
