import RulePacks
import Tables

/// `robustness.csv`: what each part of a rubric does to its ranking, for rubrics that ask how firm
/// their ranks are.
func robustnessTable(_ results: Results) -> Document {
  var csv = CSV(header: [
    "rubric", "part", "title", "group", "kind", "weight", "effective_weight", "ranks_moved",
    "mean_shift", "largest_shift", "draws",
  ])
  for index in results.scorecards.indices {
    guard results.intervals.indices.contains(index), let found = results.intervals[index] else {
      continue
    }
    let rubric = results.rubric(of: index)
    for effect in found.effects where rubric.parts[effect.part].kind != .group {
      let part = rubric.parts[effect.part]
      csv.cell(rubric.id)
      csv.cell(part.id)
      csv.cell(part.title)
      csv.cell(part.group.map { rubric.groups[$0].title } ?? "")
      csv.cell(part.kind.rawValue)
      csv.percent(effect.weight.map(thousandths))
      csv.percent(effect.effective.map(thousandths))
      csv.percent(thousandths(effect.moved))
      csv.points(thousandths(effect.meanShift), decimals: 1)
      csv.cell(effect.largestShift)
      csv.cell(found.draws)
      csv.endRow()
    }
  }
  return Document("robustness.csv", [Lines(csv.bytes)])
}

private func thousandths(_ real: Double) -> Int {
  Int((max(-1e9, min(real, 1e9)) * 1000).rounded(.toNearestOrAwayFromZero))
}
