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
  return hasSpans && !isData(rows[row - 1]) ? (row - 1, 2) : (row, 1)
}

/// Whether most cells of a row begin like numbers, dates or identifiers, which names do not.
private func isData(_ row: [String]) -> Bool {
  let filled = row.filter { !$0.isEmpty }
  let digits = filled.count { $0.utf8.first.map { (0x30...0x39).contains($0) } ?? false }
  return digits * 2 > filled.count
}
