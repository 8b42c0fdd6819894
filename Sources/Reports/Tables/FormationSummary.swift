import Labels
import Tables

/// `formation-summary.csv`: for every population and group how many have what the plan is about,
/// how many would get it in which way, and what share that makes before and after.
func formationSummary(_ results: RunResult) -> ReportTable {
  let lines = results.coverage.filter { $0.plan != nil }
  @Sendable func plan(_ row: Int) -> FormationCounts { lines[row].plan ?? FormationCounts() }
  @Sendable func before(_ row: Int) -> Int { plan(row).before(of: lines[row].units) }
  func count(
    _ id: String, _ label: Bilingual, _ count: @escaping @Sendable (Int) -> Int
  ) -> ReportColumn {
    ReportColumn(id: id, label: label, values: .count(count))
  }
  return ReportTable(
    path: "formation-summary.csv", title: Bilingual(zh: "组建方案汇总", en: "Formation summary"),
    columns: populationColumns { lines[$0] } + [
      count("before", ColumnLabel.before) { before($0) },
      ReportColumn(
        id: "rate_before", label: ColumnLabel.rateBefore,
        values: .share { share(before($0), of: lines[$0].units) }),
      count("alone", ColumnLabel.alone) { plan($0).alone },
      count("joint", ColumnLabel.joint) { plan($0).joint },
      count("area", ColumnLabel.area) { plan($0).area },
      count("gained", ColumnLabel.gained) { plan($0).gained },
      count("after", ColumnLabel.after) { before($0) + plan($0).gained },
      ReportColumn(
        id: "rate_after", label: ColumnLabel.rateAfter,
        values: .share { share(before($0) + plan($0).gained, of: lines[$0].units) }),
      count("otherwise", ColumnLabel.otherwise) { plan($0).otherwise },
      count("unknown", ColumnLabel.unknown) { plan($0).unknown },
      definitionColumn { lines[$0] },
      count("to_ascertain", ColumnLabel.toAscertain) { plan($0).toAscertain },
      count("left", ColumnLabel.leftOut) { plan($0).left },
    ], count: lines.count)
}
