import Foundation
import GRDB
public import Tables

/// The history of all runs in one SQLite file; runs are added and never changed.
public struct Ledger: Sendable {
  let database: DatabaseQueue
  public let path: String

  /// Opens the ledger at a path, making it, or bringing it up to date, where needed.
  ///
  /// - Throws: where the file cannot be opened, is no ledger, or was made by a later version of the
  ///   program; then it is left as it is.
  public init(at path: String) throws(LedgerFailure) {
    self.path = path
    var settings = Configuration()
    // Another run may be writing; its transaction takes milliseconds.
    settings.busyMode = .timeout(10)
    do {
      database = try DatabaseQueue(path: path, configuration: settings)
      let migrator = migrations()
      let (isOurs, isTooNew) = try database.read { database in
        (
          try database.tableExists("grdb_migrations")
            || Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0,
          try migrator.hasBeenSuperseded(database)
        )
      }
      guard isOurs else { throw LedgerFailure(.foreign, path: path) }
      guard !isTooNew else { throw LedgerFailure(.newer, path: path) }
      try Ledger.bringUpToDate(database, by: migrator)
    } catch {
      throw LedgerFailure(error, path: path)
    }
  }

  /// Two that open a new ledger at once both see what is to be made; whoever comes second fails, and
  /// looks again.
  private static func bringUpToDate(_ database: DatabaseQueue, by migrator: DatabaseMigrator) throws
  {
    for _ in migrator.migrations {
      do {
        return try migrator.migrate(database)
      } catch let error as DatabaseError
        where [.SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
      {
        continue
      }
    }
    try migrator.migrate(database)
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(LedgerFailure) -> Value {
    try reporting { try database.read(body) }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(LedgerFailure) -> Value {
    try reporting { try database.write(body) }
  }

  /// Tells what goes wrong by the file's name.
  func reporting<Value>(_ body: () throws -> Value) throws(LedgerFailure) -> Value {
    do { return try body() } catch { throw LedgerFailure(error, path: path) }
  }

  /// Adds a run, what it gave every subject, the facts behind those on screening lists, and their
  /// cases, in one transaction; it supersedes the last one of the same id.
  ///
  /// - Returns: the run as it stands in the ledger, with its sequence.
  @discardableResult
  public func record(
    _ run: RunRecord, results: [KindResults] = [], facts: [ScreenedFacts] = [],
    names: [KindNames] = [], cases: [PastCase] = [], successions: [PastSuccession] = []
  ) throws(LedgerFailure) -> RunRecord {
    let packed = try reporting { try PackedRun(results: results, facts: facts, names: names) }
    return try record(run, packed, cases: cases, successions: successions)
  }

  /// The same of results and facts that were packed before.
  ///
  /// - Parameter isPublished: false where its reports do not stand in their place yet; then nobody
  ///   sees the run before `complete`.
  @discardableResult
  public func record(
    _ run: RunRecord, _ packed: PackedRun, cases: [PastCase] = [],
    successions: [PastSuccession] = [], figures: RunFigures? = nil, isPublished: Bool = true
  ) throws(LedgerFailure) -> RunRecord {
    try write { database in
      var run = run
      run.supersedes = try Int.fetchOne(
        database, sql: "SELECT max(sequence) FROM run WHERE id = ?", arguments: [run.id])
      try insert(run, into: database)
      run.sequence = Int(database.lastInsertedRowID)
      for (position, summary) in run.rubrics.enumerated() {
        try insert(summary, of: run.sequence, at: position, into: database)
      }
      try insert(packed, of: run.sequence, into: database)
      for (position, one) in cases.enumerated() {
        try insert(one, of: run.sequence, at: position, into: database)
      }
      for one in successions { try insert(one, of: run.sequence, into: database) }
      if let figures {
        try database.execute(
          sql: "INSERT INTO run_figures VALUES (?, ?)",
          arguments: [run.sequence, try json(figures)])
      }
      if !isPublished {
        try database.execute(
          sql: "INSERT INTO unpublished_run VALUES (?)", arguments: [run.sequence])
      }
      return run
    }
  }

  /// What a run found in all; nil where it was recorded before that was kept.
  public func figures(of run: Int) throws(LedgerFailure) -> RunFigures? {
    try read { database in
      try String.fetchOne(
        database, sql: "SELECT figures FROM run_figures WHERE run = ?", arguments: [run]
      ).map { try JSONDecoder().decode(RunFigures.self, from: Data($0.utf8)) }
    }
  }

  /// All runs, in the order in which they were recorded.
  public func runs() throws(LedgerFailure) -> [RunRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM run WHERE \(Ledger.isPublished("sequence")) ORDER BY sequence"
      ).map { try RunRecord($0, in: database) }
    }
  }

  /// The last run of an id; nil without one.
  public func latest(id: String) throws(LedgerFailure) -> RunRecord? {
    try latest(id: id, before: Int.max)
  }

  /// The last run of an id among those recorded before a place in the ledger; nil without one.
  public func latest(id: String, before sequence: Int) throws(LedgerFailure) -> RunRecord? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT * FROM run WHERE id = ? AND sequence < ? AND \(Ledger.isPublished("sequence"))
          ORDER BY sequence DESC LIMIT 1
          """, arguments: [id, sequence]
      )
      .map { try RunRecord($0, in: database) }
    }
  }
}

private func insert(_ run: RunRecord, into database: Database) throws {
  try database.execute(
    sql: """
      INSERT INTO run (supersedes, id, title, purpose, as_of, pack, edition, pack_hash,
        delivery, rules, tool_version, started, finished, exit_status, manifest_hash, manifest)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
    arguments: [
      run.supersedes, run.id, run.title, run.purpose, run.asOf, run.pack, run.edition,
      run.packHash, run.delivery, run.rules, run.toolVersion, run.started, run.finished,
      run.exitStatus, run.manifestHash, run.manifest,
    ])
}

