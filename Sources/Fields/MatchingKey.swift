/// The form in which headers, words, codes and names are compared: without the width of letters
/// and brackets, case, and spaces.
///
/// `ＵＮＩＳＣＩＤ`, ` uniscid ` and `UniSCID` have one key; a key is for comparing only and never
/// replaces a stored text.
///
/// - Complexity: linear in the text's bytes.
public func matchingKey(_ text: String) -> String {
  var key = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    guard let folded = folded(scalar) else { continue }
    key.append(folded)
  }
  return String(key)
}

/// One scalar as it stands in a key; nil where it is left out.
private func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
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
