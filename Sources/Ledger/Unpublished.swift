import GRDB

/// Runs that are recorded while their reports are not in their place yet.
///
/// Reports and ledger agree because there is one point of no return, the renaming of the reports'
/// folder: the ledger's rows are written before it, unseen, and shown after it. Whoever finds
/// unseen rows that nobody works on looks at which reports stand there, and shows or removes them.
extension Ledger {
  /// The condition that a run, by its sequence in a column, is published.
  static func isPublished(_ column: String) -> String {
    "\(column) NOT IN (SELECT run FROM unpublished_run)"
  }

  /// Runs that were recorded and neither completed nor withdrawn.
  public func unpublished() throws(LedgerFailure) -> [(
    sequence: Int, id: String, manifestHash: String
  )] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT sequence, id, manifest_hash FROM run
          WHERE sequence IN (SELECT run FROM unpublished_run) ORDER BY sequence
          """
      ).map { row in
        (
          try row.decode(forColumn: "sequence"), try row.decode(forColumn: "id"),
          try row.decode(forColumn: "manifest_hash")
        )
      }
    }
  }

  /// Shows a run, whose reports are in their place.
  public func complete(_ run: Int) throws(LedgerFailure) {
    try write { database in
      try database.execute(sql: "DELETE FROM unpublished_run WHERE run = ?", arguments: [run])
    }
  }

  /// Removes all rows of a run that was not published.
  public func withdraw(_ run: Int) throws(LedgerFailure) {
    try write { database in
      guard
        try Bool.fetchOne(
          database, sql: "SELECT EXISTS (SELECT 1 FROM unpublished_run WHERE run = ?)",
          arguments: [run]) == true
      else { return }
      // Every table that a run has rows in but its own, which the others refer to.
      let tables = try String.fetchAll(
        database,
        sql: """
          SELECT s.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c
          WHERE s.type = 'table' AND c.name = 'run'
          """)
      for table in tables {
        try database.execute(sql: "DELETE FROM \(table) WHERE run = ?", arguments: [run])
      }
      try database.execute(sql: "DELETE FROM run WHERE sequence = ?", arguments: [run])
    }
  }
}
