import type { Log } from '../system/ports.ts'
import type { Journal } from './journal/journal.ts'
import type { TakeRecord } from './record.ts'
import { writeTakeJson } from './take-json.ts'

type KeptFilesParts = {
  readonly library: string
  readonly journal: Journal
  readonly log: Log
  /** Whether a take is in the list. One in the trash would get a second folder. */
  readonly has: (id: string) => boolean
}

/** Which `take.json` files have every change. A kill leaves such a file a step behind the journal. */
export type KeptFiles = {
  /** Writes the file of a take; if that fails, the journal has everything. */
  readonly save: (record: TakeRecord) => void
  readonly isBehind: (id: string) => boolean
  /** Call this when a file was found to have everything. */
  readonly isKept: (id: string) => void
  /** Tells the next start that it has nothing to look for, if that is so. */
  readonly close: () => void
}

export function createKeptFiles({ library, journal, log, has }: KeptFilesParts): KeptFiles {
  let changed: Set<string> | undefined
  const behind = () => (changed ??= new Set(journal.changedSinceKept().filter(has)))
  return {
    save: (record) => {
      const { id } = record.order
      if (!has(id)) return
      try {
        behind().add(id)
        writeTakeJson({ library, journal }, record)
        behind().delete(id)
      } catch (error) {
        log('take.json couldn’t be written; the journal has everything', { take: id, error })
      }
    },
    isBehind: (id) => behind().has(id),
    isKept: (id) => changed?.delete(id),
    close: () => {
      if (changed?.size !== 0) return
      try {
        if (journal.readOnly === null && journal.changedSinceKept().length > 0) journal.setAllKept()
      } catch (error) {
        log('that every take.json has all changes couldn’t be recorded; the next start looks', { error })
      }
    },
  }
}
