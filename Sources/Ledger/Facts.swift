import Foundation
import GRDB
public import Tables

extension Ledger {
  /// The facts behind a subject's indicators, of all runs in which it stood on a screening list;
  /// runs in the order in which they were recorded.
  public func facts(of subject: String) throws(LedgerFailure) -> [PastFacts] {
    let id = Array(subject.utf8)
    return try read { database in
      var found: [PastFacts] = []
      let rubrics = try Row.fetchAll(
        database,
        sql: """
          SELECT run, rubric, header FROM fact_rubric WHERE \(Ledger.isPublished("run"))
          ORDER BY run, position
          """)
      for row in rubrics {
        let run: Int = try row.decode(forColumn: "run")
        let rubric: String = try row.decode(forColumn: "rubric")
        let text: String = try row.decode(forColumn: "header")
        let stretches = Stretches(table: .facts, run: run, key: rubric, header: text)
        guard let bytes = try stretches.bytes(of: id, in: database) else { continue }
        let header = try JSONDecoder().decode(FactHeader.self, from: Data(text.utf8))
        guard
          let (points, facts) = try PackedFacts.find(
            id, in: bytes, header: header, stretches.damage)
        else { continue }
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
  public func cases(of run: Int) throws(LedgerFailure) -> [PastCase] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM case_state WHERE run = ? ORDER BY position",
        arguments: [run]
      ).map { row in
        PastCase(
          kind: try row.decode(forColumn: "kind"), subject: try row.decode(forColumn: "subject"),
          honour: try row.decode(forColumn: "honour"),
          state: CaseFile.State(rawValue: try row.decode(forColumn: "state")) ?? .proposed,
          direction: try row.decode(String?.self, forColumn: "direction")
            .flatMap { CaseFile.Direction(rawValue: $0) })
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
