import type { Seconds } from '../units.ts'

/*
 * An offset here says by how many seconds the result has to be moved later to match the reference, counted between the
 * first frames of both: what the result shows or sounds like at t, the reference has at t + offset. The player counts
 * the other way: a side's `lead` (pairs.ts) says how far it is ahead. So a result to be moved later by d has lead −d.
 */

/** Only `sure` may be applied without asking. `ambiguous`: several offsets fit, as in music that repeats. */
export type OffsetVerdict = 'sure' | 'likely' | 'ambiguous' | 'none'

/** Why sound can say nothing. */
export type Soundless = {
  readonly side: 'reference' | 'result'
  readonly why: 'no-sound' | 'silent' | 'unreadable'
}

export type SoundOffset = {
  readonly verdict: OffsetVerdict
  /** The best candidate, whatever the verdict; null where nothing was compared. With a slope, in the middle of what they share. */
  readonly offset: Seconds | null
  /** How much slower the result runs: 0.01 is one percent. 0 where both run alike, or too little is known. */
  readonly slope: number
  /** Every offset that fits, the best first. */
  readonly candidates: readonly Seconds[]
  /** How far the best one stands out of all others, in standard deviations. */
  readonly z: number
  /** The best one in terms of the second; null without a second. */
  readonly ratio: number | null
  /** Parts of both that were compared one by one, and how many of them agree. */
  readonly windows: number
  readonly agreeing: number
  /** The same by the beginnings of sounds alone. */
  readonly envelope: { readonly offset: Seconds; readonly z: number; readonly ratio: number | null } | null
  readonly soundless: Soundless | null
}

export type MotionOffset = {
  readonly verdict: 'sure' | 'likely' | 'none'
  readonly offset: Seconds
  /** Correlation of both curves at this offset, −1 to 1. */
  readonly r: number
  /** How far `r` is from chance, in standard deviations. */
  readonly score: number
  /** `score` divided by the best one elsewhere. */
  readonly ratio: number
}

export type OffsetCandidate = { readonly offset: Seconds; readonly by: 'sound' | 'motion' }

export type FoundOffset = {
  readonly verdict: OffsetVerdict
  /** What the answer rests on; null where there is none, or where sound and motion contradict each other. */
  readonly by: 'sound' | 'motion' | null
  /** Null unless the verdict is `sure` or `likely`. */
  readonly offset: Seconds | null
  readonly slope: number
  readonly candidates: readonly OffsetCandidate[]
  /** Null where it was not asked. */
  readonly sound: SoundOffset | null
  /** Null where it was not asked, or where a video can’t be decoded. */
  readonly motion: MotionOffset | null
}
