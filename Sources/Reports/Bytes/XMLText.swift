/// A text with U+FFFD in the place of each character that XML 1.0 has no room for: control
/// characters but tab and the ends of lines, U+FFFE and U+FFFF.
///
/// One of them in a name makes a whole sheet unreadable, and none may stand in a page either. The
/// mark stays, because a name that lost a character without one would be taken for another.
func markupText(_ text: String) -> String {
  guard hasForbidden(text.utf8) else { return text }
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    scalars.append(isForbidden(scalar) ? "\u{FFFD}" : scalar)
  }
  return String(scalars)
}

private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A, 0x0D: false
  case 0x00..<0x20, 0xFFFE, 0xFFFF: true
  default: false
  }
}

/// Whether any character is forbidden, by its bytes: U+FFFE and U+FFFF are EF BF BE and
/// EF BF BF.
private func hasForbidden(_ text: some Sequence<UInt8>) -> Bool {
  var before: (UInt8, UInt8) = (0, 0)
  for byte in text {
    if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return true }
    if byte >= 0xBE, before == (0xEF, 0xBF) { return true }
    before = (before.1, byte)
  }
  return false
}

/// JSON in which U+FFFE and U+FFFF are escapes, for where it stands within a page; they can only
/// stand within texts.
func markupJSON(_ json: [UInt8]) -> [UInt8] {
  guard hasForbidden(json) else { return json }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(json.count)
  for byte in json {
    bytes.append(byte)
    guard byte >= 0xBE, bytes.suffix(3).dropLast().elementsEqual([0xEF, 0xBF]) else { continue }
    bytes.removeLast(3)
    bytes.append(byte == 0xBE ? "\\ufffe" : "\\uffff")
  }
  return bytes
}
