import Fields
import Foundation
import GRDB
import Synchronization
import Tables
import Testing

@testable import Ledger

@Suite struct LedgerTests {
  @Test("gives back a run as it was recorded")
  func roundTrip() throws {
    try withLedger { ledger, _ in
      let recorded = try ledger.record(sampleRun("q3"))
      #expect(recorded.sequence == 1)
      #expect(recorded.supersedes == nil)
      #expect(try ledger.latest(id: "q3") == recorded)
      #expect(recorded.rubrics == sampleRun("q3").rubrics)
      #expect(recorded.started == sampleRun("q3").started)
    }
  }

  @Test("names the run that another of the same id supersedes")
  func supersedes() throws {
    try withLedger { ledger, _ in
      for id in ["q2", "q3", "q3", "q2", "q3"] { try ledger.record(sampleRun(id)) }
      let runs = try ledger.runs()
      #expect(runs.map(\.sequence) == [1, 2, 3, 4, 5])
      #expect(runs.map(\.supersedes) == [nil, nil, 2, 1, 3])
      #expect(try ledger.latest(id: "q3")?.sequence == 5)
      #expect(try ledger.latest(id: "q1") == nil)
    }
  }

  @Test("keeps what is there when it is opened again, in one file")
  func reopens() throws {
    try withLedger { ledger, path in
      try ledger.record(sampleRun("q3"))
      let again = try Ledger(at: path)
      #expect(try again.runs() == ledger.runs())
      let folder = URL(filePath: path).deletingLastPathComponent().path()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["ledger.sqlite"])
    }
  }

  @Test("is made once where several open a new one at the same time")
  func openedAtOnce() throws {
    for _ in 0..<5 {
      try withFolder { folder in
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
          do {
            _ = try Ledger(at: folder + "/ledger.sqlite")
          } catch {
            failures.withLock { $0.append("\(error)") }
          }
        }
        #expect(failures.withLock { $0 } == [])
      }
    }
  }

  @Test("brings a ledger of the first schema up to date and keeps its runs")
  func migrates() throws {
    try withFolder { folder in
      let path = folder + "/ledger.sqlite"
      let old = try DatabaseQueue(path: path)
      try migrations().migrate(old, upTo: "runs")
      try old.write { database in
        try database.execute(
          sql: """
            INSERT INTO run VALUES (7, NULL, 'q1', 't', 'p', '2018-03-31', 'k', '1', 'h', 'd',
              'r', '0.1.0', '2018-04-01 08:00:00.000', '2018-04-01 08:00:01.000', 0, 'm', '{}')
            """)
      }
      try old.close()
      let ledger = try Ledger(at: path)
      #expect(try ledger.latest(id: "q1")?.rubrics == [])
      #expect(try ledger.record(sampleRun("q1")).supersedes == 7)
    }
  }

  @Test("brings a ledger of every earlier schema up to date", arguments: migrations().migrations)
  func migrates(from schema: String) throws {
    try withFolder { folder in
      let path = folder + "/ledger.sqlite"
      let old = try DatabaseQueue(path: path)
      try migrations().migrate(old, upTo: schema)
      try old.close()
      let ledger = try Ledger(at: path)
      let recorded = try ledger.record(
        sampleRun("q1"), PackedRun(), figures: RunFigures(rates: [], rubrics: []))
      #expect(try ledger.latest(id: "q1") == recorded)
      #expect(try ledger.figures(of: recorded.sequence) != nil)
    }
  }

  @Test("gives back what a run found in all, and nothing for a run of before that was kept")
  func figures() throws {
    try withLedger { ledger, _ in
      let figures = RunFigures(
        rates: [
          RunFigures.Rate(
            place: RunFigures.Place(
              population: "all", dimension: "county", group: "涧西区", measure: "covered"),
            part: 0, whole: 5728)
        ],
        rubrics: [
          RunFigures.Rubric(
            id: "size", edition: "2018-1", ranked: 3, score: -1500, parts: ["S1": -1500, "S2": 0])
        ])
      let with = try ledger.record(sampleRun("q3"), PackedRun(), figures: figures)
      let without = try ledger.record(sampleRun("q3"))
      #expect(try ledger.figures(of: with.sequence) == figures)
      #expect(try ledger.figures(of: without.sequence) == nil)
    }
  }

  @Test("refuses a ledger that a later version wrote, and leaves it as it is")
  func tooNew() throws {
    try withFolder { folder in
      let path = folder + "/ledger.sqlite"
      let later = try DatabaseQueue(path: path)
      var migrator = migrations()
      migrator.registerMigration("from the future") { _ in }
      try migrator.migrate(later)
      try later.close()
      let error = #expect(throws: LedgerFailure.self) { try Ledger(at: path) }
      #expect(error?.kind == .newer)
    }
  }

  @Test("refuses a file that is no ledger")
  func noLedger() throws {
    try withFolder { folder in
      let path = folder + "/ledger.sqlite"
      try "a letter, not a ledger; long enough to be looked at as a header of a database file"
        .write(toFile: path, atomically: false, encoding: .utf8)
      let error = #expect(throws: LedgerFailure.self) { try Ledger(at: path) }
      #expect(error?.kind == .foreign)
    }
  }

  @Test("records all of a run or nothing")
  func oneTransaction() throws {
    try withLedger { ledger, path in
      try ledger.record(sampleRun("q2"))
      let other = try DatabaseQueue(path: path)
      try other.write { try $0.execute(sql: "DROP TABLE rubric_summary") }
      try other.close()
      #expect(throws: LedgerFailure.self) { try ledger.record(sampleRun("q3")) }
      let count = try DatabaseQueue(path: path).read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM run")
      }
      #expect(count == 1)
    }
  }
}

func sampleRun(_ id: String) -> RunRecord {
  RunRecord(
    id: id, title: "第三季度", purpose: "evaluation", asOf: "2018-09-30", pack: "demo",
    edition: "2018.1", packHash: "aa", delivery: "inputs/\(id)", rules: "inputs/rules/demo",
    toolVersion: "0.1.0", started: Date(timeIntervalSince1970: 1_538_300_000),
    finished: Date(timeIntervalSince1970: 1_538_300_001.5), exitStatus: 3,
    manifestHash: sha256(Array("{\"run\": \"\(id)\"}".utf8)),
    manifest: "{\"run\": \"\(id)\"}",
    rubrics: [
      RubricSummary(
        rubric: "one", subjects: 9, ranked: 6, pending: 2, gated: 1, aggregate: "cc"),
      RubricSummary(
        rubric: "two", subjects: 0, ranked: 0, pending: 0, gated: 0, aggregate: "dd"),
    ])
}

func withLedger(_ body: (Ledger, String) throws -> Void) throws {
  try withFolder { folder in
    let path = folder + "/ledger.sqlite"
    try body(try Ledger(at: path), path)
  }
}

/// A folder that is gone after the test.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "heng-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path(percentEncoded: false))
}
