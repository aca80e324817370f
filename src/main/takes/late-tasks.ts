import type { Milliseconds } from '../../shared/units.ts'
import { lookOn, type LookUp } from './steps/find-task.ts'
import type { TakeRecord } from './record.ts'
import { isUnresolved } from './part.ts'
import type { WorkParts } from './steps/step.ts'

/** Looks for the tasks of attempts that another attempt has taken the place of: they may have been paid for as well. */
export type Former = {
  /** Begins to look for the task of this attempt, where one may exist; once an attempt. */
  readonly follow: (record: TakeRecord) => void
  readonly stop: () => Promise<void>
}

export type FormerParts = Pick<WorkParts, 'journal' | 'providerOf' | 'clock' | 'log'> & {
  readonly onFound: (record: TakeRecord, found: Extract<LookUp, { kind: 'found' }>) => void
}

/** A disk that is full, or a journal that cannot be written, is given some time. */
const patience: Milliseconds = 10 * 60_000

export function createFormer(parts: FormerParts): Former {
  const stop = new AbortController()
  const looking = new Map<string, Promise<void>>()

  const { signal } = stop
  const stopped = () => signal.aborted

  async function look(record: TakeRecord): Promise<void> {
    while (!stopped()) {
      try {
        const found = await lookOn(parts, record, signal)
        if (found !== null) parts.onFound(record, found)
        return
      } catch (error) {
        parts.log('an earlier attempt could not be looked for', { take: record.order.id, error })
        await parts.clock.sleep(patience, signal)
      }
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
