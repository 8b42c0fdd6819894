import Foundation
import Tables
import Testing

@testable import Ledger

@Suite("What subjects of a run are known by")
struct NamesTests {
  private func names(_ rows: [(id: String, name: String?, place: String?)]) -> KindNames {
    var ids = TextColumn()
    for row in rows { ids.append(row.id) }
    return KindNames(kind: "shop", ids: ids, facts: ["name", "place"]) { fact, row in
      fact == 0 ? rows[row].name : rows[row].place
    }
  }

  // One stretch, one more than a stretch, and the last of a second one.
  @Test("is given back beside the subjects of now", arguments: [1, 1023, 1024, 1025, 2048, 2049])
  func beside(count: Int) throws {
    let then = (0..<count).map { ("U\(100_000 + $0)", "Fork \($0)", $0 % 3 == 0 ? nil : "Main") }
    // The last is gone, one is new, every tenth has another name.
    let now =
      [("T1", "New", nil)]
      + then.dropLast().enumerated().map { row, one in
        (one.0, row % 10 == 0 ? "Spade" : one.1, one.2)
      }
    try withLedger { ledger, _ in
      try ledger.record(sampleRun("q1"), names: [names(then)])
      let found = try #require(try ledger.names(of: 1, beside: names(now)))
      #expect(found.new == [0])
      #expect(found.gone.map(\.id) == ["U\(100_000 + count - 1)"])
      let renamed = stride(from: 0, to: count - 1, by: 10).map { $0 }
      #expect(found.renamed.map(\.row) == renamed.map { $0 + 1 })
      #expect(found.renamed.map { $0.texts[0] } == renamed.map { "Fork \($0)" })
      #expect(found.renamed.map { $0.texts[1] } == renamed.map { $0 % 3 == 0 ? nil : "Main" })
      #expect(try ledger.names(of: "U\(100_000 + count / 2)") == [1: "Fork \(count / 2)"])
      #expect(try ledger.names(of: "V1") == [:])
    }
  }

  @Test("is nothing where the run kept none")
  func none() throws {
    try withLedger { ledger, _ in
      try ledger.record(sampleRun("q1"))
      #expect(try ledger.names(of: 1, beside: names([("A", "Fork", nil)])) == nil)
    }
  }

  @Test("goes with the results of the run when they are purged, and so does what was said")
  func purged() throws {
    try withLedger { ledger, path in
      let said = PastSuccession(
        kind: "shop", subject: "A", earlier: "B",
        names: PastSuccession.Names(then: "Fork", now: "Spade"), isSame: true)
      try ledger.record(
        sampleRun("q1"), names: [names([("A", "A name that nobody else has", "Main")])],
        successions: [said])
      #expect(try ledger.successions() == [said])
      #expect(try ledger.successions(before: 1) == [])
      let data = LedgerData(
        content: .results, run: 1, kind: "shop", rows: 0, bytes: 0, sha256: "")
      #expect(try ledger.remove([data]) == [])
      #expect(try ledger.successions() == [])
      #expect(try ledger.names(of: "A") == [:])
      let bytes = try #require(FileManager.default.contents(atPath: path))
      #expect(bytes.range(of: Data("that nobody else".utf8)) == nil)
    }
  }
}
