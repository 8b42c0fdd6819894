import RulePacks
public import Tables

/// What a run found in all, for the next to be compared with.
public func figures(of results: RunResult) -> RunFigures {
  RunFigures(
    rates: results.coverage.flatMap { line in
      line.measures.map { measure in
        RunFigures.Rate(
          place: place(of: line, measure.id), part: measure.numerator, whole: measure.denominator)
      }
    },
    rubrics: results.scorecards.indices.map { totals(results, $0) })
}

/// Which rate a measure of a line is.
func place(of line: CoverageLine, _ measure: String) -> RunFigures.Place {
  RunFigures.Place(
    population: line.population, dimension: line.dimension, group: line.group, measure: measure)
}

/// The results of one rubric with a rank, added up.
func totals(_ results: RunResult, _ index: Int) -> RunFigures.Rubric {
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let ranked = (0..<card.count).filter { card.statuses[$0].hasRank }
  var parts: [String: Int] = [:]
  for (part, points) in zip(rubric.parts, card.parts) {
    parts[part.id] = ranked.reduce(0) { $0 + Int(points.points[$1]) }
  }
  return RunFigures.Rubric(
    id: rubric.id, edition: rubric.edition, ranked: ranked.count,
    score: ranked.reduce(0) { $0 + Int(card.scores[$1]) }, parts: parts)
}
