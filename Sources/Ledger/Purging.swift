import Fields
public import Foundation
import GRDB
import Tables

/// Data about single subjects that the ledger keeps of one run and one kind of subject.
public struct LedgerData: Sendable, Equatable {
  public enum Content: String, Sendable {
    case results, facts
  }

  public var content: Content
  /// Sequence of the run.
  public var run: Int
  public var kind: String
  public var rows: Int
  public var bytes: Int
  /// Of all packed rows, one after the other.
  public var sha256: String
}

/// One purge as the ledger remembers it.
public struct PurgeRecord: Sendable, Equatable {
  public var number: Int
  public var asOf: String
  /// Nil where it was broken off.
  public var finished: Date?
  /// What was to be removed, as JSON.
  public var planned: String
  /// What was removed, and what was looked for afterwards, as JSON.
  public var proof: String?
}

extension Ledger {
  /// What is kept of single subjects, by run and kind.
  public func subjectData() throws(LedgerFailure) -> [LedgerData] {
    try read { database in
      try [LedgerData.Content.results, .facts].flatMap { content in
        try Row.fetchAll(
          database, sql: "SELECT DISTINCT run, kind FROM \(content.head) ORDER BY run, kind"
        ).map { row in
          try describe(
            content, run: try row.decode(forColumn: "run"), kind: try row.decode(forColumn: "kind"),
            in: database)
        }
      }
    }
  }

  /// Notes what a purge is going to remove, before anything is.
  ///
  /// - Returns: the purge's number.
  public func beginPurge(asOf: String, at begun: Date, planned: String) throws(LedgerFailure) -> Int
  {
    try write { database in
      try database.execute(
        sql: "INSERT INTO purge (as_of, begun, planned) VALUES (?, ?, ?)",
        arguments: [asOf, begun, planned])
      return Int(database.lastInsertedRowID)
    }
  }

  /// Notes that a purge is done, with its proof.
  public func finishPurge(_ number: Int, at finished: Date, proof: String) throws(LedgerFailure) {
    try write { database in
      try database.execute(
        sql: "UPDATE purge SET finished = ?, proof = ? WHERE number = ?",
        arguments: [finished, proof, number])
    }
  }

  public func purges() throws(LedgerFailure) -> [PurgeRecord] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM purge ORDER BY number").map { row in
        PurgeRecord(
          number: try row.decode(forColumn: "number"), asOf: try row.decode(forColumn: "as_of"),
          finished: try row.decode(forColumn: "finished"),
          planned: try row.decode(forColumn: "planned"), proof: try row.decode(forColumn: "proof"))
      }
    }
  }

  /// Removes data of single subjects for good: what is deleted is overwritten with zeros, and the
  /// file is written anew without free pages.
  ///
  /// - Returns: what is still there afterwards; empty if nothing is.
  public func remove(_ data: [LedgerData]) throws(LedgerFailure) -> [String] {
    guard !data.isEmpty else { return [] }
    let samples = try read { database in try data.flatMap { try probes(of: $0, database) } }
    try reporting {
      try database.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try database.inTransaction {
          for one in data {
            for table in one.content.tables {
              try database.execute(
                sql: "DELETE FROM \(table) WHERE run = ? AND kind = ?",
                arguments: [one.run, one.kind])
            }
          }
          return .commit
        }
        try database.execute(sql: "VACUUM")
      }
    }
    return try leftovers(of: data, samples)
  }

  /// Rows, free pages, and bytes in the file itself that a removal should have left none of.
  private func leftovers(of data: [LedgerData], _ probes: [Data]) throws(LedgerFailure) -> [String]
  {
    var left: [String] = []
    let path = path
    try read { database in
      for one in data {
        for table in one.content.tables {
          let rows =
            try Int.fetchOne(
              database, sql: "SELECT count(*) FROM \(table) WHERE run = ? AND kind = ?",
              arguments: [one.run, one.kind]) ?? 0
          if rows > 0 { left.append("\(table): \(rows) rows of run \(one.run), \(one.kind)") }
        }
      }
      let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
      if free > 0 { left.append("\(free) free pages") }
      // What another run holds, too, may well be found.
      let own = try probes.filter { probe in
        try !["result_stretch", "fact_stretch", "name_stretch"].contains { table in
          try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE instr(data, ?) > 0)",
            arguments: [probe]) ?? false
        }
      }
      for suffix in ["", "-journal", "-wal"] {
        guard let file = (try? wholeFile(path + suffix)).map({ Data($0) }) else {
          // Only what is not there holds nothing; what cannot be read may.
          if unsafe access(path + suffix, F_OK) == 0 || errno != ENOENT {
            left.append("ledger.sqlite\(suffix) cannot be read")
          }
          continue
        }
        for probe in own where file.range(of: probe) != nil {
          left.append("\(probe.count) bytes in ledger.sqlite\(suffix)")
        }
      }
    }
    return left
  }
}

extension LedgerData.Content {
  /// The table that says of which runs and kinds there is something.
  fileprivate var head: String {
    switch self {
    case .results: "result_kind"
    case .facts: "fact_rubric"
    }
  }

  fileprivate var body: String {
    switch self {
    case .results: "result_stretch"
    case .facts: "fact_stretch"
    }
  }

  fileprivate var tables: [String] {
    switch self {
    case .results: [head, body, "case_state", "name_kind", "name_stretch", "succession"]
    case .facts: [head, body]
    }
  }
}

private func describe(
  _ content: LedgerData.Content, run: Int, kind: String, in database: Database
) throws -> LedgerData {
  var digest = Digest()
  var (rows, bytes) = (0, 0)
  let stretches = try Data.fetchCursor(
    database, sql: "SELECT data FROM \(content.body) WHERE run = ? AND kind = ? ORDER BY number",
    arguments: [run, kind])
  while let stretch = try stretches.next() {
    digest.update([UInt8](stretch))
    rows += 1
    bytes += stretch.count
  }
  return LedgerData(
    content: content, run: run, kind: kind, rows: rows, bytes: bytes, sha256: digest.finish())
}

/// A few bytes from the middle of the first stretches, to look for them afterwards.
private func probes(of data: LedgerData, _ database: Database) throws -> [Data] {
  try data.content.tables.filter { $0.hasSuffix("_stretch") }.flatMap { table in
    try Data.fetchAll(
      database,
      sql: "SELECT data FROM \(table) WHERE run = ? AND kind = ? ORDER BY number LIMIT 4",
      arguments: [data.run, data.kind]
    )
    .map { $0.dropFirst(max(0, $0.count / 2 - 16)).prefix(32) }
    .map { Data($0) }
  }
}
