import Foundation
import GRDB
import Tables

extension Ledger {
  /// One subject through all runs, under every rubric of its kind that the runs applied; runs in
  /// the order in which they were recorded.
  ///
  /// - Complexity: a look-up in an index and one stretch of about a thousand subjects a run.
  public func results(of subject: String) throws(LedgerFailure) -> [PastResult] {
    let id = Array(subject.utf8)
    return try read { database in
      var found: [PastResult] = []
      let kinds = try Row.fetchAll(
        database,
        sql: """
          SELECT run, kind, header FROM result_kind WHERE \(Ledger.isPublished("run"))
          ORDER BY run, position
          """)
      for row in kinds {
        let run: Int = try row.decode(forColumn: "run")
        let kind: String = try row.decode(forColumn: "kind")
        let text: String = try row.decode(forColumn: "header")
        let header = try JSONDecoder().decode(ResultHeader.self, from: Data(text.utf8))
        let stretches = Stretches(table: .results, run: run, key: kind, header: text)
        let outcomes = try stretches.bytes(of: id, in: database).flatMap { bytes in
          try PackedResults(bytes: bytes).find(id, header: header, stretches.damage)
        }
        for (index, rubric) in header.rubrics.enumerated() {
          found.append(
            PastResult(
              run: run, rubric: rubric.id, title: rubric.title, edition: rubric.edition,
              outcome: outcomes?[index]))
        }
      }
      let concerned = Set(found.filter { $0.outcome != nil }.map(\.rubric))
      return found.filter { concerned.contains($0.rubric) }
    }
  }

  /// How many runs have results of single subjects; those of earlier versions have none.
  public func runsWithResults() throws(LedgerFailure) -> Int {
    try read { database in
      try Int.fetchOne(
        database,
        sql: "SELECT count(DISTINCT run) FROM result_kind WHERE \(Ledger.isPublished("run"))") ?? 0
    }
  }
}
