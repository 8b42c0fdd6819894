import Fields

/// Finds the header of a CSV table whose columns nobody knows yet.
///
/// The header is the first row that names nearly all columns. A row right above it that names
/// several but fewer spans the columns to its right; rows above with one cell are titles.
///
/// - Parameter rows: the first rows, cells trimmed.
/// - Returns: the header's first row and its number of lines; nil where the first wide row is data.
func findHeader(in rows: [[String]]) -> (row: Int, lines: Int)? {
  let filled = rows.map { $0.count { !$0.isEmpty } }
  guard let width = filled.prefix(15).max(), width > 0,
    let row = filled.prefix(15).firstIndex(where: { $0 * 10 >= width * 8 }), !isData(rows[row])
  else { return nil }
  let hasSpans = row > 0 && filled[row - 1] >= 2 && filled[row - 1] < filled[row]
  if hasSpans, !isData(rows[row - 1]) { return (row - 1, 2) }
  return (row, tellsAgain(rows, row + 1) ? 2 : 1)
}

/// Whether a line below the names is no data: it names the columns once more, in another language,
/// or their units. At least two columns that hold numbers, dates or identifiers below hold a word in
/// it, and none begins like one.
private func tellsAgain(_ rows: [[String]], _ line: Int) -> Bool {
  let below = rows.dropFirst(line + 1).prefix(10)
  guard below.count >= 2, !rows[line].contains(where: beginsWithDigit) else { return false }
  let words = rows[line].indices.filter { column in
    let cells = below.compactMap { $0.indices.contains(column) ? $0[column] : nil }
      .filter { !$0.isEmpty }
    return cells.count >= 2 && cells.allSatisfy(beginsWithDigit)
      && rows[line][column].unicodeScalars.contains(where: \.properties.isAlphabetic)
      && !UsualAbsences.hold(rows[line][column])
  }
  return words.count >= 2
}

private func beginsWithDigit(_ cell: String) -> Bool {
  cell.utf8.first.map { (0x30...0x39).contains($0) } ?? false
}

/// Whether most cells of a row begin like numbers, dates or identifiers, which names do not.
private func isData(_ row: [String]) -> Bool {
  let filled = row.filter { !$0.isEmpty }
  let digits = filled.count(where: beginsWithDigit)
  return digits * 2 > filled.count
}
