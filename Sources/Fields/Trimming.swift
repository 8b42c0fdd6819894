/// The part of a text without the spaces around it: ASCII spaces and controls, U+00A0, U+3000,
/// U+200B–U+200D, U+2060 and byte order marks.
public func trimmed(_ text: Span<UInt8>) -> Range<Int> {
  trimmed(text, 0, text.count)
}

/// The part of `text[start..<end]` without the spaces around it.
@inlinable
public func trimmed(_ text: Span<UInt8>, _ first: Int, _ last: Int) -> Range<Int> {
  guard first < last else { return first..<first }
  // Almost every cell begins and ends with a letter, a digit or a Chinese character.
  let head = text[first]
  let isHeadPlain = (head > 0x20 && head < 0x80) || (head >= 0xE4 && head <= 0xED)
  let tail = text[last - 1]
  let isTailPlain =
    (tail > 0x20 && tail < 0x80)
    || (tail >= 0x80 && last - first >= 3 && text[last - 3] >= 0xE4 && text[last - 3] <= 0xED)
  return isHeadPlain && isTailPlain ? first..<last : slowlyTrimmed(text, first, last)
}

@usableFromInline
internal func slowlyTrimmed(_ text: Span<UInt8>, _ first: Int, _ last: Int) -> Range<Int> {
  var start = first
  var end = last
  while start < end {
    let byte = text[start]
    if byte <= 0x20 {
      start += 1
    } else if byte < 0xC2 || (byte > 0xC2 && byte < 0xE2) || (byte > 0xE3 && byte != 0xEF) {
      break
    } else {
      let width = spaceWidth(text, start, end)
      guard width > 0 else { break }
      start += width
    }
  }
  while start < end {
    let byte = text[end - 1]
    if byte <= 0x20 {
      end -= 1
    } else if byte < 0x80 || byte > 0xBF {
      break
    } else if end - start >= 2, text[end - 2] == 0xC2, byte == 0xA0 {
      end -= 2
    } else if end - start >= 3, spaceWidth(text, end - 3, end) == 3 {
      end -= 3
    } else {
      break
    }
  }
  return start..<end
}

/// The length of the space-like character that begins at `start`, or 0.
private func spaceWidth(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
  let byte = text[start]
  if byte == 0xC2 { return end - start >= 2 && text[start + 1] == 0xA0 ? 2 : 0 }
  guard end - start >= 3 else { return 0 }
  let second = text[start + 1]
  let third = text[start + 2]
  switch (byte, second, third) {
  case (0xE2, 0x80, 0x8B...0x8D), (0xE2, 0x81, 0xA0), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
    return 3
  default: return 0
  }
}
