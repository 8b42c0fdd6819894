import Tables

@testable import Reports

/// Two runs whose one ranking says the same of everybody.
///
/// - Parameters:
///   - name: Of everybody who moved.
///   - moves: How many the page names; five more moved.
func comparedRuns(_ name: String, moves: Int = 1) -> ComparedRuns {
  let a = Bilingual(zh: "甲等", en: "tier A")
  func text(_ id: String, _ label: Bilingual, _ text: Bilingual, isFigures: Bool = false)
    -> [ReportColumn]
  {
    [
      ReportColumn(
        id: id, label: label, values: .text { _ in text.zh }, readers: .page,
        isFigures: isFigures),
      ReportColumn(id: "\(id)_en", label: label, values: .text { _ in text.en }, readers: .page),
    ]
  }
  func same(_ text: String) -> Bilingual { Bilingual(zh: text, en: text) }
  let ranking = ComparedRuns.Ranking(
    title: "Hygiene", counts: [(Bilingual(zh: "对象", en: "subjects"), 1234)],
    reasons: ReportTable(
      path: "", title: same("reasons"),
      columns: text("because", same("Due to"), Bilingual(zh: "数据", en: "data"))
        + [ReportColumn(id: "subjects", label: same("Subjects"), values: .count { _ in 7 })],
      count: 1),
    shifts: [(12_500, -5000)],
    matrix: ReportTable(
      path: "", title: same("matrix"), columns: text("before", same(""), a), count: 1),
    moves: ReportTable(
      path: "", title: same("moves"),
      columns: [ReportColumn(id: "name", label: same("Name"), values: .text { _ in name })]
        + text("standing", same("Tier"), Bilingual(zh: "乙等 → 甲等", en: "tier B → tier A"))
        + text("score", same("Score"), same("60 → 72.5"), isFigures: true)
        + text(
          "through", same("Through"), Bilingual(zh: "指标 S1\n另有 4 条", en: "indicator S1\n4 more")),
      count: moves + 5),
    listed: (0..<moves).map { Int32($0) }, movedByOthers: 2)
  return ComparedRuns(
    title: Bilingual(zh: "两次运行之间的变化", en: "What changed between two runs"),
    before: "q2 · 2018-06-30 · kitchens 1", after: "q3 · 2018-09-30 · kitchens 2",
    order: Bilingual(zh: "顺序", en: "order"),
    coverage: ReportTable(
      path: "", title: Bilingual(zh: "覆盖率", en: "Coverage"),
      columns: [
        ReportColumn(id: "group", label: same("Group"), values: .text { "Street \($0)" })
      ],
      count: 9),
    coverageListed: [0, 4], rankings: [ranking])
}
