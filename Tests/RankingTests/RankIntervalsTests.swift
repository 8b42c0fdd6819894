import RulePacks
import Tables
import Testing

@testable import Ranking

@Suite("Rank intervals")
struct RankIntervalsTests {
  @Test("hold the published rank, and are the same whatever the number of jobs")
  func holdsRank() async throws {
    let (card, rubric) = world()
    let one = try #require(await rankIntervals(card, rubric: rubric, jobs: 1))
    let three = try #require(await rankIntervals(card, rubric: rubric, jobs: 3))
    let ranks = rank(card, subjects: table(card.count), rubric: rubric).ranks
    #expect(one.draws == 200)
    #expect(one.best == three.best && one.worst == three.worst)
    for entry in ranks.indices {
      #expect(one.best[entry] <= ranks[entry] && ranks[entry] <= one.worst[entry])
    }
    #expect((0..<card.count).contains { one.best[$0] < one.worst[$0] })
  }

  @Test("are the rank alone where weights do not move")
  func still() async throws {
    var (card, rubric) = world()
    card.statuses[7] = .pending
    rubric.robustness = Rubric.Robustness(draws: 20, weights: 0, seed: 1)
    let intervals = try #require(await rankIntervals(card, rubric: rubric))
    let ranks = rank(card, subjects: table(card.count), rubric: rubric).ranks
    #expect(intervals.best == ranks)
    #expect(intervals.worst == ranks)
    #expect(ranks[7] == 0)
  }

  @Test("never place a subject below one that has no more points in any indicator")
  func dominance() async throws {
    var (card, rubric) = world()
    rubric.robustness = Rubric.Robustness(draws: 100, weights: 500, seed: 3)
    // The first subject has the most of everything, the second nothing of anything.
    for part in card.parts.indices {
      card.parts[part].points[0] = 25_000
      card.parts[part].points[1] = 0
    }
    card.scores[0] = 100_000
    card.scores[1] = 0
    let intervals = try #require(await rankIntervals(card, rubric: rubric))
    #expect(intervals.worst[0] == 1)
    let sharesLast = card.scores.filter { $0 == 0 }.count
    #expect(Int(intervals.best[1]) == card.count - sharesLast + 1)
  }

  @Test("are not worked out for a rubric that does not ask")
  func none() async {
    var (card, rubric) = world()
    rubric.robustness = nil
    card.gaps = Gaps()
    #expect(await rankIntervals(card, rubric: rubric) == nil)
  }

  @Test("rank by counting as by sorting")
  func countingAndSorting() {
    var generator = Lehmer(state: 7)
    for groups in [1, 3] {
      let scores = (0..<500).map { _ in Int32(generator.next() % 60) }
      let members = scores.map { _ in Int32(generator.next() % UInt64(groups)) }
      let counted = countedRanks(scores, members, groupCount: groups, levels: 60)
      #expect(counted == sortedRanks(scores, members))
      for index in scores.indices {
        let better = scores.indices.filter {
          members[$0] == members[index] && scores[$0] > scores[index]
        }
        #expect(counted[index] == Int32(better.count + 1))
      }
    }
  }

  /// Sixty subjects with four indicators of 25 points.
  private func world() -> (Scorecard, Rubric) {
    var generator = Lehmer(state: 99)
    var rubric = rubric
    rubric.robustness = Rubric.Robustness(draws: 200, weights: 200, seed: 2018)
    var parts: [PartPoints] = []
    for _ in 0..<4 {
      var part = PartPoints()
      part.points = (0..<60).map { _ in Int32(generator.next() % 251) * 100 }
      part.states = part.points.map { _ in .assessed }
      parts.append(part)
    }
    rubric.parts = parts.indices.map {
      Rubric.Part(
        id: "I\($0)", title: "", kind: .indicator, unknown: .withhold,
        form: .opinions(
          Rubric.Opinions(
            list: 0, record: 0, condition: nil, grade: 0, signed: nil, basis: nil,
            aggregate: .worst, points: [])), most: 25_000, least: 0)
    }
    var card = card((0..<60).map { entry in parts.reduce(0) { $0 + $1.points[entry] } })
    card.parts = parts
    return (card, rubric)
  }
}