private func insert(
  _ summary: RubricSummary, of run: Int, at position: Int, into database: Database
) throws {
  try database.execute(
    sql: "INSERT INTO rubric_summary VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    arguments: [
      run, position, summary.rubric, summary.subjects, summary.ranked, summary.pending,
      summary.gated, summary.aggregate,
    ])
}

extension RunRecord {
  init(_ row: Row, in database: Database) throws {
    func column<Value: DatabaseValueConvertible>(_ name: String) throws -> Value {
      try row.decode(forColumn: name)
    }
    let sequence: Int = try column("sequence")
    let summaries = try Row.fetchAll(
      database, sql: "SELECT * FROM rubric_summary WHERE run = ? ORDER BY position",
      arguments: [sequence])
    self.init(
      id: try column("id"), title: try column("title"), purpose: try column("purpose"),
      asOf: try column("as_of"), pack: try column("pack"), edition: try column("edition"),
      packHash: try column("pack_hash"), delivery: try column("delivery"),
      rules: try row.decode(forColumn: "rules"), toolVersion: try column("tool_version"),
      started: try column("started"), finished: try column("finished"),
      exitStatus: try column("exit_status"), manifestHash: try column("manifest_hash"),
      manifest: try column("manifest"), rubrics: try summaries.map { try RubricSummary($0) })
    self.sequence = sequence
    supersedes = try row.decode(forColumn: "supersedes")
  }
}

extension RubricSummary {
  fileprivate init(_ row: Row) throws {
    self.init(
      rubric: try row.decode(forColumn: "rubric"), subjects: try row.decode(forColumn: "subjects"),
      ranked: try row.decode(forColumn: "ranked"), pending: try row.decode(forColumn: "pending"),
      gated: try row.decode(forColumn: "gated"),
      aggregate: try row.decode(forColumn: "aggregate"))
  }
}
