import GRDB

/// The ledger's schema, as the steps that led to it; a step that was published never changes.
func migrations() -> DatabaseMigrator {
  var migrator = DatabaseMigrator()
  migrator.registerMigration("runs") { database in
    try database.execute(
      sql: """
        CREATE TABLE run (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          supersedes INTEGER REFERENCES run (sequence),
          id TEXT NOT NULL,
          title TEXT NOT NULL,
          purpose TEXT NOT NULL,
          as_of TEXT NOT NULL,
          pack TEXT NOT NULL,
          edition TEXT NOT NULL,
          pack_hash TEXT NOT NULL,
          delivery TEXT NOT NULL,
          rules TEXT,
          tool_version TEXT NOT NULL,
          started TEXT NOT NULL,
          finished TEXT NOT NULL,
          exit_status INTEGER NOT NULL,
          manifest_hash TEXT NOT NULL,
          manifest TEXT NOT NULL
        ) STRICT;
        CREATE INDEX run_by_id ON run (id, sequence);
        """)
  }
  migrator.registerMigration("rubric summaries") { database in
    try database.execute(
      sql: """
        CREATE TABLE rubric_summary (
          run INTEGER NOT NULL REFERENCES run (sequence),
          position INTEGER NOT NULL,
          rubric TEXT NOT NULL,
          subjects INTEGER NOT NULL,
          ranked INTEGER NOT NULL,
          pending INTEGER NOT NULL,
          gated INTEGER NOT NULL,
          aggregate TEXT NOT NULL,
          PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID;
        """)
  }
  return migrator
}
