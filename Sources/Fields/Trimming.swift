/// The part of a text without the spaces around it, of all scripts, and without what has no shape
/// beside them: controls, soft hyphens, joiners, marks of direction and of byte order.
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
    } else if byte < 0xC2 || (byte >= 0xE4 && byte != 0xEF) {
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
    } else if end - start >= 2, spaceWidth(text, end - 2, end) == 2 {
      end -= 2
    } else if end - start >= 3, spaceWidth(text, end - 3, end) == 3 {
      end -= 3
    } else {
      break
    }
  }
  return start..<end
}

/// The length of the space or shapeless character that begins at `start`, or 0.
private func spaceWidth(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
  guard end - start >= 2 else { return 0 }
  switch (text[start], text[start + 1]) {
  // U+0085, U+00A0, U+00AD, U+034F, U+061C.
  case (0xC2, 0x85), (0xC2, 0xA0), (0xC2, 0xAD), (0xCD, 0x8F), (0xD8, 0x9C): return 2
  default: break
  }
  guard end - start >= 3 else { return 0 }
  switch (text[start], text[start + 1], text[start + 2]) {
  // U+1680, U+180E, U+2000–U+200F, U+2028–U+202F, U+205F–U+206F, U+3000, U+FEFF.
  case (0xE1, 0x9A, 0x80), (0xE1, 0xA0, 0x8E), (0xE2, 0x80, 0x80...0x8F),
    (0xE2, 0x80, 0xA8...0xAF), (0xE2, 0x81, 0x9F...0xAF), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
    return 3
  default: return 0
  }
}
