import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { replaceWholeSync } from '../../files/write-whole.ts'
import { isConstraintViolation } from './writes.ts'

/** The schema, one step per version. A released step is never edited; a new one is added at the end. */
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
  `CREATE TABLE folders (
     take TEXT PRIMARY KEY,
     mark TEXT NOT NULL,
     standing TEXT NOT NULL,
     task TEXT
   ) STRICT;
   CREATE TABLE kept (
     only INTEGER PRIMARY KEY CHECK (only = 1),
     seq INTEGER NOT NULL
   ) STRICT;`,
  // What is listed and searched, without JSON: long rows make a list slow. AUTOINCREMENT never gives a number twice.
  `CREATE TABLE cards (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     take TEXT NOT NULL UNIQUE REFERENCES takes (id),
     created TEXT NOT NULL,
     state TEXT NOT NULL,
     ratio REAL,
     stars INTEGER NOT NULL DEFAULT 0,
     flag TEXT,
     provider TEXT NOT NULL,
     mode TEXT NOT NULL,
     model TEXT NOT NULL,
     clip TEXT NOT NULL,
     character TEXT NOT NULL,
     clip_content TEXT,
     character_content TEXT,
     name TEXT,
     note TEXT NOT NULL DEFAULT '',
     revision INTEGER NOT NULL DEFAULT 0,
     mirrored INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX cards_to_mirror ON cards (take) WHERE mirrored < revision;
   CREATE TABLE tags (
     take TEXT NOT NULL REFERENCES cards (take),
     folded TEXT NOT NULL,
     place INTEGER NOT NULL,
     tag TEXT NOT NULL,
     PRIMARY KEY (take, folded)
   ) STRICT;
   CREATE INDEX takes_of_tag ON tags (folded, take);
   CREATE TABLE boards (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     folded TEXT NOT NULL,
     made TEXT NOT NULL,
     cover TEXT
   ) STRICT;
   CREATE TABLE board_takes (
     board TEXT NOT NULL REFERENCES boards (id),
     take TEXT NOT NULL,
     place INTEGER NOT NULL,
     PRIMARY KEY (board, take)
   ) STRICT;
   CREATE INDEX boards_of_take ON board_takes (take);
   CREATE TABLE boards_revision (
     only INTEGER PRIMARY KEY CHECK (only = 1),
     revision INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE words_indexed (
     only INTEGER PRIMARY KEY CHECK (only = 1),
     version INTEGER NOT NULL
   ) STRICT;`,
  `CREATE TABLE trash (
     take TEXT PRIMARY KEY REFERENCES takes (id),
     at TEXT NOT NULL,
     binned TEXT
   ) STRICT;`,
]

export type Database = DatabaseSync

/** Opens the connection; a test passes one that fails like a broken disk. */
export type Connect = (path: string) => Database

export const connect: Connect = (path) => new DatabaseSync(path, { timeout: 0 })

/** The file is a database, but parts of it are damaged. */
class Malformed extends Error {
  /** SQLITE_CORRUPT. */
  readonly errcode = 11
}

/**
 * Opens the database and takes the library’s lock: an exclusive lock of SQLite, which ends with the process however it
 * ends. FULL, because a committed WIRE must survive a power cut.
 */
export function openExclusive(path: string, to: Connect = connect): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const db = to(path)
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    db.exec('PRAGMA journal_mode = WAL')
    db.exec('PRAGMA synchronous = FULL')
    // On macOS, fsync does not reach the disk; F_FULLFSYNC does.
    db.exec('PRAGMA fullfsync = ON')
    db.exec('PRAGMA foreign_keys = ON')
    // The first write takes the exclusive lock, not the pragma.
    db.exec('BEGIN EXCLUSIVE; COMMIT')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** The rows of a damaged table that can still be read, from its beginning and, past the damage, from its end. */
export function rowsLeft(path: string, sql: string): readonly Record<string, unknown>[] {
  const rows = new Map<unknown, Record<string, unknown>>()
  for (const direction of ['ASC', 'DESC']) {
    let db: Database | null = null
    try {
      db = new DatabaseSync(path, { timeout: 0 })
      for (const row of db.prepare(`${sql} ORDER BY rowid ${direction}`).iterate())
        rows.set(row['rowid'], row)
      // The first direction has them all.
      break
    } catch {
      // The rest cannot be read.
    } finally {
      db?.close()
    }
  }
  return [...rows.values()].toSorted((one, other) => Number(one['rowid']) - Number(other['rowid']))
}

/** Throws if pages are damaged, before anything is read or changed. */
export function checkWhole(db: Database, how: 'quick_check' | 'integrity_check' = 'quick_check'): void {
  const check = String(db.prepare(`PRAGMA ${how}(1)`).get()?.[how])
  if (check !== 'ok') throw new Malformed(check)
}

export const versionOf = (db: Database): number =>
  Number(db.prepare('PRAGMA user_version').get()?.['user_version'])

export function transaction(db: Database, run: () => void): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    run()
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** Runs part of a transaction. If it violates a constraint, it is rolled back and the answer is false. */
export function ifItFits(db: Database, run: () => void): boolean {
  db.exec('SAVEPOINT part')
  try {
    run()
    db.exec('RELEASE part')
    return true
  } catch (error) {
    if (!isConstraintViolation(error)) throw error
    db.exec('ROLLBACK TO part')
    db.exec('RELEASE part')
    return false
  }
}

/** Renamed last, so that an unfinished copy never has the name of a backup. */
function backUp(db: Database, target: string): void {
  const copyTo = db.prepare('VACUUM INTO ?')
  replaceWholeSync(target, (unfinished) => copyTo.run(unfinished), { durable: true })
}

/**
 * Writes the database as it is now to a new file, page by page. Through SQLite: a process that opens and closes its
 * database itself loses the lock on it.
 */
export async function copyDatabase(db: Database, target: string): Promise<void> {
  await backup(db, target)
}

/** Opens a copy that nobody writes to, and makes no file beside it: the copy is about to get another name. */
function openFinished(path: string): Database {
  const url = pathToFileURL(path)
  url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true })
}

/** What a virtual table shows is in other tables. */
const tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name"

/** How many rows every table has, with the version of the schema. */
const countsOf = (db: Database): string =>
  JSON.stringify([
    versionOf(db),
    db
      .prepare(tables)
      .all()
      .map(({ name }) => [
        name,
        db.prepare(`SELECT count(*) AS rows FROM "${String(name).replaceAll('"', '""')}"`).get()?.['rows'],
      ]),
  ])

/** Whether a copy is undamaged and has every row of the database. Nothing is written beside it. */
export function isCopyOf(db: Database, path: string): boolean {
  let copy: Database | null = null
  try {
    copy = openFinished(path)
    checkWhole(copy, 'integrity_check')
    return countsOf(copy) === countsOf(db)
  } catch {
    // It can’t be read: cut short, or damaged.
    return false
  } finally {
    copy?.close()
  }
}

/** Updates the schema in one transaction, after backing up the database. */
export function migrate(db: Database, path: string, steps: readonly string[] = migrations): void {
  const from = versionOf(db)
  if (from === steps.length) return
  if (from > 0) backUp(db, `${path}.v${String(from)}.bak`)
  transaction(db, () => {
    for (const sql of steps.slice(from)) db.exec(sql)
    db.exec(`PRAGMA user_version = ${String(steps.length)}`)
  })
}
