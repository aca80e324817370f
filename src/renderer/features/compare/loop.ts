import type { Seconds } from '../../../shared/units.ts'
import { intervalOf } from '../../../shared/domain/frames.ts'
import { positionAt, type Timeline } from './shared-clock.ts'

export type Loop = {
  readonly on: boolean
  /** Null: from the start. */
  readonly from: Seconds | null
  /** The frame shown at this moment is the last one of the loop. Null: to the end. */
  readonly to: Seconds | null
}

export const noLoop: Loop = { on: false, from: null, to: null }

type Bounds = Pick<Timeline, 'start' | 'end'>

/** Marks the beginning. Past the end, the loop moves and keeps its length. */
export function loopFrom(loop: Loop, from: Seconds, { start, end }: Bounds): Loop {
  if (loop.to === null || loop.to > from) return { on: true, from, to: loop.to }
  const length = loop.to - (loop.from ?? start)
  return { on: true, from, to: Math.min(from + length, end) }
}

/** Marks the end. Before the beginning, the loop moves and keeps its length. */
export function loopTo(loop: Loop, to: Seconds, { start, end }: Bounds): Loop {
  if (loop.from === null || loop.from < to) return { on: true, from: loop.from, to }
  const length = (loop.to ?? end) - loop.from
  return { on: true, from: Math.max(to - length, start), to }
}

export const loopStart = (timeline: Timeline, loop: Loop): Seconds =>
  (loop.on ? loop.from : null) ?? timeline.start

/** Where the loop ends: after its last frame was shown in full. */
export function loopEnd(timeline: Timeline, loop: Loop): Seconds {
  if (!loop.on || loop.to === null) return timeline.end
  return intervalOf(timeline.steps, positionAt(timeline, loop.to).step).end
}
