import type { Attempt } from '../attempt.ts'
import type { KeptTake } from '../record.ts'
import type { KeptCard } from './card-rows.ts'
import type { CatalogueHooks } from './catalogue-rows.ts'
import type { TrashRows } from './trash-rows.ts'
import type { Prepare, Upload } from './tables.ts'

type Statement = ReturnType<Prepare>

type Parts = Pick<CatalogueHooks, 'numbersFor' | 'restoreCard'> &
  Pick<TrashRows, 'putInTrash'> & {
    readonly prepare: Prepare
    readonly insertTake: Statement
    readonly insertAttempt: Statement
    readonly insertEvent: Statement
    /** Adds an event to the history. */
    readonly note: (attempt: Attempt, type: string, data: unknown) => unknown
    readonly noteSpend: (attempt: Attempt) => void
    readonly keepUpload: (upload: Upload) => void
    readonly isUnreadable: (id: string) => boolean
    /** Runs a part; false if it conflicts with what is here, and then nothing of it stays. */
    readonly ifItFits: (run: () => void) => boolean
  }

/** Uploads whose name only one take claims. */
function uncontested(uploads: readonly Upload[]): readonly Upload[] {
  const owners = new Map<string, string>()
  const contested = new Set<string>()
  for (const { name, take } of uploads) {
    const owner = owners.get(name) ?? take
    owners.set(name, owner)
    if (owner !== take) contested.add(name)
  }
  return uploads.filter(({ name }) => !contested.has(name))
}

export type Restore = (
  takes: Iterable<KeptTake>,
  /** The numbers of these takes, where more of them come back later. */
  given?: ReadonlyMap<string, number>,
) => readonly string[]

/** Adds takes that were kept elsewhere, inside a transaction. Returns the ids of those that conflict. */
export function restoreRows(parts: Parts): Restore {
  const { prepare, insertTake, insertAttempt, insertEvent, note, noteSpend, numbersFor, restoreCard } = parts
  const upsertTake = prepare(
    'INSERT INTO takes (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data',
  )
  const upsertAttempt = prepare(
    `INSERT INTO attempts (take, number, state, data) VALUES (?, ?, ?, ?)
     ON CONFLICT (take, number) DO UPDATE SET state = excluded.state, data = excluded.data`,
  )

  /** An unreadable take is overwritten; its events stay, because events are append-only. */
  const restoreOne = (kept: KeptTake, isUnreadable: boolean) => {
    const { order, attempts, history, trashedAt = null } = kept
    const [putTake, putAttempt] = isUnreadable ? [upsertTake, upsertAttempt] : [insertTake, insertAttempt]
    putTake.run(order.id, JSON.stringify(order))
    for (const attempt of attempts) {
      putAttempt.run(attempt.take, attempt.number, attempt.state, JSON.stringify(attempt))
      noteSpend(attempt)
    }
    for (const { attempt, at, type, state, taskId } of isUnreadable ? [] : history) {
      const data = JSON.stringify(taskId === undefined ? {} : { taskId })
      insertEvent.run(order.id, attempt, at, type, state, data)
    }
    for (const newest of attempts.slice(-1)) note(newest, 'rebuilt', {})
    if (trashedAt !== null) parts.putInTrash([order.id], trashedAt)
  }

  return (takes, given) => {
    const misfits = new Set<string>()
    const cards: KeptCard[] = []
    const uploads: Upload[] = []
    for (const take of takes) {
      const { id } = take.order
      const isUnreadable = parts.isUnreadable(id)
      uploads.push(...take.uploads)
      const fits = parts.ifItFits(() => {
        restoreOne(take, isUnreadable)
      })
      const { order, marks = null } = take
      if (fits) cards.push({ id, createdAt: order.createdAt, number: marks?.number ?? null, marks })
      else misfits.add(id)
    }
    // Only now is every number known that a take had before.
    const numbers = given ?? numbersFor(cards)
    for (const card of cards) restoreCard(card, numbers.get(card.id) ?? null)
    // The same is true of uploads: a row names a file that is deleted with the user’s keys.
    for (const upload of uncontested(uploads)) if (!misfits.has(upload.take)) parts.keepUpload(upload)
    return [...misfits]
  }
}
