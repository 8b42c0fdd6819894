import Foundation
import GRDB
import Tables
import Testing

@testable import Ledger

@Suite("Values that the next run may take over")
struct CarriedValuesTests {
  private static let rules = [
    CarriedRule(.gate, id: "G", number: 0), CarriedRule(.part, id: "P", number: 1),
    CarriedRule(.cap, id: "C", number: 0),
  ]

  /// Every second subject has a result; the values of each follow from its number.
  private func results(_ count: Int, carried: [CarriedRule]) -> KindResults {
    var ids = TextColumn()
    for row in 0..<count { ids.append("U" + String(100_000 + row)) }
    var card = Scorecard(rubric: 0, subjects: stride(from: 0, to: count, by: 2).map { Int32($0) })
    card.cohortNames = ["all"]
    let entries = card.subjects.indices
    card.scores = entries.map { Int32($0) }
    card.statuses = entries.map { _ in .ranked }
    card.tiers = entries.map { _ in 0 }
    card.cohorts = entries.map { _ in 0 }
    card.gates = [entries.map { [GateState.met, .failed, .pending][$0 % 3] }]
    card.caps = [entries.map { [CapState.free, .capped, .pending][$0 % 3] }]
    let states: [PartState] = [.assessed, .zeroed, .carried, .withheld, .pending, .imputed]
    card.parts = [1, 2].map { factor in
      var part = PartPoints()
      for entry in entries { part.points.append(Int32(entry * 500 * factor - 7000)) }
      part.states = entries.map { states[$0 % 6] }
      return part
    }
    let standings = Standings(
      ranks: entries.map { Int32($0 + 1) }, cohortSizes: entries.map { _ in 1 }, order: [])
    let rubric = RubricResults(
      rubric: "r", title: "R", edition: "1", tiers: ["A"], card: card, standings: standings,
      carried: carried)
    var plain = rubric
    plain.rubric = "plain"
    plain.carried = []
    return KindResults(kind: "unit", ids: ids, rubrics: [rubric, plain])
  }

  @Test(
    "are given back for every subject that had a result, but for what was not settled itself",
    arguments: [1, 2, 1023, 1024, 1025, 2048, 2049, 5000])
  func roundTrip(count: Int) throws {
    try withLedger { ledger, _ in
      try ledger.record(
        sampleRun("q3"), results: [results(count, carried: CarriedValuesTests.rules)])
      let values = try #require(try ledger.carriedValues(of: 1, kind: "unit", rubric: "r"))
      #expect(values.rules.map(\.id) == ["G", "P", "C"])
      #expect(values.subjects == stride(from: 0, to: count, by: 2).map { "U\(100_000 + $0)" })
      let entries = values.subjects.indices
      #expect(values.values[0] == entries.map { $0 % 3 == 2 ? nil : $0 % 3 })
      #expect(values.values[2] == entries.map { $0 % 3 == 2 ? nil : $0 % 3 })
      #expect(
        values.values[1] == entries.map { [3, 4].contains($0 % 6) ? nil : $0 * 1000 - 7000 })
      // What stands behind the values is found as before.
      for row in stride(from: 0, to: count, by: max(2, count / 20 * 2)) {
        let found = try ledger.results(of: "U\(100_000 + row)")
        #expect(found.map { $0.outcome?.score } == [row / 2, row / 2])
      }
      let beside = try ledger.results(
        of: 1, kind: "unit", beside: results(count, carried: []).ids)
      #expect(beside.map(\.count) == [values.subjects.count, values.subjects.count])
    }
  }

  @Test("are none of a rubric that carries nothing, of another run and of an unknown rubric")
  func none() throws {
    try withLedger { ledger, _ in
      try ledger.record(sampleRun("q3"), results: [results(9, carried: CarriedValuesTests.rules)])
      #expect(try ledger.carriedValues(of: 1, kind: "unit", rubric: "plain") == nil)
      #expect(try ledger.carriedValues(of: 2, kind: "unit", rubric: "r") == nil)
      #expect(try ledger.carriedValues(of: 1, kind: "unit", rubric: "q") == nil)
      #expect(try ledger.carriedValues(of: 1, kind: "figure", rubric: "r") == nil)
    }
  }

  @Test("are told as damage where the packed results are damaged")
  func damaged() throws {
    try withLedger { ledger, _ in
      try ledger.record(sampleRun("q3"), results: [results(9, carried: CarriedValuesTests.rules)])
      try ledger.database.write { database in
        try database.execute(
          sql: "UPDATE result_stretch SET data = substr(data, 1, length(data) - 1)")
      }
      let damage = #expect(throws: LedgerFailure.self) {
        try ledger.carriedValues(of: 1, kind: "unit", rubric: "r")
      }
      #expect(damage?.kind == .damaged)
    }
  }
}
