/// Names of delivered files as they are shown and kept, and the bytes that the system knows.
///
/// A name is bytes to the system. What is UTF-8 is shown as it stands. Bytes that are not, as a
/// Windows zip unpacked elsewhere leaves them, controls and marks of direction are written `\xCF`,
/// and so is a backslash that would read as such an escape: each name is shown differently from all
/// others, and `systemPath` finds its bytes again.
public func shownName(_ name: [UInt8]) -> String {
  var shown: [UInt8] = []
  shown.reserveCapacity(name.count)
  var index = 0
  while index < name.count {
    let length = characterLength(name[index...])
    if length == 0 || name[index] < 0x20 || name[index] == 0x7F || isEscape(name[index...]) {
      appendEscape(name[index], to: &shown)
      index += 1
    } else if isActedOn(name.span.extracting(index..<index + length)) {
      for byte in name[index..<index + length] { appendEscape(byte, to: &shown) }
      index += length
    } else {
      shown.append(contentsOf: name[index..<index + length])
      index += length
    }
  }
  return String(decoding: shown, as: UTF8.self)
}

/// Whether terminals and pages act on a character instead of showing it: controls of Latin-1, and
/// marks that turn the text around them, so that a name reads as another (UAX #9, 2.1–2.6).
private func isActedOn(_ character: Span<UInt8>) -> Bool {
  if character.count == 2, character[0] == 0xC2, character[1] < 0xA0 { return true }
  return turnsText(character, 0)
}

/// Whether the character that begins at a place is a mark of direction: U+061C, U+200E, U+200F,
/// U+202A–202E and U+2066–2069.
public func turnsText(_ text: Span<UInt8>, _ index: Int) -> Bool {
  if text[index] == 0xD8 { return index + 1 < text.count && text[index + 1] == 0x9C }
  guard text[index] == 0xE2, index + 2 < text.count else { return false }
  switch (text[index + 1], text[index + 2]) {
  case (0x80, 0x8E), (0x80, 0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9): return true
  default: return false
  }
}

/// A path that somebody typed, in the form of `shownName`: nothing in it reads as an escape.
public func shownPath(_ path: String) -> String {
  guard path.utf8.contains(UInt8(ascii: "\\")) else { return path }
  let bytes = Array(path.utf8)
  var shown: [UInt8] = []
  for index in bytes.indices {
    if isEscape(bytes[index...]) {
      appendEscape(bytes[index], to: &shown)
    } else {
      shown.append(bytes[index])
    }
  }
  return String(decoding: shown, as: UTF8.self)
}

/// The bytes of a path as the system knows it, with the zero at the end that its calls ask for.
public func systemPath(_ shown: String) -> [CChar] {
  let bytes = Array(shown.utf8)
  var path: [CChar] = []
  path.reserveCapacity(bytes.count + 1)
  var index = 0
  while index < bytes.count {
    if isEscape(bytes[index...]) {
      path.append(CChar(bitPattern: value(bytes[index + 2]) << 4 | value(bytes[index + 3])))
      index += 4
    } else {
      path.append(CChar(bitPattern: bytes[index]))
      index += 1
    }
  }
  path.append(0)
  return path
}

/// Bytes of the UTF-8 character at the beginning; 0 where there is none.
private func characterLength(_ bytes: ArraySlice<UInt8>) -> Int {
  guard let first = bytes.first else { return 0 }
  let length =
    switch first {
    case ..<0x80: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  guard length > 0, bytes.count >= length else { return 0 }
  return String(validating: bytes.prefix(length), as: UTF8.self) == nil ? 0 : length
}

/// Whether `\x` and two digits stand at the beginning.
private func isEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
  let start = bytes.startIndex
  return bytes.count >= 4 && bytes[start] == UInt8(ascii: "\\")
    && bytes[start + 1] == UInt8(ascii: "x") && isDigit(bytes[start + 2])
    && isDigit(bytes[start + 3])
}

/// Upper case only, as they are written here.
private func isDigit(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte)
}

private func value(_ digit: UInt8) -> UInt8 { digit < 0x41 ? digit - 0x30 : digit - 0x37 }

private func appendEscape(_ byte: UInt8, to shown: inout [UInt8]) {
  let digits = Array("0123456789ABCDEF".utf8)
  shown.append(contentsOf: [
    UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)],
  ])
}
