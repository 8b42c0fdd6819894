/// The form in which headers, words, codes and names are compared: without the width of letters
/// and brackets, case, and spaces.
///
/// `ＵＮＩＳＣＩＤ`, ` uniscid ` and `UniSCID` have one key; a key is for comparing only and never
/// replaces a stored text.
///
/// - Complexity: linear in the text's bytes.
public func matchingKey(_ text: String) -> String {
  String(decoding: matchingKeyBytes(text), as: UTF8.self)
}

/// The key of a text, as bytes.
public func matchingKeyBytes(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  var key: [UInt8] = []
  key.reserveCapacity(bytes.count)
  appendMatchingKey(of: bytes.span, to: &key)
  return key
}

/// Adds the matching key of UTF-8 bytes to a buffer.
///
/// ASCII and the main block of Chinese characters need no decoding; bytes that are not UTF-8 are
/// kept as they are.
public func appendMatchingKey(of text: Span<UInt8>, to key: inout [UInt8]) {
  var index = 0
  let count = text.count
  while index < count {
    let byte = text[index]
    if byte < 0x80 {
      if byte > 0x20 && byte != 0x7F {
        key.append(byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte)
      }
      index += 1
    } else if byte >= 0xE4 && byte <= 0xED && index + 2 < count {
      key.append(byte)
      key.append(text[index + 1])
      key.append(text[index + 2])
      index += 3
    } else {
      index += appendFoldedScalar(text, index, to: &key)
    }
  }
}

/// Folds the scalar that begins at `start`.
///
/// - Returns: its length in bytes.
private func appendFoldedScalar(_ text: Span<UInt8>, _ start: Int, to key: inout [UInt8]) -> Int {
  let lead = text[start]
  let width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
  guard width > 1, start + width <= text.count else {
    key.append(lead)
    return 1
  }
  var value = UInt32(lead) & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
  for offset in 1..<width { value = value << 6 | UInt32(text[start + offset] & 0x3F) }
  guard let scalar = Unicode.Scalar(value) else {
    key.append(lead)
    return 1
  }
  if let folded = folded(scalar) { key.append(contentsOf: UTF8.encode(folded) ?? .init()) }
  return width
}

/// One scalar as it stands in a key; nil where it is left out.
func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  switch scalar.value {
  // Spaces, byte order marks and other characters without a shape.
  case 0x00...0x20, 0x7F, 0xA0, 0x200B...0x200D, 0x2060, 0x3000, 0xFEFF: nil
  case 0x61...0x7A: Unicode.Scalar(scalar.value - 0x20)
  // Full-width forms stand 0xFEE0 above their ASCII twins.
  case 0xFF01...0xFF5E:
    Unicode.Scalar(scalar.value - 0xFEE0).flatMap { folded($0) }
  // Small forms of the vertical block: ﹐ ﹑ ﹒ ﹔ ﹕ ﹖ ﹗ ﹙ ﹚.
  case 0xFE50, 0x3001: ","
  case 0xFE51: ","
  case 0xFE52, 0x3002: "."
  case 0xFE54: ";"
  case 0xFE55: ":"
  case 0xFE56: "?"
  case 0xFE57: "!"
  case 0xFE59, 0x3014, 0x3010, 0x300C: "("
  case 0xFE5A, 0x3015, 0x3011, 0x300D: ")"
  // Middle dots of personal and foreign names.
  case 0x2022, 0x2027, 0x30FB, 0xFF65, 0x22C5: "·"
  // Dashes.
  case 0x2010...0x2015, 0x2212: "-"
  default: scalar
  }
}
