import Tables

/// YAML being written, which knows which cell of a table each text comes from.
struct RubricWriter {
  private(set) var text = ""
  private(set) var origins: [Origin] = []
  private var line = 1
  private var column = 1

  /// Where a text of the file comes from; rows are those of the table.
  struct Origin: Sendable {
    var line: Int
    var column: Int
    var row: Int
    var cell: RubricRow.Column
  }

  /// What stands under a key; a text that is empty is left out with its key.
  indirect enum Content {
    case scalar(String, RubricRow.Column)
    case list([Content])
    case map([Entry])
  }

  struct Entry {
    var key: String
    var content: Content

    init(_ key: String, _ text: String, _ column: RubricRow.Column) {
      self.key = key
      content = .scalar(text, column)
    }

    init(_ key: String, _ content: Content) {
      self.key = key
      self.content = content
    }

    fileprivate var isEmpty: Bool {
      if case .scalar("", _) = content { true } else { false }
    }
  }

  /// Text as it stands.
  mutating func put(_ more: String) {
    text += more
    for scalar in more.unicodeScalars {
      if scalar == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
  }

  mutating func put(_ content: Content, of row: Int) {
    switch content {
    case .scalar(let text, let cell):
      origins.append(Origin(line: line, column: column, row: row, cell: cell))
      put(quoted(text))
    case .list(let items):
      put("[")
      for (index, item) in items.enumerated() {
        if index > 0 { put(", ") }
        put(item, of: row)
      }
      put("]")
    case .map(let entries):
      // A fault of the map as a whole is shown at the rule's id.
      origins.append(Origin(line: line, column: column, row: row, cell: .id))
      put("{")
      for (index, entry) in entries.filter({ !$0.isEmpty }).enumerated() {
        if index > 0 { put(", ") }
        put(entry.key + ": ")
        put(entry.content, of: row)
      }
      put("}")
    }
  }
}

/// A text as a YAML scalar, in quotes where it needs them, also between brackets.
func quoted(_ text: String) -> String {
  let isInterval = Rubric.Band(written: text, points: 0) != nil
  if isInterval { return "'\(text)'" }
  let scalars = text.unicodeScalars
  let marks = "-?:&*!|>%@`=~<\"'#"
  let breaks = ",[]{}"
  let isPlain =
    !text.isEmpty && text != "null" && !text.hasSuffix(":") && !text.contains(": ")
    && !text.contains(" #")
    && !scalars.contains { breaks.unicodeScalars.contains($0) || $0.value < 0x20 }
    && !(scalars.first.map { marks.unicodeScalars.contains($0) } ?? false)
  // A negative number needs no quotes, though it begins like a list.
  if isPlain || Exact(written: text) != nil { return text }
  var result = "\""
  for scalar in scalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\u{00}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
