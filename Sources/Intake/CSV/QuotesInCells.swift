import RulePacks
import Tables

/// Rows with a quote in a cell that does not begin with one, such as `12" pipe` or 张"老三"李, or
/// with a text that stands in apostrophes.
///
/// The cell is taken as it was delivered. Since it may as well have lost its first quote, or have
/// another one than the profile says, one finding a file says so.
struct QuotesInCells: Sendable {
  private var count = 0
  private var first: [(line: Int, cell: Int)] = []

  mutating func add(line: Int, cell: Int) {
    count += 1
    if first.count < 10 { first.append((line, cell)) }
  }

  /// - Parameter areApostrophes: whether texts stand in them.
  func finding(file: Int32, areApostrophes: Bool = false) -> Finding? {
    guard let place = first.first else { return nil }
    let more = count > first.count ? "…" : ""
    let zh = first.map { "第 \($0.line) 行第 \($0.cell + 1) 格" }.joined(separator: "、") + more
    let en = first.map { "line \($0.line) cell \($0.cell + 1)" }.joined(separator: ", ") + more
    let words =
      areApostrophes
      ? QuotesInCells.apostrophes(count, zh, en) : QuotesInCells.quotes(count, zh, en)
    return Finding(
      .warning, words.code, place: Place(file: file, line: UInt32(clamping: place.line), record: 0),
      message: words.message, cure: words.cure)
  }

  private static func quotes(_ count: Int, _ zh: String, _ en: String) -> ProblemWords {
    ProblemWords(
      code: "quote-in-cell",
      message: Bilingual(
        zh: "有 \(count) 行的单元格中间带引号而开头没有，已按原文读取：\(zh)",
        en:
          "in \(count) \(count == 1 ? "row" : "rows") a cell holds a quote and does not begin with one; it was read as "
          + "delivered: \(en)"),
      cure: Bilingual(
        zh: "请核对；正文中的引号应整格加引号并写两次（\"\"），不用引号的来源请在来源配置写 quote: none",
        en: "look at them: such a cell is best put in quotes and its own written twice; if the "
          + "export has no quotes at all, say `quote: none` in the source profile"))
  }

  private static func apostrophes(_ count: Int, _ zh: String, _ en: String) -> ProblemWords {
    ProblemWords(
      code: "text-in-apostrophes",
      message: Bilingual(
        zh: "有 \(count) 行的文字以 ' 括起，已按原文读取：\(zh)",
        en:
          "in \(count) \(count == 1 ? "row" : "rows") a text stands in ', and was read as delivered: \(en)"
      ),
      cure: Bilingual(
        zh: "请核对；若 ' 是这份导出的引号，请在来源配置写 quote: \"'\"",
        en: "look at them: if ' is the quote of this export, say `quote: \"'\"` in the source "
          + "profile"))
  }
}

/// Whether a text begins and ends with an apostrophe.
func standsInApostrophes(_ text: Span<UInt8>) -> Bool {
  text.count > 1 && text[0] == UInt8(ascii: "'") && text[text.count - 1] == UInt8(ascii: "'")
}

extension RowReader {
  /// Counts the row in hand if a text of it stands in apostrophes.
  mutating func noteApostrophes(_ bytes: Span<UInt8>, _ place: Place) {
    for field in simple.indices
    where simple[field].isDeliveredText && staged[field].state == .stated {
      let text = staged[field].text
      let isThere =
        staged[field].isInScratch
        ? standsInApostrophes(scratch.span.extracting(text.bounds))
        : text.start >= 0 && standsInApostrophes(bytes.extracting(text.bounds))
      guard isThere else { continue }
      return apostrophes.add(line: Int(place.line), cell: max(0, Int(simple[field].slot)))
    }
  }
}
