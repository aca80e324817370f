import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Log } from '../../system/ports.ts'
import { attemptSchema, type Attempt, orderSchema, type Order } from '../attempt.ts'
import {
  downloadRows,
  placeRow,
  type PlaceRow,
  type DownloadRows,
  spendRows,
  type SpendRows,
  uploadRows,
  type UploadRows,
} from './tables.ts'
import { eventRows, type EventRows } from './event-rows.ts'
import type { TakeEvent } from '../take-event.ts'
import { madeByNewer } from './problems.ts'
import { createReservedSpace, whyNotOpened, createWrites, type Need, type Writes } from './writes.ts'
import {
  migrations,
  checkWhole,
  connect,
  ifItFits,
  migrate,
  openExclusive,
  transaction,
  versionOf,
  type Connect,
  type Database,
} from './database.ts'
import type { KeptTake, TakeRecord } from '../record.ts'

/**
 * The database of all takes. Every method returns after its change is on disk.
 * @throws NotWritten from every method that writes
 */
export type Journal = UploadRows &
  DownloadRows &
  EventRows &
  PlaceRow &
  SpendRows & {
    /** Every take that can be read, and the ids of those that can’t. */
    readonly load: () => { readonly records: readonly TakeRecord[]; readonly unreadable: readonly string[] }
    /**
     * Adds a take whose task is known already, with the event that named the task. In the same transaction, `from`
     * records what this means for the attempt that sent the task.
     */
    readonly addSplitOff: (
      record: TakeRecord,
      event: TakeEvent,
      from?: { readonly attempt: Attempt; readonly event: TakeEvent },
    ) => void
    /** Every attempt that a newer one replaced. */
    readonly replacedAttempts: () => readonly TakeRecord[]
    /**
     * Why nothing may be written: a newer Understudy made this library, or the disk failed while this process was
     * writing. Every write throws then.
     */
    readonly readOnly: Problem | null
    readonly add: (order: Order, attempt: Attempt) => void
    /** Saves the attempt and the event that changed it, in one transaction. */
    readonly record: (attempt: Attempt, event: TakeEvent) => void
    readonly addAttempt: (attempt: Attempt) => void
    /** Adds takes that were kept elsewhere. Returns the ids of those that conflict with what is here. */
    readonly restore: (takes: readonly KeptTake[]) => readonly string[]
    /** Every readable attempt of a take, oldest first. */
    readonly attempts: (take: string) => readonly Attempt[]
    /** The task ids of all attempts. */
    readonly tasks: () => readonly string[]
    /** The task ids of all attempts but this one. */
    readonly tasksOfOthers: (attempt: Attempt) => readonly string[]
    readonly close: () => void
  }

/** A test may replace these. */
export type JournalPorts = { readonly connect?: Connect; readonly steps?: readonly string[] }

function openWhole(path: string, log: Log, ports: JournalPorts): Journal {
  const { steps = migrations } = ports
  const db = openExclusive(path, ports.connect ?? connect)
  try {
    checkWhole(db)
    const ballast = createReservedSpace(`${path}.ballast`, log)
    if (versionOf(db) > steps.length) {
      db.exec('PRAGMA query_only = ON')
      return journalOver(db, log, createWrites(ballast, log, madeByNewer))
    }
    migrate(db, path, steps)
    ballast.ensure()
    return journalOver(db, log, createWrites(ballast, log, null))
  } catch (error) {
    db.close()
    throw error
  }
}

export function openJournal(path: string, log: Log, ports: JournalPorts = {}): Outcome<Journal> {
  try {
    return ok(openWhole(path, log, ports))
  } catch (error) {
    return whyNotOpened(path, error)
  }
}

