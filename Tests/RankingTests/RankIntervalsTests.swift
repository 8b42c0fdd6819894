import RulePacks
import Tables
import Testing

@testable import Ranking

@Suite("Rank intervals")
struct RankIntervalsTests {
  @Test("lie about the published rank, and are the same whatever the number of jobs")
  func sameForJobs() async throws {
    let (card, rubric) = world()
    let one = try #require(await rankIntervals(card, rubric: rubric, jobs: 1))
    let three = try #require(await rankIntervals(card, rubric: rubric, jobs: 3))
    let ranks = rank(card, subjects: table(card.count), rubric: rubric).ranks
    #expect(one.draws == 200)
    #expect(one.low == three.low && one.high == three.high)
    #expect(ranks.indices.count { one.low[$0] <= ranks[$0] && ranks[$0] <= one.high[$0] } > 50)
    #expect((0..<card.count).contains { one.low[$0] < one.high[$0] })
    #expect(one.effects.map(\.moved) == three.effects.map(\.moved))
  }

  @Test("are the 5th and 95th percentile of ranks worked out one by one", arguments: [1, 3])
  func percentiles(cohorts: Int32) async throws {
    var (card, rubric) = world()
    rubric.robustness = Rubric.Robustness(draws: 137, weights: 300, seed: 5)
    card.cohorts = card.cohorts.indices.map { Int32($0) % cohorts }
    card.cohortNames = (0..<cohorts).map { "\($0)" }
    // Some who do not compete, and some who are alike.
    for entry in 20..<24 {
      card.statuses[entry] = [.pending, .gated, .notEvaluable, .provisional][entry - 20]
    }
    for part in card.parts.indices { card.parts[part].points[33] = card.parts[part].points[30] }
    card.scores[33] = card.scores[30]
    let found = try #require(await rankIntervals(card, rubric: rubric, jobs: 2))
    let weights = DrawnWeights(rubric, try #require(rubric.robustness), draws: 137)
    var ranks = card.scores.map { _ in [Int]() }
    for draw in 0..<137 {
      let factors = weights.scaled(draw, one: 1 << 13)
      let scores = card.scores.indices.map { entry -> Int in
        let sum = card.parts.indices.reduce(0) {
          $0 + Int(card.parts[$1].points[entry]) / 100 * Int(factors[$1])
        }
        return min(1000, max(0, (sum + 4096) >> 13))
      }
      for entry in scores.indices where card.statuses[entry].hasRank {
        let better = scores.indices.count {
          card.statuses[$0].hasRank && card.cohorts[$0] == card.cohorts[entry]
            && scores[$0] > scores[entry]
        }
        ranks[entry].append(better + 1)
      }
    }
    for entry in ranks.indices {
      let sorted = ranks[entry].sorted()
      // 7 of 137 draws are the first twentieth, rounded up; 131 the nineteen others.
      #expect(Int(found.low[entry]) == (sorted.isEmpty ? 0 : sorted[6]))
      #expect(Int(found.high[entry]) == (sorted.isEmpty ? 0 : sorted[130]))
    }
    #expect(found.low[33] == found.low[30] && found.profiles == 56)
  }

  @Test("are found alike whether ranks lie close together or far apart")
  func farApart() async throws {
    // Three thousand subjects who change places at will, in so few draws that nobody's ranks lie
    // close together.
    var (card, rubric) = world(subjects: 3000)
    card.gaps = Gaps()
    rubric.robustness = Rubric.Robustness(draws: 40, weights: 1000, seed: 9)
    let found = try #require(await rankIntervals(card, rubric: rubric, jobs: 2))
    let entries = Array(0..<card.count)
    let trials = WeightTrials(
      card, rubric: rubric, entries: entries, groups: entries.map { _ in 0 })
    let weights = DrawnWeights(rubric, try #require(rubric.robustness), draws: 40)
    var room = WeightTrials.Room()
    let draws = (0..<40).map { trials.ranks(weights, $0, ties: .first, &room) }
    var far = 0
    for entry in entries {
      let profile = Int(trials.profiles.numbers[entry])
      let sorted = draws.map { $0[profile] }.sorted()
      #expect(found.low[entry] == sorted[1] && found.high[entry] == sorted[37])
      far += sorted[39] - sorted[0] > 8 * 40 ? 1 : 0
    }
    #expect(far > 1000 && far < 3000)
  }

  @Test(
    "count the twentieths of so many draws",
    arguments: [(1, 0, 0), (20, 0, 18), (100, 4, 94), (1000, 49, 949)])
  func twentiethsOfDraws(draws: Int, first: Int, last: Int) {
    #expect(twentieths(of: draws) == (first, last))
  }

  @Test("are the rank alone where weights do not move")
  func still() async throws {
    var (card, rubric) = world()
    card.statuses[7] = .pending
    rubric.robustness = Rubric.Robustness(draws: 20, weights: 0, seed: 1)
    let intervals = try #require(await rankIntervals(card, rubric: rubric))
    let ranks = rank(card, subjects: table(card.count), rubric: rubric).ranks
    #expect(intervals.low == ranks)
    #expect(intervals.high == ranks)
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
    #expect(intervals.high[0] == 1)
    let sharesLast = card.scores.filter { $0 == 0 }.count
    #expect(Int(intervals.low[1]) == card.count - sharesLast + 1)
  }

  @Test("are not worked out for a rubric that does not ask, and hold nobody without entries")
  func none() async throws {
    var (card, rubric) = world()
    card.statuses = card.statuses.map { _ in .pending }
    let empty = try #require(await rankIntervals(card, rubric: rubric))
    #expect(empty.low.allSatisfy { $0 == 0 } && empty.high == empty.low && empty.profiles == 0)
    rubric.robustness = nil
    #expect(await rankIntervals(card, rubric: rubric) == nil)
  }

  @Test("are left out where so many results differ that hardly any draws could be made")
  func tooMany() {
    let (card, rubric) = world()
    let trials = WeightTrials(
      card, rubric: rubric, entries: Array(0..<60), groups: Array(repeating: 0, count: 60))
    let most = WeightTrials.most / 60
    #expect(trials.draws(asked: 1000) == 1000)
    #expect(trials.draws(asked: 1_000_000) == most)
  }

  @Test("weight parts one by one as they weight them together", arguments: [1, 3, 40])
  func together(values: UInt64) throws {
    var (card, rubric) = world(subjects: 900)
    let part = rubric.parts[0]
    var generator = Lehmer(state: 11)
    rubric.parts = (0..<13).map { _ in part }
    card.parts = (0..<13).map { number in
      var part = PartPoints()
      // One part says nothing about anybody.
      part.points = Integers(
        (0..<900).map { _ in number == 5 ? 0 : Int32(generator.next() % values) * 100 })
      part.states = part.points.elements.map { _ in .assessed }
      return part
    }
    let trials = WeightTrials(
      card, rubric: rubric, entries: Array(0..<900), groups: Array(repeating: 0, count: 900))
    let weights = DrawnWeights(rubric, try #require(rubric.robustness), draws: 3)
    var room = WeightTrials.Room()
    for draw in 0..<3 {
      let ranks = trials.ranks(weights, draw, ties: .first, &room)
      let factors = weights.scaled(draw, one: 1 << 13)
      let scores = (0..<900).map { entry in
        let sum = card.parts.indices.reduce(4096) {
          $0 + Int(card.parts[$1].points[entry]) / 100 * Int(factors[$1])
        }
        return min(1000, sum >> 13)
      }
      for entry in stride(from: 0, to: 900, by: 7) {
        let better = scores.count { $0 > scores[entry] }
        #expect(Int(ranks[Int(trials.profiles.numbers[entry])]) == better + 1)
      }
    }
  }

  @Test("score any number of results as one by one", arguments: Array(1...18) + [63, 64, 65, 257])
  func anyNumber(count: Int) throws {
    let (_, rubric) = world(subjects: 1)
    let weights = DrawnWeights(rubric, try #require(rubric.robustness), draws: 2)
    var generator = Lehmer(state: UInt64(count))
    let points = rubric.parts.map { _ in (0..<count).map { _ in Int32(generator.next() % 251) } }
    let limits = (0..<count).map { Int32(900 + $0 % 3) }
    let sums = WeightedSums(points, limits: limits, levels: 1000)
    var room = WeightedSums.Room()
    for draw in 0..<2 {
      sums.score(weights, draw, &room)
      let factors = weights.scaled(draw, one: 1 << 13)
      let expected = (0..<count).map { result in
        let sum = points.indices.reduce(4096) { $0 + Int(points[$1][result]) * Int(factors[$1]) }
        return min(limits[result], Int32(sum >> 13))
      }
      #expect(room.scores == expected)
    }
  }

  @Test("rank by counting as by sorting, whichever place ties share", arguments: [1, 3])
  func countingAndSorting(groups: Int) {
    var generator = Lehmer(state: 7)
    let scores = (0..<500).map { _ in Int32(generator.next() % 60) }
    let members = scores.map { _ in Int32(generator.next() % UInt64(groups)) }
    let counts = scores.map { _ in Int32(generator.next() % 3 + 1) }
    for ties in [WeightTrials.Ties.first, .last] {
      var room: [Int32] = []
      let counted = countedRanks(
        scores, members, counts: counts, groupCount: groups, levels: 60, ties, &room)
      #expect(counted == sortedRanks(scores, members, counts: counts, ties))
      for index in scores.indices {
        let others = scores.indices.filter { members[$0] == members[index] }
        let before = others.filter {
          ties == .first ? scores[$0] > scores[index] : scores[$0] >= scores[index]
        }
        let sum = before.reduce(0) { $0 + counts[$1] }
        #expect(counted[index] == (ties == .first ? sum + 1 : sum))
      }
    }
  }

  @Test("score finely rounded points as coarsely rounded ones")
  func wide() async throws {
    var (card, rubric) = world()
    let coarse = try #require(await rankIntervals(card, rubric: rubric))
    // With three decimals points no longer fit into sixteen bits.
    rubric.decimals = 3
    card.cohortNames = [""]
    let fine = try #require(await rankIntervals(card, rubric: rubric))
    let near = fine.low.indices.count { abs(fine.low[$0] - coarse.low[$0]) <= 2 }
    #expect(near > 55)
    #expect(fine.effects.map(\.effective) == coarse.effects.map(\.effective))
  }

  /// Subjects with four indicators of 25 points.
  private func world(subjects: Int = 60) -> (Scorecard, Rubric) {
    var generator = Lehmer(state: 99)
    var rubric = rubric
    rubric.robustness = Rubric.Robustness(draws: 200, weights: 200, seed: 2018)
    var parts: [PartPoints] = []
    for _ in 0..<4 {
      var part = PartPoints()
      part.points = Integers((0..<subjects).map { _ in Int32(generator.next() % 251) * 100 })
      part.states = part.points.elements.map { _ in .assessed }
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
    var card = card((0..<subjects).map { entry in parts.reduce(0) { $0 + $1.points[entry] } })
    card.parts = parts
    return (card, rubric)
  }
}

@Suite("Profiles")
struct ProfilesTests {
  @Test("are one for all who are alike in every column", arguments: [1, 7, 400])
  func alike(kinds: Int) {
    var generator = Lehmer(state: 3)
    let rows = (0..<3000).map { _ in Int32(generator.next() % UInt64(kinds)) }
    let columns = [rows.map { $0 % 5 }, rows.map { $0 / 5 }, rows.map { -$0 }]
    let profiles = Profiles(columns.map { Integers($0) }, count: rows.count)
    #expect(profiles.count == Set(rows).count)
    #expect(profiles.counts.reduce(0, +) == 3000)
    for position in rows.indices {
      #expect(rows[Int(profiles.firsts[Int(profiles.numbers[position])])] == rows[position])
    }
  }

  @Test("stop once they are too many")
  func tooMany() {
    let profiles = Profiles([Integers((0..<100).map { Int32($0) })], count: 100, most: 10)
    #expect(profiles.count == 11)
    #expect(Profiles(count: 3).counts == [1, 1, 1] && Profiles([], count: 0).count == 0)
  }
}
