import Foundation
import Tables
import Testing

@testable import Ledger

/// The subjects of a later run, told in words: the numbers would fill the log.
struct Now: CustomTestStringConvertible {
  var who: String
  var numbers: [Int]

  var testDescription: String { who }
}

@Suite("The results of an earlier run beside the subjects of now")
struct EarlierResultsTests {
  /// Subjects by number; the rubric is about every third.
  private func results(_ numbers: [Int]) -> KindResults {
    var ids = TextColumn()
    for number in numbers { ids.append("U" + String(100_000 + number)) }
    var card = Scorecard(
      rubric: 0, subjects: stride(from: 0, to: numbers.count, by: 3).map { Int32($0) })
    card.cohortNames = ["large", "small"]
    let entries = card.subjects.indices
    card.scores = entries.map { Int32($0) * 50 - 700 }
    card.statuses = entries.map { Status.allCases[$0 % Status.allCases.count] }
    card.tiers = entries.map { Int16($0 % 3) - 1 }
    card.cohorts = entries.map { Int32($0 % 2) }
    let standings = Standings(
      ranks: entries.map { card.statuses[$0].hasRank ? Int32($0 + 1) : 0 },
      cohortSizes: entries.map { $0 % 2 == 0 ? 1000 : 7 }, order: [])
    return KindResults(
      kind: "unit", ids: ids,
      rubrics: [
        RubricResults(
          rubric: "third", title: "Third", edition: "1", tiers: ["A", "B"], card: card,
          standings: standings)
      ])
  }

  @Test(
    "are those that looking each subject up gives",
    arguments: [
      Now(who: "those of then and others", numbers: Array(0..<3000)),
      Now(
        who: "others before, between and after", numbers: Array(stride(from: 1, to: 9000, by: 5))),
      Now(who: "a few", numbers: [2, 2999, 3000, 99_999]), Now(who: "nobody", numbers: []),
    ])
  func lookedUp(now: Now) throws {
    try withLedger { ledger, _ in
      let then = results(Array(stride(from: 2, to: 6000, by: 2)))
      try ledger.record(sampleRun("q2"), results: [then])
      let ids = results(now.numbers).ids
      let found = try ledger.results(of: 1, kind: "unit", beside: ids)
      let third = try #require(found.first)
      #expect(third.count == then.rubrics[0].card.count)
      for row in stride(from: 0, to: ids.count, by: 7) {
        let outcome = try ledger.results(of: ids[row]).first?.outcome
        #expect(third.statuses[row] == outcome?.status)
        guard let outcome else { continue }
        #expect(Int(third.scores[row]) == outcome.score)
        #expect(Int(third.ranks[row]) == outcome.rank)
        let tier = Int(third.tierNumbers[row])
        #expect((tier < 0 ? "" : third.tiers[tier]) == outcome.tier)
        #expect(third.cohortSizes[Int(third.cohorts[row])] == outcome.cohortSize)
      }
    }
  }

  @Test("are none for a kind or a run that the ledger does not know")
  func unknown() throws {
    try withLedger { ledger, _ in
      let then = results([1, 2, 3])
      try ledger.record(sampleRun("q2"), results: [then])
      #expect(try ledger.results(of: 1, kind: "zone", beside: then.ids).isEmpty)
      #expect(try ledger.results(of: 2, kind: "unit", beside: then.ids).isEmpty)
    }
  }

  @Test("come from the last run of an id that was recorded before a place in the ledger")
  func before() throws {
    try withLedger { ledger, _ in
      for id in ["q2", "q3", "q2"] { try ledger.record(sampleRun(id)) }
      #expect(try ledger.latest(id: "q2", before: 3)?.sequence == 1)
      #expect(try ledger.latest(id: "q2", before: 4)?.sequence == 3)
      #expect(try ledger.latest(id: "q2")?.sequence == 3)
      #expect(try ledger.latest(id: "q3", before: 2) == nil)
    }
  }
}
