/// How many cells the rows of a table have, as its beginning shows: exports may write separators
/// behind every row, with nothing between them.
struct RowWidths: Sendable {
  /// Cells of the header's last line, those without a name at its end included.
  let header: Int
  /// Cells of a row of data; never fewer than the header has names.
  let rows: Int

  /// - Parameter first: the first row of data.
  init(_ table: [[String]], from first: Int, under names: CSVHeader) {
    header = max(names.count, first > 0 && first <= table.count ? table[first - 1].count : 0)
    var counts: [Int: Int] = [:]
    var total = 0
    for row in table.dropFirst(first) where RowWidths.isData(row, names.count) {
      counts[row.count, default: 0] += 1
      total += 1
    }
    // A habit is what most rows do; a single row shows none, but it may do as the header does.
    let habit = counts.first { $0.key > names.count && $0.value > 1 && $0.value * 2 > total }
    let isLikeHeader = counts[header, default: 0] >= counts[names.count, default: 0]
    rows = habit?.key ?? (isLikeHeader ? header : names.count)
  }

  /// Titles, footers and blank rows have their own widths.
  private static func isData(_ row: [String], _ columns: Int) -> Bool {
    var filled = 0
    for (column, cell) in row.enumerated() where !cell.isEmpty {
      guard column < columns else { return false }
      filled += 1
    }
    return filled >= min(2, columns)
  }
}
