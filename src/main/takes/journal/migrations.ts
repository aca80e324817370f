/** The schema, one step a version. A released step is never edited; a new one is added at the end. */
export const migrations: readonly string[] = [
  `CREATE TABLE takes (
     id TEXT PRIMARY KEY,
     data TEXT NOT NULL
   ) STRICT;
   CREATE TABLE attempts (
     take TEXT NOT NULL REFERENCES takes (id),
     number INTEGER NOT NULL,
     state TEXT NOT NULL,
     data TEXT NOT NULL,
     PRIMARY KEY (take, number)
   ) STRICT;
   CREATE TABLE events (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     take TEXT NOT NULL REFERENCES takes (id),
     attempt INTEGER NOT NULL,
     at TEXT NOT NULL,
     type TEXT NOT NULL,
     state TEXT NOT NULL,
     data TEXT NOT NULL
   ) STRICT;
   CREATE INDEX events_of_take ON events (take, seq);
   CREATE TRIGGER events_keep BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
   CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
   CREATE TABLE downloads (
     take TEXT NOT NULL,
     attempt INTEGER NOT NULL,
     url TEXT NOT NULL,
     validator TEXT,
     total INTEGER,
     done INTEGER NOT NULL,
     PRIMARY KEY (take, attempt)
   ) STRICT;`,
  `CREATE TABLE uploads (
     name TEXT PRIMARY KEY,
     take TEXT NOT NULL REFERENCES takes (id),
     attempt INTEGER NOT NULL,
     host TEXT NOT NULL,
     role TEXT NOT NULL,
     state TEXT NOT NULL,
     url TEXT,
     until INTEGER,
     note TEXT NOT NULL
   ) STRICT;
   CREATE INDEX uploads_of_take ON uploads (take) WHERE state <> 'gone';
   CREATE TABLE spend (
     take TEXT NOT NULL REFERENCES takes (id),
     attempt INTEGER NOT NULL,
     account TEXT,
     provider TEXT NOT NULL,
     model TEXT NOT NULL,
     clip_name TEXT NOT NULL,
     at TEXT NOT NULL,
     amount REAL,
     outcome TEXT NOT NULL,
     units TEXT,
     unit_name TEXT,
     PRIMARY KEY (take, attempt)
   ) STRICT;
   CREATE INDEX spend_by_time ON spend (at);`,
  `CREATE TABLE place (
     only INTEGER PRIMARY KEY CHECK (only = 1),
     data TEXT NOT NULL
   ) STRICT;`,
]
