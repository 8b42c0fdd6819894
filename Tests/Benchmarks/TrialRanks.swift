import Ranking
import RulePacks
import Tables

/// Prints how long the rank intervals of a made-up ranking take: points of one decimal, drawn
/// evenly, so that hardly any two subjects are alike and nothing can be shared.
func trialRanks(subjects: Int, indicators: Int, draws: Int, jobs: Int) async {
  let most = 100_000 / indicators / 100 * 100
  var rubric = Rubric(
    id: "trial", title: "", edition: "", basis: "", subject: 0, full: most * indicators)
  rubric.robustness = Rubric.Robustness(draws: draws, weights: 200, seed: 1)
  rubric.parts = (0..<indicators).map { number in
    Rubric.Part(
      id: "I\(number)", title: "", kind: .indicator, unknown: .withhold,
      form: .opinions(
        Rubric.Opinions(
          list: 0, record: 0, condition: nil, grade: 0, signed: nil, basis: nil,
          aggregate: .worst, points: [])), most: most, least: 0)
  }
  var state: UInt64 = 1
  var card = Scorecard(rubric: 0, subjects: (0..<subjects).map { Int32($0) })
  card.scores = Array(repeating: 0, count: subjects)
  for _ in 0..<indicators {
    var part = PartPoints()
    part.points = Integers<Int32>(
      (0..<subjects).map { _ in
        // Lehmer's generator, modulus 2^31 − 1.
        state = state * 48_271 % 2_147_483_647
        return Int32(state % UInt64(most / 100 + 1)) * 100
      })
    for subject in card.scores.indices { card.scores[subject] += part.points[subject] }
    card.parts.append(part)
  }
  card.statuses = card.scores.map { _ in .ranked }
  card.cohorts = card.scores.map { _ in 0 }
  card.cohortNames = [""]
  var intervals: RankIntervals?
  let took = await ContinuousClock().measure {
    intervals = await rankIntervals(card, rubric: rubric, jobs: jobs)
  }
  guard let intervals else { return }
  let width = zip(intervals.low, intervals.high).reduce(0) { $0 + Int($1.1 - $1.0) }
  print(
    "\(subjects) subjects, \(intervals.profiles) different results, \(indicators) indicators,",
    "\(intervals.draws) draws, \(jobs) jobs  \(seconds(took))")
  print("mean width of the intervals: \(subjects > 0 ? width / subjects : 0) ranks")
}
