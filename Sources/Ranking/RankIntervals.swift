public import RulePacks
public import Tables

/// Draws weights as the rubric's robustness says, and gives for every subject the best and worst
/// rank in its cohort that any draw leads to.
///
/// In each draw every indicator's weight moves by itself, evenly within the rubric's share of it,
/// and all are scaled so that the full mark stays; deductions, bonuses and caps stay as they are.
/// The draws follow from the rubric's seed alone. A very large ranking gets fewer draws than asked
/// for, but at least 50.
///
/// - Parameter jobs: How many stretches of draws are made at a time; the result does not depend on
///   it.
/// - Returns: nil where the rubric has no settings for it.
public func rankIntervals(
  _ card: Scorecard, rubric: Rubric, jobs: Int = 1
) async -> RankIntervals? {
  let entries = card.statuses.indices.filter { card.statuses[$0].hasRank }
  let trials = WeightTrials(
    card, rubric: rubric, entries: entries, groups: entries.map { card.cohorts[$0] })
  guard let trials else { return nil }
  let pieces = max(1, min(jobs, trials.draws))
  let size = (trials.draws + pieces - 1) / pieces
  var extremes = trials.extremes(of: 0..<0)
  await withTaskGroup(of: WeightTrials.Extremes.self) { group in
    for start in stride(from: 0, to: trials.draws, by: size) {
      group.addTask { trials.extremes(of: start..<min(start + size, trials.draws)) }
    }
    // Best and worst do not depend on the order in which stretches are done.
    for await some in group { extremes.widen(to: some) }
  }
  var result = RankIntervals(
    best: Array(repeating: 0, count: card.count),
    worst: Array(repeating: 0, count: card.count), draws: trials.draws)
  for (position, entry) in entries.enumerated() {
    result.best[entry] = extremes.best[position]
    result.worst[entry] = extremes.worst[position]
  }
  return result
}
