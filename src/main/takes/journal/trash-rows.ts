import type { Timestamp } from '../../../shared/units.ts'
import type { Prepare } from './tables.ts'

/** A take in the trash. Its other rows stay, because they say what was paid for. */
export type TrashRow = {
  readonly take: string
  readonly at: Timestamp
  /** When its folder was given to the system’s bin; null while Understudy has it. */
  readonly binned: Timestamp | null
}

export type TrashRows = {
  readonly trash: () => readonly TrashRow[]
  /** When a take was put into the trash; null for a take that isn’t there. */
  readonly trashedAt: (take: string) => Timestamp | null
  /** Puts all of these takes into the trash, or none. */
  readonly putInTrash: (takes: readonly string[], at: Timestamp) => void
  /** Takes all of these out of the trash, or none. */
  readonly takeOutOfTrash: (takes: readonly string[]) => void
  /** Null when the folder came back from the system’s bin. */
  readonly setBinned: (take: string, at: Timestamp | null) => void
}

export function trashRows(prepare: Prepare): TrashRows {
  const list = prepare('SELECT take, at, binned FROM trash ORDER BY at DESC, take DESC')
  const one = prepare('SELECT at FROM trash WHERE take = ?')
  const put = prepare('INSERT OR IGNORE INTO trash (take, at) VALUES (?, ?)')
  const drop = prepare('DELETE FROM trash WHERE take = ?')
  const setBinned = prepare('UPDATE trash SET binned = ? WHERE take = ?')
  const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)
  return {
    trash: () =>
      list.all().map((row) => ({
        take: String(row['take']),
        at: String(row['at']),
        binned: textOrNull(row['binned']),
      })),
    trashedAt: (take) => textOrNull(one.all(take)[0]?.['at']),
    putInTrash: (takes, at) => {
      for (const take of takes) put.run(take, at)
    },
    takeOutOfTrash: (takes) => {
      for (const take of takes) drop.run(take)
    },
    setBinned: (take, at) => {
      setBinned.run(at, take)
    },
  }
}
