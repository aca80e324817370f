import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import { intervalOf } from '../../../shared/domain/frames.ts'
import { lead, sideOf, sides, type PerSide, type Timeline } from './shared-clock.ts'

/*
 * The last line of a comparison: whatever the players do, two pictures that do not belong together are not shown for
 * long. It believes neither clock alone: a busy machine leaves pictures behind while the clocks run on.
 */

/** So far apart a pair is wrong to anyone's eye; smaller differences are the follower's. */
const wrong: Seconds = 0.3
/** A late picture now and then is no reason to stop. */
const outOfStepAfter: Milliseconds = 400
/** In step for this long counts as in step. */
const settledAfter: Milliseconds = 1000

/** Where one side is, counted from its first frame: by its clock, and by the frame on the screen. */
export type Place = { readonly now: Seconds; readonly frame: number | null }

/** How far apart the sides are, by the worse of pictures and clocks, on the shared clock. */
export function apart(timeline: Timeline, places: PerSide<Place>): Seconds {
  const [one, other] = sides.map((side) => {
    const { now, frame } = places[side]
    const ahead = lead(timeline, side)
    const shown = frame === null ? null : intervalOf(sideOf(timeline, side), frame)
    return {
      now: now - ahead,
      start: (shown?.start ?? now) - ahead,
      end: (shown?.end ?? now) - ahead,
    }
  })
  if (!one || !other) return 0
  return Math.max(Math.abs(one.now - other.now), one.start - other.end, other.start - one.end)
}

/** The moment of the side that is behind: going back there shows nothing twice and leaves nothing out. */
export function behind(timeline: Timeline, places: PerSide<Place>): Seconds {
  const moments = sides.map((side) => {
    const { now, frame } = places[side]
    const shown = frame === null ? now : Math.min(now, intervalOf(sideOf(timeline, side), frame).start)
    return shown - lead(timeline, side)
  })
  return Math.min(...moments)
}

export type Watch = {
  /** Since when the sides are apart; null while they are in step. */
  readonly apartSince: Milliseconds | null
  readonly inStepSince: Milliseconds | null
}

export const startWatch: Watch = { apartSince: null, inStepSince: null }

export type Finding = 'in-step' | 'unsure' | 'out-of-step'

/** Looks once more at how far apart the sides are. */
export function watch(before: Watch, gap: Seconds, now: Milliseconds): Watch & { readonly found: Finding } {
  if (gap <= wrong) {
    const since = before.inStepSince ?? now
    return { apartSince: null, inStepSince: since, found: now - since >= settledAfter ? 'in-step' : 'unsure' }
  }
  const since = before.apartSince ?? now
  return {
    apartSince: since,
    inStepSince: null,
    found: now - since >= outOfStepAfter ? 'out-of-step' : 'unsure',
  }
}
