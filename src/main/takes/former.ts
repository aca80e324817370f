import { lookOn, type LookUp } from './work/look-up.ts'
import type { TakeRecord } from './journal/journal.ts'
import { isUnresolved } from './part.ts'
import type { WorkParts } from './work/work.ts'

/** Looks for the tasks of attempts that another attempt has taken the place of: they may have been paid for as well. */
export type Former = {
  /** Begins to look for the task of this attempt, where one may exist; once an attempt. */
  readonly follow: (record: TakeRecord) => void
  readonly stop: () => Promise<void>
}

export type FormerParts = Pick<WorkParts, 'journal' | 'providerOf' | 'clock' | 'log'> & {
  readonly onFound: (record: TakeRecord, found: Extract<LookUp, { kind: 'found' }>) => void
}

export function createFormer(parts: FormerParts): Former {
  const stop = new AbortController()
  const looking = new Map<string, Promise<void>>()

  async function look(record: TakeRecord): Promise<void> {
    try {
      const found = await lookOn(parts, record, stop.signal)
      if (found !== null) parts.onFound(record, found)
    } catch (error) {
      parts.log('an earlier attempt could not be looked for', { take: record.order.id, error })
    }
  }

  return {
    follow: (record) => {
      const { take, number } = record.attempt
      const key = `${take} ${String(number)}`
      if (!isUnresolved(record.attempt) || looking.has(key)) return
      looking.set(key, look(record))
    },
    stop: async () => {
      stop.abort()
      await Promise.all(looking.values())
    },
  }
}
