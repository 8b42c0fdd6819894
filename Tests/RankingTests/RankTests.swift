import Ranking
import RulePacks
import Tables
import Testing

@Suite("Ranking")
struct RankTests {
  @Test(
    "shares the lowest rank between equal scores and skips the next",
    arguments: [
      ([5, 3, 3, 1], [1, 2, 2, 4]), ([1, 1, 1], [1, 1, 1]), ([], []),
      ([0, 90_000, 100_000, 90_000, 2048], [5, 2, 1, 2, 4]),
    ] as [([Int32], [Int32])])
  func ties(scores: [Int32], ranks: [Int32]) {
    let standings = rank(card(scores), subjects: table(scores.count), rubric: rubric)
    #expect(standings.ranks == ranks)
    #expect(standings.cohortSizes.allSatisfy { $0 == Int32(scores.count) })
  }

  @Test("ranks like with like, and leaves out who has no rank")
  func cohorts() {
    var card = card([10, 30, 20, 30, 99, 5, 98])
    card.cohortNames = ["甲", "乙"]
    card.cohorts = [1, 0, 1, 0, 0, 0, 1]
    card.statuses = [.ranked, .provisional, .ranked, .ranked, .gated, .pending, .notEvaluable]
    let standings = rank(card, subjects: table(7), rubric: rubric)
    #expect(standings.ranks == [2, 1, 1, 1, 0, 0, 0])
    #expect(standings.cohortSizes == [2, 2, 2, 2, 2, 2, 2])
    #expect(standings.order == [1, 3, 5, 4, 2, 0, 6])
  }

  @Test("begins with the least score where less is better")
  func least() {
    var card = card([5, 3, 3, 1, 0])
    card.leastIsBest = true
    card.statuses[4] = .pending
    let standings = rank(card, subjects: table(5), rubric: rubric)
    #expect(standings.ranks == [4, 2, 2, 1, 0])
    #expect(standings.order == [3, 1, 2, 0, 4])
  }

  @Test("puts a better tier before any score where the rubric says so, and ties only within a tier")
  func withinTiers() {
    // The first has the most points of all, but a cap holds it at the second tier.
    var card = card([88_000, 70_000, 66_000, 70_000, 55_000, 88_000, 54_000])
    card.tiers = [1, 0, 0, 0, 1, 1, 1]
    card.rankWithinTiers()
    let standings = rank(card, subjects: table(7), rubric: rubric)
    #expect(standings.ranks == [4, 1, 3, 1, 6, 4, 7])
    #expect(standings.order == [1, 3, 2, 0, 5, 4, 6])
  }

  @Test("puts tiers first among scores that were not rounded, too")
  func withinTiersExact() {
    var card = card([1000, 1000, 1000])
    card.measured = MeasuredScores(values: [])
    card.measured?.keys = [2, 0, 1]
    card.tiers = [1, 0, 0]
    card.rankWithinTiers()
    #expect(rank(card, subjects: table(3), rubric: rubric).ranks == [3, 2, 1])
  }

  @Test("is in order of score and then of subject, as a plain sort would have it")
  func agreesWithSort() {
    var generator = Lehmer(state: 20_180_930)
    var card = card((0..<3000).map { _ in Int32(generator.next() % 400) * 250 })
    card.cohortNames = ["a", "b", "c"]
    card.cohorts = card.scores.map { _ in Int32(generator.next() % 3) }
    card.statuses = card.scores.map { _ in Status.allCases[Int(generator.next() % 6)] }
    let standings = rank(card, subjects: table(3000), rubric: rubric)
    let classes: [Status: Int] = [
      .ranked: 0, .provisional: 0, .pending: 1, .gated: 2, .notEvaluable: 3,
      .unrated: 4,
    ]
    let expected = (0..<3000).sorted { left, right in
      let keys = [left, right].map { entry -> [Int] in
        let status = classes[card.statuses[entry]] ?? 9
        let score = status == 0 ? -Int(card.scores[entry]) : 0
        return [Int(card.cohorts[entry]), status, score, entry]
      }
      return keys[0].lexicographicallyPrecedes(keys[1])
    }
    #expect(standings.order == expected.map { Int32($0) })
    for entry in 0..<3000 where card.statuses[entry].hasRank {
      let better = (0..<3000).filter {
        card.statuses[$0].hasRank && card.cohorts[$0] == card.cohorts[entry]
          && card.scores[$0] > card.scores[entry]
      }
      #expect(standings.ranks[entry] == Int32(better.count + 1))
    }
  }
}

/// A generator whose numbers are the same everywhere (Lehmer, modulus 2^31 − 1).
struct Lehmer {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state * 48_271 % 2_147_483_647
    return state
  }
}

let rubric = Rubric(id: "R", title: "R", edition: "1", basis: "测试", subject: 0, full: 100_000)

/// A scorecard of one cohort with these scores, all ranked.
func card(_ scores: [Int32]) -> Scorecard {
  var card = Scorecard(rubric: 0, subjects: scores.indices.map { Int32($0) })
  card.scores = scores
  card.lower = scores
  card.upper = scores
  card.statuses = scores.map { _ in .ranked }
  card.cohorts = scores.map { _ in 0 }
  card.cohortNames = [""]
  return card
}

func table(_ count: Int) -> SubjectTable {
  var ids = TextColumn()
  for number in 0..<count { ids.append("U\(10_000 + number)") }
  return SubjectTable(ids: ids, facts: [])
}
