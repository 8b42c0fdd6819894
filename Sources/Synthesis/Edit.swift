extension Edit {
  /// The text as the fault leaves it; nil where nothing is left.
  func applied(to text: String) -> String? {
    switch self {
    case .text, .dated: return text
    case .blank: return nil
    case .cut(let count): return String(text.prefix(count))
    case .lower: return text.lowercased()
    case .wide:
      return String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { scalar in
            (0x21...0x7E).contains(scalar.value)
              ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
          }))
    case .spaced:
      let first = text.prefix(1)
      return first + " " + text.dropFirst()
    case .grouped:
      var grouped = ""
      for (offset, character) in text.enumerated() {
        if offset > 0, (text.count - offset) % 3 == 0 { grouped.append(",") }
        grouped.append(character)
      }
      return grouped
    case .science:
      // A spreadsheet takes a long number for a quantity and shows six digits of it.
      let digits = text.filter { ("0"..."9").contains($0) }
      let padded = digits + String(repeating: "0", count: max(6 - digits.count, 0))
      return "\(padded.prefix(1)).\(padded.dropFirst().prefix(5))E+\(max(text.count - 1, 1))"
    case .check:
      guard let last = text.last else { return text }
      return text.dropLast() + (last == "1" ? "2" : "1")
    }
  }
}
