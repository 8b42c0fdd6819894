import Labels
import RulePacks
import Tables

/// `robustness.csv`: what each part of a rubric does to its ranking, for rubrics that ask how firm
/// their ranks are.
func robustnessTable(_ results: RunResult) -> ReportTable {
  let rows = results.scorecards.indices.flatMap { effects(results, $0) }
  func text(_ id: String, _ label: Bilingual, _ text: @escaping @Sendable (PartEffect) -> String)
    -> ReportColumn
  {
    ReportColumn(id: id, label: label, values: .text { text(rows[$0]) }, width: 20)
  }
  func share(_ id: String, _ label: Bilingual, _ share: @escaping @Sendable (PartEffect) -> Double?)
    -> ReportColumn
  {
    ReportColumn(id: id, label: label, values: .share { share(rows[$0]).map(thousandths) })
  }
  return ReportTable(
    path: "robustness.csv", title: Bilingual(zh: "名次的稳定性", en: "How firm ranks are"),
    columns: [
      text("rubric", ColumnLabel.rubric) { $0.rubric.id },
      text("part", ColumnLabel.part) { $0.part.id },
      text("title", ColumnLabel.title) { $0.part.title },
      text("group", ColumnLabel.group) { row in
        row.part.group.map { row.rubric.groups[$0].title } ?? ""
      },
      text("kind", ColumnLabel.kind) { $0.part.kind.rawValue },
      share("weight", ColumnLabel.weight) { $0.effect.weight },
      share("effective_weight", ColumnLabel.effectiveWeight) { $0.effect.effective },
      share("ranks_moved", ColumnLabel.ranksMoved) { $0.effect.moved },
      ReportColumn(
        id: "mean_shift", label: ColumnLabel.meanShift,
        values: .points(of: { thousandths(rows[$0].effect.meanShift) })),
      ReportColumn(
        id: "largest_shift", label: ColumnLabel.largestShift,
        values: .count { rows[$0].effect.largestShift }),
      ReportColumn(id: "draws", label: ColumnLabel.draws, values: .count { rows[$0].draws }),
    ], count: rows.count, points: PointTexts(least: 0, most: -1, decimals: 1))
}

/// What one part of one rubric does to its ranking.
private struct PartEffect: Sendable {
  var rubric: Rubric
  var part: Rubric.Part
  var effect: RankIntervals.Effect
  var draws: Int
}

private func effects(_ results: RunResult, _ index: Int) -> [PartEffect] {
  guard results.intervals.indices.contains(index), let found = results.intervals[index] else {
    return []
  }
  let rubric = results.rubric(of: index)
  return found.effects.filter { rubric.parts[$0.part].kind != .group }.map { effect in
    PartEffect(rubric: rubric, part: rubric.parts[effect.part], effect: effect, draws: found.draws)
  }
}

private func thousandths(_ real: Double) -> Int {
  Int((max(-1e9, min(real, 1e9)) * 1000).rounded(.toNearestOrAwayFromZero))
}
