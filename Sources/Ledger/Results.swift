import Foundation
import GRDB
import Tables

extension Ledger {
  /// One subject through all runs, under every rubric of its kind that the runs applied; runs in
  /// the order in which they were recorded.
  ///
  /// - Complexity: a look-up in an index and one stretch of about a thousand subjects a run.
  public func results(of subject: String) throws -> [PastResult] {
    let id = Array(subject.utf8)
    return try database.read { database in
      var found: [PastResult] = []
      let kinds = try Row.fetchAll(
        database, sql: "SELECT run, kind, header FROM result_kind ORDER BY run, position")
      for row in kinds {
        let run: Int = row["run"]
        let kind: String = row["kind"]
        let text: String = row["header"]
        let header = try JSONDecoder().decode(ResultHeader.self, from: Data(text.utf8))
        let data = try Data.fetchOne(
          database,
          sql: """
            SELECT data FROM result_stretch WHERE run = ? AND kind = ? AND first <= ?
            ORDER BY first DESC LIMIT 1
            """, arguments: [run, kind, Data(id)])
        let outcomes = data.flatMap { PackedResults(bytes: [UInt8]($0)).find(id, header: header) }
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
  public func runsWithResults() throws -> Int {
    try database.read { database in
      try Int.fetchOne(database, sql: "SELECT count(DISTINCT run) FROM result_kind") ?? 0
    }
  }
}
