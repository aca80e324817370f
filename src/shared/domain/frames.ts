import type { Seconds } from '../units.ts'

/** A video as far as time is concerned. */
export type FrameList = {
  /** When each frame appears, in order. */
  readonly frameTimes: readonly Seconds[]
  /** The end of the last frame. */
  readonly duration: Seconds
}

export type Interval = { readonly start: Seconds; readonly end: Seconds }

/**
 * Two files round the same moment differently (a time base of milliseconds is off by up to half of one), so a moment
 * this close before a frame already belongs to it. Far below the shortest frame anybody shows.
 */
export const tolerance: Seconds = 0.001

/** The frame whose interval holds `time`; before the first frame the first, after the last the last. */
export function frameAt(frameTimes: readonly Seconds[], time: Seconds): number {
  let low = 0
  let high = frameTimes.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((frameTimes[middle] ?? Infinity) <= time + tolerance) low = middle
    else high = middle - 1
  }
  return low
}

export function intervalOf(list: FrameList, frame: number): Interval {
  const start = list.frameTimes[frame] ?? 0
  const end = list.frameTimes[frame + 1] ?? Math.max(list.duration, start + typicalFrame(list))
  return { start, end }
}

/**
 * Where to send a player so that it shows `frame`: as near to `time` as can be without coming so near to an edge that
 * the player's own rounding could show the neighbour.
 */
export function insideFrame(list: FrameList, frame: number, time: Seconds): Seconds {
  const { start, end } = intervalOf(list, frame)
  const margin = (end - start) / 4
  return Math.min(Math.max(time, start + margin), end - margin)
}

/** How long one frame lasts on average. */
export function typicalFrame(list: FrameList): Seconds {
  const { frameTimes, duration } = list
  const first = frameTimes[0] ?? 0
  const last = frameTimes.at(-1) ?? 0
  if (frameTimes.length > 1) return (last - first) / (frameTimes.length - 1)
  return Math.max(duration - first, 1 / 30)
}