function readAttempt(text: string): Attempt | null {
  try {
    return attemptSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function journalOver(db: Database, log: Log, writes: Writes): Journal {
  const rows = db.prepare(
    `SELECT takes.id AS id, takes.data AS "order", attempts.data AS attempt FROM takes
     JOIN attempts ON attempts.take = takes.id
       AND attempts.number = (SELECT MAX(number) FROM attempts AS newest WHERE newest.take = takes.id)
     ORDER BY takes.id DESC`,
  )
  const formerRows = db.prepare(
    `SELECT takes.id AS id, takes.data AS "order", attempts.data AS attempt FROM takes
     JOIN attempts ON attempts.take = takes.id
       AND attempts.number < (SELECT MAX(number) FROM attempts AS newest WHERE newest.take = takes.id)`,
  )
  const upsertTake = db.prepare(
    'INSERT INTO takes (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data',
  )
  const upsertAttempt = db.prepare(
    `INSERT INTO attempts (take, number, state, data) VALUES (?, ?, ?, ?)
     ON CONFLICT (take, number) DO UPDATE SET state = excluded.state, data = excluded.data`,
  )
  const insertTake = db.prepare('INSERT INTO takes (id, data) VALUES (?, ?)')
  const insertAttempt = db.prepare('INSERT INTO attempts (take, number, state, data) VALUES (?, ?, ?, ?)')
  const updateAttempt = db.prepare('UPDATE attempts SET state = ?, data = ? WHERE take = ? AND number = ?')
  const insertEvent = db.prepare(
    'INSERT INTO events (take, attempt, at, type, state, data) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const listTasks = db.prepare(
    // A row that can’t be read must not fail the look-up for the other takes.
    `SELECT task FROM (SELECT take, number,
       CASE WHEN json_valid(data) THEN json_extract(data, '$.taskId') END AS task FROM attempts)
     WHERE NOT (take = ? AND number = ?) AND task IS NOT NULL`,
  )
  const listAttempts = db.prepare('SELECT data FROM attempts WHERE take = ? ORDER BY number')
  const listWired = db.prepare("SELECT take FROM attempts WHERE state = 'WIRE'")

  const prepare = (sql: string) => db.prepare(sql)
  const { saveUpload, keepUpload, ...uploading } = uploadRows(prepare)
  const downloads = downloadRows(prepare)
  const placing = placeRow(prepare)
  const { note: noteSpend, ...spending } = spendRows(prepare)

  const note = (attempt: Attempt, type: string, data: unknown) =>
    insertEvent.run(attempt.take, attempt.number, attempt.since, type, attempt.state, JSON.stringify(data))

  const writeNew = (attempt: Attempt) => {
    insertAttempt.run(attempt.take, attempt.number, attempt.state, JSON.stringify(attempt))
    note(attempt, 'added', {})
    noteSpend(attempt)
  }

  const update = (attempt: Attempt, event: TakeEvent) => {
    updateAttempt.run(
      attempt.state,
      JSON.stringify(attemptSchema.parse(attempt)),
      attempt.take,
      attempt.number,
    )
    note(attempt, event.type, event)
    noteSpend(attempt)
  }

  /** Unreadable takes that are in the log already. */
  const reported = new Set<string>()
  const read = (found: readonly Record<string, unknown>[]) => {
    const records: TakeRecord[] = []
    const unreadable: string[] = []
    for (const row of found) {
      try {
        const order = orderSchema.parse(JSON.parse(String(row['order'])))
        const attempt = attemptSchema.parse(JSON.parse(String(row['attempt'])))
        records.push({ order, attempt })
      } catch (error) {
        const take = String(row['id'])
        if (!reported.has(take)) log('a take in the library can’t be read and is skipped', { take, error })
        reported.add(take)
        unreadable.push(take)
      }
    }
    return { records, unreadable }
  }

  const inTransaction = (run: () => void, need?: () => Need) => {
    writes.run(() => {
      transaction(db, run)
    }, need)
  }

  const written =
    <Args extends readonly unknown[]>(write: (...args: Args) => void) =>
    (...args: Args) => {
      writes.run(() => {
        write(...args)
      })
    }

  /** While a paid request is being sent, the reserved space is for its outcome. */
  const mayUseReserve = (attempt: Attempt) => {
    const wired = listWired.all()
    return wired.length === 0 || wired.some((row) => row['take'] === attempt.take)
  }
  const needOf = (attempt: Attempt, { type }: TakeEvent): Need => {
    if (type === 'intent' || type === 'wire') return 'sending'
    return mayUseReserve(attempt) ? 'precious' : 'plain'
  }

  /** An unreadable take is overwritten; its events stay, because events are append-only. */
  const restoreOne = ({ order, attempts, history, uploads }: KeptTake, isUnreadable: boolean) => {
    const [putTake, putAttempt] = isUnreadable ? [upsertTake, upsertAttempt] : [insertTake, insertAttempt]
    putTake.run(order.id, JSON.stringify(order))
    for (const attempt of attempts) {
      putAttempt.run(attempt.take, attempt.number, attempt.state, JSON.stringify(attempt))
      noteSpend(attempt)
    }
    for (const { attempt, at, type, state, taskId } of isUnreadable ? [] : history) {
      insertEvent.run(
        order.id,
        attempt,
        at,
        type,
        state,
        JSON.stringify(taskId === undefined ? {} : { taskId }),
      )
    }
    for (const newest of attempts.slice(-1)) note(newest, 'rebuilt', {})
    for (const upload of uploads) keepUpload(upload)
  }

  return {
    ...uploading,
    ...spending,
    ...eventRows(prepare),
    get readOnly() {
      return writes.broken()
    },
    load: () => read(rows.all()),
    replacedAttempts: () => read(formerRows.all()).records,
    add: (order, attempt) => {
      inTransaction(() => {
        insertTake.run(order.id, JSON.stringify(order))
        writeNew(attempt)
      })
    },
    addAttempt: (attempt) => {
      inTransaction(() => {
        writeNew(attempt)
      })
    },
    record: (attempt, event) => {
      inTransaction(
        () => {
          update(attempt, event)
        },
        () => needOf(attempt, event),
      )
    },
    addSplitOff: ({ order, attempt }, event, from) => {
      inTransaction(
        () => {
          insertTake.run(order.id, JSON.stringify(order))
          writeNew(attempt)
          note(attempt, event.type, event)
          if (from) update(from.attempt, from.event)
        },
        () => needOf(attempt, event),
      )
    },
    restore: (takes) => {
      let misfits: readonly KeptTake[] = []
      const unreadable = new Set(read(rows.all()).unreadable)
      inTransaction(() => {
        misfits = takes.filter((take) => !ifItFits(db, () => restoreOne(take, unreadable.has(take.order.id))))
      })
      return misfits.map(({ order }) => order.id)
    },
    attempts: (take) => listAttempts.all(take).flatMap((row) => readAttempt(String(row['data'])) ?? []),
    tasks: () => listTasks.all('', 0).map((row) => String(row['task'])),
    tasksOfOthers: ({ take, number }) => listTasks.all(take, number).map((row) => String(row['task'])),
    mark: downloads.mark,
    setMark: written(downloads.setMark),
    saveUpload: written(saveUpload),
    place: placing.place,
    setPlace: written(placing.setPlace),
    close: () => {
      if (db.isOpen) db.close()
    },
  }
}
