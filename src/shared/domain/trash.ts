import type { Problem } from '../outcome.ts'
import type { Timestamp } from '../units.ts'
import type { TakeMarks } from './marks.ts'
import type { Take } from './take.ts'

/** A take in the trash, with the marks it gets back when it is restored. */
export type TrashedTake = {
  readonly take: Take
  readonly marks: TakeMarks
  readonly trashedAt: Timestamp
}

/** What became of takes that were put into the trash. */
export type PutInTrash = {
  readonly takes: readonly string[]
  /** Those whose result is in a folder that the user chose. It stays there. */
  readonly resultsStay: readonly string[]
}

/** What became of an emptied trash. */
export type EmptiedTrash = {
  /** The takes whose folder is now in the system’s bin. */
  readonly binned: readonly string[]
  /** Those that are still in the trash, and why. */
  readonly left: readonly { readonly take: string; readonly problem: Problem }[]
}
