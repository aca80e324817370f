import { DatabaseSync } from 'node:sqlite'
import type { JournalPorts } from '../../../src/main/takes/journal/journal.ts'

type Failure = 'flush' | 'write' | 'room'

/** SQLite's codes for a failed flush, a refused write and a full disk. */
const codes: Readonly<Record<Failure, number>> = { flush: 1034, write: 778, room: 13 }

export type FailingDisk = {
  readonly ports: JournalPorts
  /** From now on commits fail like this; null for a disk that works. */
  readonly fail: (how: Failure | null) => void
  /** How many commits were tried since the disk began to fail. */
  readonly tried: () => number
}

/** A real database on a disk that fails when it is told to. */
export function failingDisk(): FailingDisk {
  let how: Failure | null = null
  let tried = 0
  class OnFailingDisk extends DatabaseSync {
    override exec(sql: string): void {
      if (how !== null && sql === 'COMMIT') {
        tried += 1
        throw Object.assign(new Error(`a disk that fails (${how})`), { errcode: codes[how] })
      }
      super.exec(sql)
    }
  }
  return {
    ports: { connect: (path) => new OnFailingDisk(path, { timeout: 0 }) },
    fail: (next) => {
      how = next
      tried = 0
    },
    tried: () => tried,
  }
}
