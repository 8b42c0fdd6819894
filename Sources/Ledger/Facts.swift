import Foundation
import GRDB
public import Tables

extension Ledger {
  /// The facts behind a subject's indicators, of all runs in which it stood on a screening list;
  /// runs in the order in which they were recorded.
  public func facts(of subject: String) throws -> [PastFacts] {
    let id = Array(subject.utf8)
    return try database.read { database in
      var found: [PastFacts] = []
      let rubrics = try Row.fetchAll(
        database, sql: "SELECT run, rubric, header FROM fact_rubric ORDER BY run, position")
      for row in rubrics {
        let (run, rubric): (Int, String) = (row["run"], row["rubric"])
        let data = try Data.fetchOne(
          database,
          sql: """
            SELECT data FROM fact_stretch WHERE run = ? AND rubric = ? AND first <= ?
            ORDER BY first DESC LIMIT 1
            """, arguments: [run, rubric, Data(id)])
        guard let data else { continue }
        let text: String = row["header"]
        let header = try JSONDecoder().decode(FactHeader.self, from: Data(text.utf8))
        guard let (points, facts) = PackedFacts.find(id, in: [UInt8](data), header: header) else {
          continue
        }
        found.append(
          PastFacts(
            run: run, rubric: rubric,
            points: zip(header.parts, points).map {
              PastFacts.Points(id: $0.id, title: $0.title, points: $1)
            }, facts: facts))
      }
      return found
    }
  }

  /// Where the cases of a run stood when it was recorded.
  public func cases(of run: Int) throws -> [PastCase] {
    try database.read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM case_state WHERE run = ? ORDER BY position",
        arguments: [run]
      ).map { row in
        PastCase(
          kind: row["kind"], subject: row["subject"], honour: row["honour"],
          state: CaseFile.State(rawValue: row["state"]) ?? .proposed,
          direction: (row["direction"] as String?).flatMap { CaseFile.Direction(rawValue: $0) })
      }
    }
  }
}

/// Where one case stood in a run.
public struct PastCase: Sendable, Equatable {
  public var kind: String
  public var subject: String
  /// Nil where the subject was on no list.
  public var honour: String?
  public var state: CaseFile.State
  public var direction: CaseFile.Direction?

  public init(
    kind: String, subject: String, honour: String?, state: CaseFile.State,
    direction: CaseFile.Direction?
  ) {
    self.kind = kind
    self.subject = subject
    self.honour = honour
    self.state = state
    self.direction = direction
  }
}

func insert(_ one: PastCase, of run: Int, at position: Int, into database: Database) throws {
  try database.execute(
    sql: "INSERT INTO case_state VALUES (?, ?, ?, ?, ?, ?, ?)",
    arguments: [
      run, position, one.kind, one.subject, one.honour, one.state.rawValue,
      one.direction?.rawValue,
    ])
}
