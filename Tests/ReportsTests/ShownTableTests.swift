import Tables
import Testing

@testable import Reports

@Suite("Rows of a table as texts in both languages")
struct ShownTableTests {
  private func label(_ text: String) -> Bilingual { Bilingual(zh: text, en: text) }

  private var table: ReportTable {
    let words = Words([("a", Bilingual(zh: "甲", en: "A")), ("b", Bilingual(zh: "乙", en: "B"))])
    return ReportTable(
      path: "t.csv", title: label("t"),
      columns: [
        ReportColumn(
          id: "code", label: label("code"), values: .text { "c\($0)" }, readers: .machines),
        ReportColumn(id: "why", label: label("why"), values: .text { "因\($0)" }, readers: .page),
        ReportColumn(
          id: "why_en", label: label("why"), values: .text { "for \($0)" }, readers: .page),
        ReportColumn(id: "tier", label: label("tier"), values: .word(words) { $0 < 2 ? $0 : nil }),
        ReportColumn(id: "count", label: label("n"), values: .count { $0 == 1 ? nil : 1234 }),
        ReportColumn(id: "rank", label: label("rank"), values: .ranks { $0 }),
        ReportColumn(id: "score", label: label("score"), values: .points(of: { $0 * 12_500 })),
        ReportColumn(id: "share", label: label("share"), values: .share { $0 == 2 ? nil : 999 }),
        ReportColumn(
          id: "move", label: label("move"), values: .text { _ in "1 → 2" }, isFigures: true),
      ], count: 3)
  }

  @Test("stand in the columns of a page, the English of a column beside its Chinese")
  func columns() {
    let shown = table.shown([2, 0])
    #expect(shown.heads.map(\.en) == ["why", "tier", "n", "rank", "score", "share", "move"])
    #expect(shown.isFigures == [false, false, true, true, true, true, true])
    #expect(
      shown.rows.map { $0.map(\.zh) } == [
        ["因2", "", "1,234", "2", "25", "", "1 → 2"],
        ["因0", "甲", "1,234", "—", "0", "99.9%", "1 → 2"],
      ])
    #expect(shown.rows.map { $0[0].en } == ["for 2", "for 0"])
    #expect(shown.rows[1][1].en == "A")
  }

  @Test("one file of several tables has one head")
  func files() {
    let text = String(decoding: ReportTable.separatedFile([table, table]), as: UTF8.self)
    let lines = text.split(separator: "\r\n")
    #expect(lines.count == 7 && lines[0] == "\u{FEFF}code,tier,count,rank,score,share,move")
    #expect(lines[1] == "c0,a,1234,,0,99.9%,1 → 2" && lines[1] == lines[4])
    #expect(ReportTable.separatedFile([]).isEmpty)
  }
}
