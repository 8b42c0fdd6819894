import Tables

/// Rows below a table's footer, which nobody reads.
struct LostRows: Sendable {
  private var count = 0
  private var firstLine = 0
  /// Whether one of them is filled in like a row of data, or three in turn like rows of a table.
  private var areData = false
  private var alike = (filled: 0, rows: 0)

  /// - Parameters:
  ///   - filled: how many cells are.
  ///   - isWide: whether the row is filled in like one of data.
  mutating func add(line: Int, filled: Int, isWide: Bool) {
    if count == 0 { firstLine = line }
    count += 1
    alike = (filled, filled == alike.filled ? alike.rows + 1 : 1)
    if isWide || alike.rows >= 3 { areData = true }
  }

  /// nil where there are none.
  func finding(file: Int32) -> Finding? {
    guard count > 0 else { return nil }
    return Finding(
      areData ? .error : .warning, "rows-after-footer",
      place: Place(file: file, line: UInt32(clamping: firstLine), record: 0),
      message: Bilingual(
        zh: "表尾说明之后还有 \(count) 行内容，未作为数据读取",
        en: "\(count) lines with content after the table's footer were not read as data"),
      cure: Bilingual(
        zh: "若为数据，请移到表尾说明之前后重新报送",
        en: "if they are data, move them above the footer and deliver the file again"))
  }
}
