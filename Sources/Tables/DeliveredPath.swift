/// Names of delivered files as they are shown and kept, and the bytes that the system knows.
///
/// A name is bytes to the system. What is UTF-8 is shown as it stands. Bytes that are not, as a
/// Windows zip unpacked elsewhere leaves them, and control characters are written `\xCF`, and so is
/// a backslash that would read as such an escape: each name is shown differently from all others,
/// and `systemPath` finds its bytes again.
public func shownName(_ name: [UInt8]) -> String {
  var shown: [UInt8] = []
  shown.reserveCapacity(name.count)
  var index = 0
  while index < name.count {
    let length = characterLength(name[index...])
    if length == 0 || name[index] < 0x20 || name[index] == 0x7F || isEscape(name[index...]) {
      appendEscape(name[index], to: &shown)
      index += 1
    } else {
      shown.append(contentsOf: name[index..<index + length])
      index += length
    }
  }
  return String(decoding: shown, as: UTF8.self)
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
