/// A text as a YAML scalar that is read back as that text.
func yaml(_ text: String) -> String {
  isPlain(text) ? text : quoted(text)
}

/// A list on one line.
func yaml(_ texts: [String]) -> String { "[" + texts.map(yaml).joined(separator: ", ") + "]" }

/// A comment: one line, whatever the text.
func comment(_ text: String) -> String {
  "# " + text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }.joined()
}

/// Whether a scalar needs no quotes: it begins with a letter and holds nothing that YAML reads as
/// a sign, a number or a truth value.
private func isPlain(_ text: String) -> Bool {
  guard let first = text.unicodeScalars.first, first.properties.isAlphabetic,
    !["yes", "no", "true", "false", "null", "on", "off", "y", "n"].contains(text.lowercased())
  else { return false }
  return text.unicodeScalars.allSatisfy { scalar in
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      || ["_", "-", "/", "·", "（", "）", "、"].contains(scalar)
  }
}

private func quoted(_ text: String) -> String {
  var made = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": made += "\\\""
    case "\\": made += "\\\\"
    case "\n": made += "\\n"
    case "\t": made += "\\t"
    case "\r": made += "\\r"
    default:
      if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
        let digits = String(scalar.value, radix: 16)
        made += "\\x" + (digits.count < 2 ? "0" : "") + digits
      } else {
        made.unicodeScalars.append(scalar)
      }
    }
  }
  return made + "\""
}

/// A cell of a CSV file.
func csv(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else {
    return text
  }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
