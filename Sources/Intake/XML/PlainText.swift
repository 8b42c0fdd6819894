/// A stretch of text of a plain XML file, up to the next `<`.
struct PlainText {
  /// Where it ends; the end of what is there where no `<` follows.
  var end: Int
  /// Line feeds in it.
  var lines: Int
  /// Whether references or carriage returns stand in it, so that it means another text.
  var isWritten: Bool
}

/// Looks through text of an XML file for its end and for what is not plain.
struct PlainTextScanner {
  /// Bytes that need a second look.
  private let specials: [Bool]

  init() {
    specials = (0..<256).map { byte in
      byte < 0x20 && byte != 0x09 || byte == 0x26 || byte == 0x3C || byte == 0x5D || byte == 0xEF
    }
  }

  /// Looks through the text that begins at a place.
  func scan(_ bytes: Span<UInt8>, from start: Int) throws(NotPlain) -> PlainText {
    var text = PlainText(end: bytes.count, lines: 0, isWritten: false)
    let isSpecial = specials.span
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      guard isSpecial[Int(byte)] else {
        index &+= 1
        continue
      }
      if byte == 0x3C {
        text.end = index
        return text
      }
      if byte == 0x0A {
        text.lines &+= 1
        index &+= 1
        continue
      }
      // What decides may not be there yet; then the whole text is looked through again.
      guard let next = try lookTwice(bytes, index) else {
        text.end = bytes.count
        return text
      }
      if byte == 0x26 || byte == 0x0D { text.isWritten = true }
      index = next
    }
    return text
  }

  /// Looks at what stands at a byte that may not be plain.
  ///
  /// - Returns: where to go on; nil where the end of what is there comes first.
  private func lookTwice(_ bytes: Span<UInt8>, _ index: Int) throws(NotPlain) -> Int? {
    let left = bytes.count - index
    switch bytes[index] {
    case 0x26:
      guard let reference = try reference(bytes, index) else { return nil }
      return reference.end
    case 0x0D:
      guard left > 1 else { return nil }
      guard bytes[index + 1] == 0x0A else { throw NotPlain() }
      return index + 1
    case 0x5D:
      guard left > 1 else { return nil }
      guard bytes[index + 1] == 0x5D else { return index + 1 }
      guard left > 2 else { return nil }
      guard bytes[index + 2] != 0x3E else { throw NotPlain() }
      return index + 1
    case 0xEF:
      guard left > 2 else { return nil }
      guard isCharacter(bytes, index) else { throw NotPlain() }
      return index + 3
    default: throw NotPlain()
    }
  }
}

/// Whether XML allows what begins with `EF`: all but U+FFFE and U+FFFF.
func isCharacter(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
  bytes[index + 1] != 0xBF || bytes[index + 2] < 0xBE
}

/// Adds what a text means that has been looked through, its references replaced and its ends of
/// lines made one, behind all that is there. The text itself stays as it was delivered: it is read
/// again where the row's end was not there yet.
///
/// - Returns: where the meaning stands.
func appendMeaning(of text: Range<Int>, to bytes: inout [UInt8]) -> Range<Int> {
  let start = bytes.count
  var read = text.lowerBound
  while read < text.upperBound {
    let byte = bytes[read]
    if byte == 0x26, let reference = try? reference(bytes.span, read) {
      bytes.append(
        contentsOf: UTF8.encode(reference.scalar) ?? UTF8.encodedReplacementCharacter)
      read = reference.end
      continue
    }
    read += 1
    // A carriage return stands before a line feed only.
    if byte != 0x0D { bytes.append(byte) }
  }
  return start..<bytes.count
}

/// The character that a reference stands for: one of the five of XML, or one by its number.
///
/// - Returns: nil where its end is not there yet.
private func reference(
  _ bytes: Span<UInt8>, _ start: Int
) throws(NotPlain) -> (scalar: Unicode.Scalar, end: Int)? {
  var end = start + 1
  // `&#x10FFFF;` and all that is plain is shorter.
  while end < bytes.count, end - start <= 10, bytes[end] != 0x3B { end += 1 }
  guard end < bytes.count else { return nil }
  guard bytes[end] == 0x3B, end > start + 1 else { throw NotPlain() }
  let first = start + 1
  guard bytes[first] == 0x23 else { return (try named(bytes, first, end), end + 1) }
  let isHex = bytes[first + 1] == 0x78
  guard let scalar = Unicode.Scalar(try number(bytes, first + (isHex ? 2 : 1), end, isHex)) else {
    throw NotPlain()
  }
  return (scalar, end + 1)
}

private func named(
  _ bytes: Span<UInt8>, _ start: Int, _ end: Int
) throws(NotPlain) -> Unicode.Scalar {
  switch (end - start, bytes[start], bytes[start + 1]) {
  case (3, 0x61, 0x6D) where bytes[start + 2] == 0x70: return "&"
  case (2, 0x6C, 0x74): return "<"
  case (2, 0x67, 0x74): return ">"
  case (4, 0x71, 0x75) where bytes[start + 2] == 0x6F && bytes[start + 3] == 0x74: return "\""
  case (4, 0x61, 0x70) where bytes[start + 2] == 0x6F && bytes[start + 3] == 0x73: return "'"
  default: throw NotPlain()
  }
}

/// The number in digits of base 10 or 16; one that XML 1.0 allows as a character, carriage returns
/// and line feeds left out.
private func number(
  _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ isHex: Bool
) throws(NotPlain) -> UInt32 {
  guard start < end else { throw NotPlain() }
  var number: UInt32 = 0
  for index in start..<end {
    let digit: UInt8
    switch bytes[index] {
    case 0x30...0x39: digit = bytes[index] - 0x30
    case 0x41...0x46 where isHex: digit = bytes[index] - 0x37
    case 0x61...0x66 where isHex: digit = bytes[index] - 0x57
    default: throw NotPlain()
    }
    // Far beyond all characters, and far below 2³².
    guard number < 0x0100_0000 else { throw NotPlain() }
    number = number * (isHex ? 16 : 10) + UInt32(digit)
  }
  guard number == 0x09 || number >= 0x20 && number != 0xFFFE && number != 0xFFFF else {
    throw NotPlain()
  }
  return number
}
