import { backup, DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { checkWhole, versionOf, type Database } from './database.ts'

/**
 * Writes the database as it is now to a new file, page by page. Through SQLite: a process that opens and closes its
 * database itself loses the lock on it.
 */
export async function copyDatabase(db: Database, target: string): Promise<void> {
  await backup(db, target)
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
  const url = pathToFileURL(path)
  // Nobody writes to it yet. Without this, reading alone makes more files, under a name that is about to change.
  url.searchParams.set('immutable', '1')
  let copy: Database | null = null
  try {
    copy = new DatabaseSync(url, { readOnly: true })
    checkWhole(copy, 'integrity_check')
    return countsOf(copy) === countsOf(db)
  } catch {
    // It can’t be read: cut short, or damaged.
    return false
  } finally {
    copy?.close()
  }
}
