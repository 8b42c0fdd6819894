/// Whether a number would come about that nobody wrote: a matching key has no blanks, and plain
/// digits for the marks of footnotes, so that two numbers in a cell become one (`20 15`, `5①`, `20²`).
///
/// Single blanks between groups of three digits are how thousands are written.
///
/// - Complexity: one look at each byte of most texts; those with blanks, control characters or
///   marks are looked at sign by sign.
func joinsDigits(_ text: Span<UInt8>) -> Bool {
  guard mayJoinDigits(text) else { return false }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count)
  for index in text.indices { bytes.append(text[index]) }
  let signs = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  // Superscripts, circled and bracketed numbers, fractions.
  if signs.contains(where: { $0.properties.generalCategory == .otherNumber }) { return true }
  var index = 0
  while let start = signs[index...].firstIndex(where: isLeftOut) {
    let end = signs[start...].firstIndex { !isLeftOut($0) } ?? signs.count
    index = end
    guard start > 0, isDigit(signs[start - 1]), end < signs.count, isDigit(signs[end]) else {
      continue
    }
    guard end == start + 1, isBlankOfGroups(signs[start]) else { return true }
    let before = signs[..<start].reversed().prefix { isDigit($0) }.count
    let after = signs[end...].prefix { isDigit($0) }.count
    let first = start - before
    let isFirstGroup = first == 0 || !(isLeftOut(signs[first - 1]) || signs[first - 1] == ".")
    guard after == 3, before == 3 || (before < 3 && isFirstGroup) else { return true }
    guard first == 0 || signs[first - 1] != "." else { return true }
  }
  return false
}

/// Whether a text has a blank, a control character, or a sign of which some are marks.
private func mayJoinDigits(_ text: Span<UInt8>) -> Bool {
  for index in text.indices {
    let byte = text[index]
    if byte <= 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xE3 { return true }
    if byte >= 0xF0 { return true }
  }
  return false
}

private func isLeftOut(_ sign: Unicode.Scalar) -> Bool {
  sign.properties.isWhitespace || sign.properties.generalCategory == .control
}

private func isBlankOfGroups(_ sign: Unicode.Scalar) -> Bool {
  switch sign.value {
  case 0x20, 0xA0, 0x2007, 0x2009, 0x202F: true
  default: false
  }
}

private func isDigit(_ sign: Unicode.Scalar) -> Bool {
  sign.properties.generalCategory == .decimalNumber
}

/// Whether a text has numbers that are marks and no digits of it: ① ² ⒈ ½.
func holdsMarkNumbers(_ text: Span<UInt8>) -> Bool {
  guard mayJoinDigits(text) else { return false }
  var bytes: [UInt8] = []
  for index in text.indices { bytes.append(text[index]) }
  return String(decoding: bytes, as: UTF8.self).unicodeScalars
    .contains { $0.properties.generalCategory == .otherNumber }
}
