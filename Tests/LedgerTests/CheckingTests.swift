import Foundation
import GRDB
import Tables
import Testing

@testable import Ledger

@Suite("A ledger that is looked through")
struct CheckingTests {
  /// Results and names of more subjects than one stretch holds.
  private func filled(_ ledger: Ledger) throws {
    var ids = TextColumn()
    for row in 0..<1500 { ids.append("U\(10_000 + row)") }
    var card = Scorecard(rubric: 0, subjects: (0..<1500).map { Int32($0) })
    card.cohortNames = ["all"]
    card.scores = card.subjects.map { $0 * 10 }
    card.statuses = card.subjects.map { _ in .ranked }
    card.tiers = card.subjects.map { _ in 0 }
    card.cohorts = card.subjects.map { _ in 0 }
    let rubric = RubricResults(
      rubric: "size", title: "Size", edition: "1", tiers: ["A"], card: card,
      standings: Standings(
        ranks: card.subjects.map { $0 + 1 }, cohortSizes: card.subjects.map { _ in 1500 }, order: []
      ))
    try ledger.record(
      sampleRun("q3"), results: [KindResults(kind: "unit", ids: ids, rubrics: [rubric])],
      names: [KindNames(kind: "unit", ids: ids, facts: ["name"]) { "\($0) of \($1)" }])
  }

  @Test("has no faults as it was written, and none in its copy")
  func whole() throws {
    try withLedger { ledger, path in
      try filled(ledger)
      try ledger.backUp(to: path + ".copy")
      #expect(try Ledger(at: path + ".copy").runs() == ledger.runs())
      #expect(try ledger.faults() == [] && Ledger(at: path + ".copy").faults() == [])
    }
  }

  @Test(
    "tells where a packed row is not what was written, and gives no result of it",
    arguments: ["result_stretch", "name_stretch"])
  func altered(table: String) throws {
    try withLedger { ledger, path in
      try filled(ledger)
      let other = try DatabaseQueue(path: path)
      // One bit of a score or of a name in the second stretch: bytes that can be read.
      try other.write { database in
        let data = try #require(
          try Data.fetchOne(
            database, sql: "SELECT data FROM \(table) ORDER BY first DESC LIMIT 1"))
        var bytes = [UInt8](data)
        bytes[bytes.count - 1] ^= 1
        try database.execute(
          sql: "UPDATE \(table) SET data = ? WHERE first = (SELECT max(first) FROM \(table))",
          arguments: [Data(bytes)])
      }
      try other.close()
      let faults = try ledger.faults()
      #expect(faults.contains { $0.contains("\(table): run 1, unit") }, "\(faults)")
      let damage = #expect(throws: LedgerFailure.self) {
        _ = try ledger.results(of: "U11499")
        _ = try ledger.names(of: "U11499")
      }
      #expect(damage?.kind == .damaged && damage?.message.zh.contains("heng ledger check") == true)
      #expect(try ledger.results(of: "U10001").first?.outcome?.score == 10)
    }
  }

  @Test(
    "tells values that cannot be what they are as damage",
    arguments: [
      "UPDATE run SET finished = 'yesterday'", "UPDATE run SET manifest = '{'",
      "UPDATE result_kind SET header = 'x'", "UPDATE name_kind SET facts = '[1]'",
    ])
  func values(change: String) throws {
    try withLedger { ledger, path in
      try filled(ledger)
      let other = try DatabaseQueue(path: path)
      try other.write { try $0.execute(sql: change) }
      try other.close()
      #expect(try !ledger.faults().isEmpty)
    }
  }

  @Test("is never read wrongly and never ends the program, whichever of its bytes is another")
  func anyByte() throws {
    try withLedger { ledger, path in
      try filled(ledger)
      let outcome = try ledger.results(of: "U11000")
      let whole = try Data(contentsOf: URL(filePath: path))
      var (opened, told) = (0, 0)
      for step in 0..<400 {
        var bytes = whole
        bytes[step * 7919 % bytes.count] ^= UInt8(1 << (step % 8))
        let copy = path + ".\(step)"
        try bytes.write(to: URL(filePath: copy))
        defer { try? FileManager.default.removeItem(atPath: copy) }
        guard let damaged = try? Ledger(at: copy) else { continue }
        opened += 1
        if (try? damaged.faults()) != [] { told += 1 }
        _ = try? damaged.runs()
        _ = try? damaged.names(of: "U11000")
        // What it says of a subject is what was written, or that it is damaged, or nothing at all.
        let found = (try? damaged.results(of: "U11000")) ?? []
        for result in found.compactMap(\.outcome) {
          #expect(result.score == outcome[0].outcome?.score, "byte \(step * 7919 % bytes.count)")
        }
      }
      #expect(opened > 0 && told > 0)
    }
  }
}
