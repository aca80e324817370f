import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fail, ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import type { Log } from '../ports.ts'
import { attemptSchema, type Attempt } from './attempt.ts'
import type { Mark } from './fetch-result.ts'
import type { TakeEvent } from './machine.ts'
import { migrations } from './migrations.ts'
import { orderSchema, type Order } from './order.ts'
import { spendRows, type SpendRows } from './spend-rows.ts'
import { uploadRows, type UploadRows } from './upload-rows.ts'

export type TakeRecord = { readonly order: Order; readonly attempt: Attempt }

/** The durable memory of all takes. Every method returns after its change is on disk. */
export type Journal = UploadRows &
  SpendRows & {
    /** Every take that can be read, and the ids of those that cannot. */
    readonly load: () => { readonly records: readonly TakeRecord[]; readonly unreadable: readonly string[] }
    /** Why nothing may be written: a newer Understudy has made this library. Every write throws then. */
    readonly readOnly: Problem | null
    /** A new take with its first attempt. */
    readonly add: (order: Order, attempt: Attempt) => void
    /** The attempt as it is now and the event that led there, in one transaction. */
    readonly record: (attempt: Attempt, event: TakeEvent) => void
    /** A new attempt of a known take. */
    readonly addAttempt: (attempt: Attempt) => void
    readonly events: (take: string) => readonly {
      readonly attempt: number
      readonly at: string
      readonly type: string
      readonly state: string
      /** The task that this event named. */
      readonly taskId?: string
    }[]
    /** The tasks of every other attempt. */
    readonly tasksOfOthers: (attempt: Attempt) => readonly string[]
    /** How far a download has safely come; null before its first mark. */
    readonly mark: (attempt: Attempt) => Mark | null
    readonly setMark: (attempt: Attempt, mark: Mark) => void
    readonly close: () => void
  }

const busy = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === 5

/**
 * Opens the database and takes the library's lock: an exclusive lock of SQLite itself, which dies with the process
 * however the process dies. FULL, because a committed WIRE must survive a power cut.
 */
function openExclusive(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    db.exec('PRAGMA journal_mode = WAL')
    db.exec('PRAGMA synchronous = FULL')
    // macOS flushes to the platter only when asked twice.
    db.exec('PRAGMA fullfsync = ON')
    db.exec('PRAGMA foreign_keys = ON')
    // The exclusive lock is taken by the first write, not by the pragma.
    db.exec('BEGIN EXCLUSIVE; COMMIT')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const versionOf = (db: DatabaseSync) => Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)

function transaction(db: DatabaseSync, run: () => void): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    run()
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function migrate(db: DatabaseSync, path: string): void {
  const from = versionOf(db)
  if (from === migrations.length) return
  const backup = `${path}.v${String(from)}.bak`
  if (from > 0 && !existsSync(backup)) db.prepare('VACUUM INTO ?').run(backup)
  transaction(db, () => {
    for (const sql of migrations.slice(from)) db.exec(sql)
    db.exec(`PRAGMA user_version = ${String(migrations.length)}`)
  })
}

const newer = fail('library-newer', 'This library was written by a newer Understudy.', {
  advice:
    'Its takes can be looked at and nothing is changed. Install the newest Understudy to go on with them.',
}).problem

export function openJournal(path: string, log: Log): Outcome<Journal> {
  try {
    const db = openExclusive(path)
    if (versionOf(db) > migrations.length) {
      db.exec('PRAGMA query_only = ON')
      return ok(journalOver(db, log, newer))
    }
    migrate(db, path)
    return ok(journalOver(db, log, null))
  } catch (error) {
    if (busy(error)) {
      return fail('library-in-use', 'Another Understudy already has this library open.', {
        advice: 'Use that one, or close it first.',
      })
    }
    const detail = error instanceof Error ? error.message : String(error)
    return fail('library-damaged', `The library at ${path} cannot be opened.`, {
      advice:
        'Check that the folder is writable. The takes themselves lie in its library folder, in plain files.',
      detail,
    })
  }
}

