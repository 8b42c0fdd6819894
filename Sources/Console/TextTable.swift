package import Reports
package import Tables

/// A table for terminals: columns as wide as what is in them, cells broken where the terminal is
/// too narrow; a Chinese character takes two places.
package struct TextTable: Sendable {
  package var heading: [String]
  package var rows: [[String]]
  /// Columns whose texts stand on the right.
  package var numbers: Set<Int>

  /// A table of which the columns in `numbers` stand on the right.
  package init(heading: [String], rows: [[String]], numbers: Set<Int> = []) {
    self.heading = heading
    self.rows = rows
    self.numbers = numbers
  }

  /// Rows of a table of the reports; nil is all.
  package init(_ table: ReportTable, _ rows: [Int32]? = nil, in language: Language) {
    let shown = table.shown(rows ?? (0..<table.count).map { Int32($0) })
    self.init(
      heading: shown.heads.map { $0.text(in: language) },
      rows: shown.rows.map { $0.map { $0.text(in: language) } },
      numbers: Set(shown.isFigures.indices.filter { shown.isFigures[$0] }))
  }

  /// Lines of at most so many places, if every column can have six.
  package func lines(width: Int) -> [String] {
    let widths = self.widths(within: width)
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "──")
    return lines(of: heading, widths) + [rule] + rows.flatMap { lines(of: $0, widths) }
  }

  private func widths(within width: Int) -> [Int] {
    let all = [heading] + rows
    var widths = heading.indices.map { column in
      all.map { row in
        row[column].split { $0.isNewline }.map { displayWidth(String($0)) }.max() ?? 0
      }.max() ?? 0
    }
    let room = max(width - 2 * (widths.count - 1), 6 * widths.count)
    while widths.reduce(0, +) > room, let most = widths.max(), most > 6,
      let widest = widths.firstIndex(of: most)
    {
      widths[widest] -= 1
    }
    return widths
  }

  private func lines(of row: [String], _ widths: [Int]) -> [String] {
    let cells = zip(row, widths).map { wrapped($0, width: $1) }
    let height = cells.map(\.count).max() ?? 0
    return (0..<height).map { index in
      let pieces = cells.indices.map { column in
        let text = index < cells[column].count ? cells[column][index] : ""
        let blank = String(repeating: " ", count: max(0, widths[column] - displayWidth(text)))
        return numbers.contains(column) ? blank + text : text + blank
      }
      let line = pieces.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

/// A text in lines of at most so many places; words are kept whole where they fit on a line.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline }) {
    var current = ""
    var used = 0
    for piece in pieces(of: line) {
      let size = displayWidth(piece)
      if used + size <= width {
        current += piece
        used += size
        continue
      }
      if !current.isEmpty { lines.append(current) }
      (current, used) = ("", 0)
      for character in piece where !(current.isEmpty && character == " ") {
        let size = displayWidth(String(character))
        if used + size > width, !current.isEmpty {
          lines.append(current)
          (current, used) = ("", 0)
        }
        current.append(character)
        used += size
      }
    }
    lines.append(current)
  }
  return lines
}

/// Words with the blanks before them; a wide character is a word of its own.
private func pieces(of line: Substring) -> [String] {
  var pieces: [String] = []
  for character in line {
    let isWide = displayWidth(String(character)) > 1
    let wasWide = pieces.last?.last.map { displayWidth(String($0)) > 1 } ?? true
    let endsInBlank = pieces.last?.last == " "
    if isWide || wasWide || (character == " " && !endsInBlank) {
      pieces.append(String(character))
    } else {
      pieces[pieces.count - 1].append(character)
    }
  }
  return pieces
}

/// How many places a text takes on a terminal.
package func displayWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + displayWidth($1) }
}

/// East Asian wide and full-width characters take two places, marks that combine take none.
private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  switch scalar.value {
  case 0x20..<0x7F: return 1
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    return 2
  default:
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return 1
    }
  }
}
