import Foundation
import GRDB
public import Tables

/// The history of all runs in one SQLite file; runs are added and never changed.
public struct Ledger: Sendable {
  let database: DatabaseQueue

  /// Opens the ledger at a path, making it, or bringing it up to date, where needed.
  ///
  /// - Throws: `DatabaseError` where the file cannot be opened, is no ledger, or was made by a
  ///   later version of the program.
  public init(at path: String) throws {
    var settings = Configuration()
    // Another run may be writing; its transaction takes milliseconds.
    settings.busyMode = .timeout(10)
    database = try DatabaseQueue(path: path, configuration: settings)
    let migrator = migrations()
    let isTooNew = try database.read { try migrator.hasBeenSuperseded($0) }
    guard !isTooNew else {
      throw DatabaseError(
        message: "\(path) was written by a later version of heng — run that version")
    }
    try migrator.migrate(database)
  }

  /// Adds a run, what it gave every subject, the facts behind those on screening lists, and their
  /// cases, in one transaction; it supersedes the last one of the same id.
  ///
  /// - Returns: the run as it stands in the ledger, with its sequence.
  @discardableResult
  public func record(
    _ run: RunRecord, results: [KindResults] = [], facts: [ScreenedFacts] = [],
    names: [KindNames] = [], cases: [PastCase] = [], successions: [PastSuccession] = []
  ) throws -> RunRecord {
    try record(
      run, PackedRun(results: results, facts: facts, names: names), cases: cases,
      successions: successions)
  }

  /// The same of results and facts that were packed before.
  @discardableResult
  public func record(
    _ run: RunRecord, _ packed: PackedRun, cases: [PastCase] = [],
    successions: [PastSuccession] = [], figures: RunFigures? = nil
  ) throws -> RunRecord {
    let figures = try figures.map { try json($0) }
    return try database.write { database in
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
          sql: "INSERT INTO run_figures VALUES (?, ?)", arguments: [run.sequence, figures])
      }
      return run
    }
  }

  /// What a run found in all; nil where it was recorded before that was kept.
  public func figures(of run: Int) throws -> RunFigures? {
    try database.read { database in
      try String.fetchOne(
        database, sql: "SELECT figures FROM run_figures WHERE run = ?", arguments: [run])
    }.flatMap { try? JSONDecoder().decode(RunFigures.self, from: Data($0.utf8)) }
  }

  /// All runs, in the order in which they were recorded.
  public func runs() throws -> [RunRecord] {
    try database.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM run ORDER BY sequence")
        .map { try RunRecord($0, in: database) }
    }
  }

  /// The last run of an id; nil without one.
  public func latest(id: String) throws -> RunRecord? { try latest(id: id, before: Int.max) }

  /// The last run of an id among those recorded before a place in the ledger; nil without one.
  public func latest(id: String, before sequence: Int) throws -> RunRecord? {
    try database.read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT * FROM run WHERE id = ? AND sequence < ? ORDER BY sequence DESC LIMIT 1",
        arguments: [id, sequence]
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
  fileprivate init(_ row: Row, in database: Database) throws {
    let sequence: Int = row["sequence"]
    let summaries = try Row.fetchAll(
      database, sql: "SELECT * FROM rubric_summary WHERE run = ? ORDER BY position",
      arguments: [sequence])
    self.init(
      id: row["id"], title: row["title"], purpose: row["purpose"], asOf: row["as_of"],
      pack: row["pack"], edition: row["edition"], packHash: row["pack_hash"],
      delivery: row["delivery"], rules: row["rules"], toolVersion: row["tool_version"],
      started: row["started"], finished: row["finished"], exitStatus: row["exit_status"],
      manifestHash: row["manifest_hash"], manifest: row["manifest"],
      rubrics: summaries.map { RubricSummary($0) })
    self.sequence = sequence
    supersedes = row["supersedes"]
  }
}

extension RubricSummary {
  fileprivate init(_ row: Row) {
    self.init(
      rubric: row["rubric"], subjects: row["subjects"], ranked: row["ranked"],
      pending: row["pending"], gated: row["gated"], aggregate: row["aggregate"])
  }
}
