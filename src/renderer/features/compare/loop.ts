import type { Seconds } from '../../../shared/units.ts'
import { intervalOf } from '../../../shared/frames.ts'
import { positionAt, type Timeline } from './timeline.ts'

export type Loop = {
  readonly on: boolean
  /** Null: from the start. */
  readonly from: Seconds | null
  /** The frame shown at this moment is the last one of the loop. Null: to the end. */
  readonly to: Seconds | null
}

export const noLoop: Loop = { on: false, from: null, to: null }

/** Marks the beginning; an end that would lie before it is dropped. */
export const loopFrom = (loop: Loop, from: Seconds): Loop => ({
  on: true,
  from,
  to: loop.to !== null && loop.to > from ? loop.to : null,
})

/** Marks the end; a beginning that would lie behind it is dropped. */
export const loopTo = (loop: Loop, to: Seconds): Loop => ({
  on: true,
  from: loop.from !== null && loop.from < to ? loop.from : null,
  to,
})

export const loopStart = (timeline: Timeline, loop: Loop): Seconds =>
  (loop.on ? loop.from : null) ?? timeline.start

/** Where the loop ends: after its last frame was shown in full. */
export function loopEnd(timeline: Timeline, loop: Loop): Seconds {
  if (!loop.on || loop.to === null) return timeline.end
  return intervalOf(timeline.steps, positionAt(timeline, loop.to).step).end
}
