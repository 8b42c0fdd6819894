import Fields
import Foundation
import GRDB

/// Looking a ledger through, and copying it.
extension Ledger {
  /// What is wrong inside, each in the words of SQLite or by table, run and kind; empty where every
  /// row can be read and is what was written.
  ///
  /// - Complexity: reads the whole file.
  public func faults() throws(LedgerFailure) -> [String] {
    try read { database in
      var faults = try String.fetchAll(database, sql: "PRAGMA integrity_check(100)")
        .filter { $0 != "ok" }
      let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
      if orphans > 0 { faults.append("\(orphans) rows of runs that are not there") }
      for sequence in try Int.fetchAll(database, sql: "SELECT sequence FROM run ORDER BY sequence")
      {
        faults += told("run \(sequence)") {
          guard
            let row = try Row.fetchOne(
              database, sql: "SELECT * FROM run WHERE sequence = ?", arguments: [sequence])
          else { return }
          let run = try RunRecord(row, in: database)
          guard run.manifestHash == sha256(Array(run.manifest.utf8)) else {
            throw DamagedRow(table: "run", run: sequence, kind: "manifest")
          }
        }
      }
      return try faults + packedFaults(in: database)
    }
  }

  /// Whether all packed rows are those that were written and can be read.
  private func packedFaults(in database: Database) throws -> [String] {
    var faults: [String] = []
    let heads: [(table: StretchTable, head: String, key: String, header: String)] = [
      (.results, "result_kind", "kind", "header"), (.facts, "fact_rubric", "rubric", "header"),
      (.names, "name_kind", "kind", "facts"),
    ]
    for (table, head, key, header) in heads {
      let rows = try Row.fetchAll(
        database, sql: "SELECT run, \(key) AS key, \(header) AS header FROM \(head)")
      for row in rows {
        faults += told(table.rawValue) {
          let stretches = Stretches(
            table: table, run: try row.decode(forColumn: "run"),
            key: try row.decode(forColumn: "key"), header: try row.decode(forColumn: "header"))
          try stretches.forEach(in: database) { bytes in
            guard try isWhole(bytes, of: table, header: stretches.header) else {
              throw stretches.damage
            }
          }
        }
      }
    }
    return faults
  }

  private func isWhole(_ bytes: [UInt8], of table: StretchTable, header: String) throws -> Bool {
    let header = Data(header.utf8)
    switch table {
    case .results:
      let header = try JSONDecoder().decode(ResultHeader.self, from: header)
      return PackedResults(bytes: bytes).forEach(header) { _, _ in }
    case .names:
      let facts = try JSONDecoder().decode([String].self, from: header)
      return PackedNames(bytes: bytes).forEach(facts: facts.count) { _, _ in }
    case .facts:
      let header = try JSONDecoder().decode(FactHeader.self, from: header)
      return PackedFacts.isWhole(bytes, header: header)
    }
  }

  private func told(_ place: String, _ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let damage as DamagedRow {
      return ["\(damage)"]
    } catch {
      return ["\(place): \(error)"]
    }
  }

  /// Writes a copy of the whole ledger, as it is at one moment, to a path where nothing stands.
  public func backUp(to copy: String) throws(LedgerFailure) {
    try reporting {
      try database.writeWithoutTransaction { database in
        try database.execute(sql: "VACUUM INTO ?", arguments: [copy])
      }
    }
  }
}
