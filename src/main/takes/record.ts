import type { Attempt, Order } from './attempt.ts'
import type { Upload } from './journal/tables.ts'
import type { KeptMarks } from './marks/kept-marks.ts'

/** A take with its newest attempt. */
export type TakeRecord = { readonly order: Order; readonly attempt: Attempt }

export type HistoryEntry = {
  readonly attempt: number
  readonly at: string
  readonly type: string
  readonly state: string
  /** The task that this event named. */
  readonly taskId?: string | undefined
}

/** Everything that is kept about one take. */
export type KeptTake = {
  readonly order: Order
  /** Oldest first; never empty. */
  readonly attempts: readonly Attempt[]
  readonly history: readonly HistoryEntry[]
  readonly uploads: readonly Upload[]
  /** Null, or missing, where an older version kept none. */
  readonly marks?: KeptMarks | null
  /** When it was put into the trash; null, or missing, for a take in the list. */
  readonly trashedAt?: string | null
}
