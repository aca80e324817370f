import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Log } from '../../system/ports.ts'
import { attemptSchema, type Attempt, type Order } from '../attempt.ts'
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
import { catalogueRows, prepareCatalogue, type CatalogueRows, type FullText } from './catalogue-rows.ts'
import { eventRows, type EventRows } from './event-rows.ts'
import { folderRows, type FolderRows } from './folder-rows.ts'
import { restoreRows, type Restore } from './restore-rows.ts'
import { takeRows, type TakeRows } from './take-rows.ts'
import { trashRows, type TrashRows } from './trash-rows.ts'
import { addWordFunctions } from './take-words.ts'
import type { TakeEvent } from '../take-event.ts'
import { madeByNewer } from './problems.ts'
import { createReservedSpace, whyNotOpened, createWrites, type Need, type Writes } from './writes.ts'
import {
  migrations,
  checkWhole,
  connect,
  copyDatabase,
  ifItFits,
  isCopyOf,
  migrate,
  openExclusive,
  transaction,
  versionOf,
  type Connect,
  type Database,
} from './database.ts'
import type { TakeRecord } from '../record.ts'

/**
 * The database of all takes. Every method returns after its change is on disk.
 * @throws NotWritten from every method that writes
 */
export type Journal = UploadRows &
  DownloadRows &
  EventRows &
  PlaceRow &
  CatalogueRows &
  SpendRows &
  FolderRows &
  TrashRows &
  TakeRows & {
    /**
     * Adds a take whose task is known already, with the event that named the task. In the same transaction, `from`
     * records what this means for the attempt that sent the task.
     */
    readonly addSplitOff: (
      record: TakeRecord,
      event: TakeEvent,
      from?: { readonly attempt: Attempt; readonly event: TakeEvent },
    ) => void
    /**
     * Why nothing may be written: a newer Understudy made this library, or the disk failed while this process was
     * writing. Every write throws then.
     */
    readonly readOnly: Problem | null
    /** Writes nothing any more, for this reason; null ends that. The lock stays. */
    readonly hold: (why: Problem | null) => void
    readonly add: (order: Order, attempt: Attempt) => void
    /** Saves the attempt and the event that changed it, in one transaction. */
    readonly record: (attempt: Attempt, event: TakeEvent) => void
    readonly addAttempt: (attempt: Attempt) => void
    /**
     * Adds takes that were kept elsewhere, all or none. They are read one by one, so they need not fit into memory.
     * Returns the ids of those that conflict with what is here.
     */
    readonly restore: Restore
    /** Writes the list of takes as it is now to a new file. */
    readonly copyTo: (target: string) => Promise<void>
    /** Whether such a file is undamaged and has every row. */
    readonly isCopy: (target: string) => boolean
    readonly close: () => void
  }

/** A test may replace these. */
export type JournalPorts = {
  readonly connect?: Connect
  readonly steps?: readonly string[]
  readonly fullText?: FullText
}

function openWhole(path: string, log: Log, ports: JournalPorts): Journal {
  const { steps = migrations } = ports
  const db = openExclusive(path, ports.connect ?? connect)
  try {
    checkWhole(db)
    addWordFunctions(db)
    const ballast = createReservedSpace(`${path}.ballast`, log)
    if (versionOf(db) > steps.length) {
      db.exec('PRAGMA query_only = ON')
      return journalOver(db, log, createWrites(ballast, log, madeByNewer), ports)
    }
    migrate(db, path, steps)
    prepareCatalogue(db, ports.fullText)
    ballast.ensure()
    return journalOver(db, log, createWrites(ballast, log, null), ports)
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

function journalOver(db: Database, log: Log, writes: Writes, { fullText }: JournalPorts): Journal {
  const insertTake = db.prepare('INSERT INTO takes (id, data) VALUES (?, ?)')
  const insertAttempt = db.prepare('INSERT INTO attempts (take, number, state, data) VALUES (?, ?, ?, ?)')
  const updateAttempt = db.prepare('UPDATE attempts SET state = ?, data = ? WHERE take = ? AND number = ?')
  const insertEvent = db.prepare(
    'INSERT INTO events (take, attempt, at, type, state, data) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const listWired = db.prepare("SELECT take FROM attempts WHERE state = 'WIRE'")

  const prepare = (sql: string) => db.prepare(sql)
  const { saveUpload, keepUpload, ...uploading } = uploadRows(prepare)
  const downloads = downloadRows(prepare)
  const placing = placeRow(prepare)
  const { note: noteSpend, ...spending } = spendRows(prepare)
  const { setSeenFolders, setAllKept, ...folders } = folderRows(prepare)
  const takes = takeRows(prepare, log)
  const { trash, trashedAt, putInTrash, takeOutOfTrash, setBinned } = trashRows(prepare)

  const inTransaction = (run: () => void, need?: () => Need) => {
    writes.run(() => {
      transaction(db, run)
    }, need)
  }
  const { rows: catalogue, hooks } = catalogueRows(db, inTransaction, fullText)

  const note = (attempt: Attempt, type: string, data: unknown) =>
    insertEvent.run(attempt.take, attempt.number, attempt.since, type, attempt.state, JSON.stringify(data))

  const writeNew = (attempt: Attempt) => {
    insertAttempt.run(attempt.take, attempt.number, attempt.state, JSON.stringify(attempt))
    note(attempt, 'added', {})
    noteSpend(attempt)
    hooks.noteFacts(attempt.take)
  }

  const addNew = (order: Order, attempt: Attempt) => {
    insertTake.run(order.id, JSON.stringify(order))
    writeNew(attempt)
    hooks.addCard(order.id)
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
    hooks.noteFacts(attempt.take)
  }

  const written =
    <Args extends readonly unknown[]>(write: (...args: Args) => void) =>
    (...args: Args) => {
      writes.run(() => {
        write(...args)
      })
    }

  /** The same, for what writes several rows: all of them or none. */
  const changing =
    <Args extends readonly unknown[]>(write: (...args: Args) => void) =>
    (...args: Args) => {
      inTransaction(() => {
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

  const restore = restoreRows({
    prepare,
    insertTake,
    insertAttempt,
    insertEvent,
    note,
    noteSpend,
    keepUpload,
    putInTrash,
    ...hooks,
    isUnreadable: (id) => takes.loadSome([id]).unreadable.length > 0,
    ifItFits: (run) => ifItFits(db, run),
  })

  return {
    ...uploading,
    ...spending,
    ...catalogue,
    ...eventRows(prepare),
    ...folders,
    ...takes,
    get readOnly() {
      return writes.broken()
    },
    hold: writes.hold,
    add: changing(addNew),
    addAttempt: changing(writeNew),
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
          addNew(order, attempt)
          note(attempt, event.type, event)
          if (from) update(from.attempt, from.event)
        },
        () => needOf(attempt, event),
      )
    },
    restore: (kept, numbers) => {
      let misfits: readonly string[] = []
      inTransaction(() => {
        misfits = restore(kept, numbers)
      })
      return misfits
    },
    setSeenFolders: changing(setSeenFolders),
    setAllKept: written(setAllKept),
    mark: downloads.mark,
    setMark: written(downloads.setMark),
    saveUpload: written(saveUpload),
    trash,
    trashedAt,
    putInTrash: changing(putInTrash),
    takeOutOfTrash: changing(takeOutOfTrash),
    setBinned: written(setBinned),
    place: placing.place,
    setPlace: written(placing.setPlace),
    copyTo: (target) => copyDatabase(db, target),
    isCopy: (target) => isCopyOf(db, target),
    close: () => {
      if (db.isOpen) db.close()
    },
  }
}
