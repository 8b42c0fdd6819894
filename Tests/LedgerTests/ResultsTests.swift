import Foundation
import GRDB
import Tables
import Testing

@testable import Ledger

@Suite("The results that a ledger keeps")
struct ResultsTests {
  /// Subjects `U000000`, `U000007`, …; the rubric is about every second of them.
  private func results(_ count: Int, shift: Int32 = 0) -> KindResults {
    var ids = TextColumn()
    for row in 0..<count {
      let digits = String(row * 7)
      ids.append("U" + String(repeating: "0", count: 6 - digits.count) + digits)
    }
    func rubric(_ id: String, every step: Int) -> RubricResults {
      var card = Scorecard(
        rubric: 0, subjects: stride(from: 0, to: count, by: step).map { Int32($0) })
      card.cohortNames = ["大", "小"]
      let entries = card.subjects.indices
      card.scores = entries.map { Int32($0) * 250 - 500 + shift }
      card.statuses = entries.map { Status.allCases[$0 % Status.allCases.count] }
      card.tiers = entries.map { Int16($0 % 3) - 1 }
      card.cohorts = entries.map { Int32($0 % 2) }
      let standings = Standings(
        ranks: entries.map { card.statuses[$0].hasRank ? Int32($0 + 1) : 0 },
        cohortSizes: entries.map { $0 % 2 == 0 ? 90_000 : 7 }, order: [])
      return RubricResults(
        rubric: id, title: "标准 " + id, edition: "1", tiers: ["A", "B"], card: card,
        standings: standings)
    }
    return KindResults(
      kind: "unit", ids: ids, rubrics: [rubric("all", every: 1), rubric("half", every: 2)])
  }

  @Test("give back every subject as it was, in whatever stretch it stands")
  func roundTrip() throws {
    try withLedger { ledger, _ in
      let given = results(2500)
      try ledger.record(sampleRun("q3"), results: [given])
      for row in [0, 1, 2, 1023, 1024, 1025, 2047, 2048, 2498, 2499] {
        let found = try ledger.results(of: given.ids[row])
        // A rubric that was never about the subject is no part of its history.
        #expect(found.map(\.rubric) == (row % 2 == 0 ? ["all", "half"] : ["all"]))
        let all = try #require(found.first?.outcome)
        let card = given.rubrics[0].card
        #expect(all.score == Int(card.scores[row]))
        #expect(all.status == card.statuses[row])
        #expect(all.rank == Int(given.rubrics[0].standings.ranks[row]))
        #expect(all.cohort == (row % 2 == 0 ? "大" : "小"))
        #expect(all.cohortSize == (row % 2 == 0 ? 90_000 : 7))
        let tier = card.statuses[row].hasRank ? ["", "A", "B"][row % 3] : ""
        #expect(all.tier == tier)
        #expect(found.allSatisfy { $0.outcome != nil })
      }
    }
  }

  @Test("know nothing of a subject that no run had", arguments: ["", "A", "U000001", "U9", "Z"])
  func unknown(subject: String) throws {
    try withLedger { ledger, _ in
      try ledger.record(sampleRun("q3"), results: [results(1500)])
      #expect(try ledger.results(of: subject).isEmpty)
    }
  }

  @Test("tell the runs of a ledger apart, also those in which a subject is missing")
  func runs() throws {
    try withLedger { ledger, _ in
      try ledger.record(sampleRun("q2"), results: [results(10)])
      try ledger.record(sampleRun("q3"), results: [results(20, shift: 1000)])
      try ledger.record(sampleRun("q4"))
      let old = try ledger.results(of: "U000007").filter { $0.rubric == "all" }
      #expect(old.map(\.run) == [1, 2])
      #expect(old.map { $0.outcome?.score } == [-250, 750])
      let new = try ledger.results(of: "U000105").filter { $0.rubric == "all" }
      #expect(new.map { $0.outcome?.score } == [nil, 4250])
    }
  }

  @Test("take less than 40 bytes a subject with two rubrics")
  func size() throws {
    let packed = PackedResults(results(4096), rows: 0..<4096)
    #expect(packed.bytes.count < 4096 * 40)
  }

  @Test("are not believed where their bytes are damaged")
  func damaged() throws {
    let given = results(100)
    let header = ResultHeader(given)
    let packed = PackedResults(given, rows: 0..<100)
    let last = Array(given.ids[99].utf8)
    let damage = DamagedRow(table: "result_stretch", run: 1, kind: "unit")
    #expect(try packed.find(last, header: header, damage) != nil)
    let cut = PackedResults(bytes: Array(packed.bytes.dropLast(packed.bytes.count / 2)))
    let endless = PackedResults(bytes: Array(repeating: 0xFF, count: 100))
    for damaged in [cut, endless] {
      #expect(throws: DamagedRow.self) { try damaged.find(last, header: header, damage) }
    }
  }

  @Test("are written with the run or not at all")
  func oneTransaction() throws {
    try withLedger { ledger, path in
      try ledger.record(sampleRun("q2"), results: [results(10)])
      let other = try DatabaseQueue(path: path)
      try other.write { try $0.execute(sql: "DROP TABLE result_stretch") }
      try other.close()
      #expect(throws: LedgerFailure.self) {
        try ledger.record(sampleRun("q3"), results: [results(10)])
      }
      #expect(try ledger.runs().map(\.id) == ["q2"])
    }
  }
}
