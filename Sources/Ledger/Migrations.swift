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
  migrator.registerMigration("results of subjects") { database in
    // Packed, so that a subject takes about 10 bytes a rubric and 12 of its id; see
    // PackedResults. A stretch holds the subjects from `first` to the next stretch's.
    try database.execute(
      sql: """
        CREATE TABLE result_kind (
          run INTEGER NOT NULL REFERENCES run (sequence),
          position INTEGER NOT NULL,
          kind TEXT NOT NULL,
          header TEXT NOT NULL,
          PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE result_stretch (
          number INTEGER PRIMARY KEY,
          run INTEGER NOT NULL REFERENCES run (sequence),
          kind TEXT NOT NULL,
          first BLOB NOT NULL,
          data BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX result_stretch_by_first ON result_stretch (run, kind, first);
        """)
  }
  migrator.registerMigration("cases, facts of screened subjects, purges") { database in
    // Facts are packed as results are; see PackedFacts. A purge stays when what it removed is gone.
    try database.execute(
      sql: """
        CREATE TABLE case_state (
          run INTEGER NOT NULL REFERENCES run (sequence),
          position INTEGER NOT NULL,
          kind TEXT NOT NULL,
          subject TEXT NOT NULL,
          honour TEXT,
          state TEXT NOT NULL,
          direction TEXT,
          PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fact_rubric (
          run INTEGER NOT NULL REFERENCES run (sequence),
          position INTEGER NOT NULL,
          kind TEXT NOT NULL,
          rubric TEXT NOT NULL,
          header TEXT NOT NULL,
          PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE fact_stretch (
          number INTEGER PRIMARY KEY,
          run INTEGER NOT NULL REFERENCES run (sequence),
          kind TEXT NOT NULL,
          rubric TEXT NOT NULL,
          first BLOB NOT NULL,
          data BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX fact_stretch_by_first ON fact_stretch (run, rubric, first);
        CREATE TABLE purge (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          as_of TEXT NOT NULL,
          begun TEXT NOT NULL,
          finished TEXT,
          planned TEXT NOT NULL,
          proof TEXT
        ) STRICT;
        """)
  }
  migrator.registerMigration("values to carry") { _ in
    // Behind a result stand the values of the rules that the next run may take over; the header
    // names them. There is no table for them, but earlier versions could not read the results.
  }
  migrator.registerMigration("names of subjects, bodies said to be the same") { database in
    // Names are packed as results are; see PackedNames.
    try database.execute(
      sql: """
        CREATE TABLE name_kind (
          run INTEGER NOT NULL REFERENCES run (sequence),
          kind TEXT NOT NULL,
          facts TEXT NOT NULL,
          PRIMARY KEY (run, kind)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE name_stretch (
          number INTEGER PRIMARY KEY,
          run INTEGER NOT NULL REFERENCES run (sequence),
          kind TEXT NOT NULL,
          first BLOB NOT NULL,
          data BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX name_stretch_by_first ON name_stretch (run, kind, first);
        CREATE TABLE succession (
          run INTEGER NOT NULL REFERENCES run (sequence),
          kind TEXT NOT NULL,
          subject TEXT NOT NULL,
          earlier TEXT NOT NULL,
          earlier_name TEXT NOT NULL,
          name TEXT NOT NULL,
          is_same INTEGER NOT NULL,
          PRIMARY KEY (run, kind, subject, earlier)
        ) STRICT, WITHOUT ROWID;
        """)
  }
  migrator.registerMigration("figures of runs") { database in
    // What a run found in all, as JSON; nothing of a single subject.
    try database.execute(
      sql: """
        CREATE TABLE run_figures (
          run INTEGER PRIMARY KEY REFERENCES run (sequence),
          figures TEXT NOT NULL
        ) STRICT;
        """)
  }
  migrator.registerMigration("digests of packed rows, runs being published") { database in
    // A row whose bytes are not those that were written is told as damage and never as a result.
    // A run is recorded before its reports are put in their place, and seen by nobody until then.
    try database.execute(
      sql: """
        ALTER TABLE result_stretch ADD COLUMN digest TEXT;
        ALTER TABLE fact_stretch ADD COLUMN digest TEXT;
        ALTER TABLE name_stretch ADD COLUMN digest TEXT;
        CREATE TABLE unpublished_run (run INTEGER PRIMARY KEY REFERENCES run (sequence)) STRICT;
        """)
  }
  return migrator
}