function readMark(row: Record<string, unknown> | undefined): Mark | null {
  if (row === undefined) return null
  const validator = row['validator']
  const total = row['total']
  return {
    url: String(row['url']),
    validator: typeof validator === 'string' ? validator : null,
    total: typeof total === 'number' ? total : null,
    done: Number(row['done']),
  }
}

function journalOver(db: DatabaseSync, log: Log, readOnly: Problem | null): Journal {
  const rows = db.prepare(
    `SELECT takes.id AS id, takes.data AS "order", attempts.data AS attempt FROM takes
     JOIN attempts ON attempts.take = takes.id
       AND attempts.number = (SELECT MAX(number) FROM attempts AS newest WHERE newest.take = takes.id)
     ORDER BY takes.id DESC`,
  )
  const insertTake = db.prepare('INSERT INTO takes (id, data) VALUES (?, ?)')
  const insertAttempt = db.prepare('INSERT INTO attempts (take, number, state, data) VALUES (?, ?, ?, ?)')
  const updateAttempt = db.prepare('UPDATE attempts SET state = ?, data = ? WHERE take = ? AND number = ?')
  const insertEvent = db.prepare(
    'INSERT INTO events (take, attempt, at, type, state, data) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const listEvents = db.prepare(
    `SELECT attempt, at, type, state, json_extract(data, '$.taskId') AS task FROM events WHERE take = ? ORDER BY seq`,
  )
  const listTasks = db.prepare(
    `SELECT json_extract(data, '$.taskId') AS task FROM attempts
     WHERE NOT (take = ? AND number = ?) AND json_extract(data, '$.taskId') IS NOT NULL`,
  )
  const getMark = db.prepare(
    'SELECT url, validator, total, done FROM downloads WHERE take = ? AND attempt = ?',
  )
  const putMark = db.prepare(
    'INSERT OR REPLACE INTO downloads (take, attempt, url, validator, total, done) VALUES (?, ?, ?, ?, ?, ?)',
  )

  const { note: noteSpend, ...spending } = spendRows((sql) => db.prepare(sql))

  const note = (attempt: Attempt, type: string, data: unknown) =>
    insertEvent.run(attempt.take, attempt.number, attempt.since, type, attempt.state, JSON.stringify(data))

  const writeNew = (attempt: Attempt) => {
    insertAttempt.run(attempt.take, attempt.number, attempt.state, JSON.stringify(attempt))
    note(attempt, 'added', {})
  }

  return {
    ...uploadRows((sql) => db.prepare(sql)),
    ...spending,
    readOnly,
    load: () => {
      const records: TakeRecord[] = []
      const unreadable: string[] = []
      for (const row of rows.all()) {
        try {
          const order = orderSchema.parse(JSON.parse(String(row['order'])))
          const attempt = attemptSchema.parse(JSON.parse(String(row['attempt'])))
          records.push({ order, attempt })
        } catch (error) {
          log('a take in the library cannot be read and is left alone', { error })
          unreadable.push(String(row['id']))
        }
      }
      return { records, unreadable }
    },
    add: (order, attempt) => {
      transaction(db, () => {
        insertTake.run(order.id, JSON.stringify(order))
        writeNew(attempt)
      })
    },
    addAttempt: (attempt) => {
      transaction(db, () => {
        writeNew(attempt)
      })
    },
    record: (attempt, event) => {
      transaction(db, () => {
        updateAttempt.run(
          attempt.state,
          JSON.stringify(attemptSchema.parse(attempt)),
          attempt.take,
          attempt.number,
        )
        note(attempt, event.type, event)
        noteSpend(attempt)
      })
    },
    events: (take) =>
      listEvents.all(take).map((row) => ({
        attempt: Number(row['attempt']),
        at: String(row['at']),
        type: String(row['type']),
        state: String(row['state']),
        ...(typeof row['task'] === 'string' && { taskId: row['task'] }),
      })),
    tasksOfOthers: ({ take, number }) => listTasks.all(take, number).map((row) => String(row['task'])),
    mark: (attempt) => readMark(getMark.get(attempt.take, attempt.number)),
    setMark: (attempt, mark) => {
      putMark.run(attempt.take, attempt.number, mark.url, mark.validator, mark.total, mark.done)
    },
    close: () => {
      db.close()
    },
  }
}
