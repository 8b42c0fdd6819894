import RulePacks
import Tables

/// Rows with a quote in a cell that does not begin with one, such as `12" pipe` or 张"老三"李.
///
/// The cell is taken as it was delivered. Since it may as well have lost its first quote, one
/// finding a file says so.
struct QuotesInCells {
  private var count = 0
  private var first: [(line: Int, cell: Int)] = []

  mutating func add(line: Int, cell: Int) {
    count += 1
    if first.count < 10 { first.append((line, cell)) }
  }

  func finding(file: Int32) -> Finding? {
    guard let place = first.first else { return nil }
    let more = count > first.count ? "…" : ""
    let zh = first.map { "第 \($0.line) 行第 \($0.cell + 1) 格" }.joined(separator: "、") + more
    let en = first.map { "line \($0.line) cell \($0.cell + 1)" }.joined(separator: ", ") + more
    return Finding(
      .warning, "quote-in-cell",
      place: Place(file: file, line: UInt32(clamping: place.line), record: 0),
      message: Bilingual(
        zh: "有 \(count) 行的单元格中间带引号而开头没有，已按原文读取：\(zh)",
        en: "in \(count) rows a cell holds a quote and does not begin with one; it was read as "
          + "delivered: \(en)"),
      cure: Bilingual(
        zh: "请核对；正文中的引号应整格加引号并写两次（\"\"），不用引号的来源请在来源配置写 quote: none",
        en: "look at them: such a cell is best put in quotes and its own written twice; if the "
          + "export has no quotes at all, say `quote: none` in the source profile"))
  }
}
