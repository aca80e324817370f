import type { Seconds } from '../units.ts'
import { frameAt, type Rate } from './frames.ts'

/*
 * The one decision about what belongs together in a comparison. The player, the exported video, the frame counters and
 * the command line all ask here, so that none of them can show another pair.
 */

/** One side of a comparison, as far as time is concerned. */
export type PairSide = {
  /** When each frame appears, in seconds from this side’s first frame. */
  readonly frameTimes: readonly Seconds[]
  /** How far this side is ahead: at `t` of the shared clock it shows what it has at `t + lead` of its own. */
  readonly lead: Seconds
}

/** Which frame of each side belongs to a moment of the shared clock. Outside its clip a side holds its first or last frame. */
export const framesAtTime = (sides: readonly PairSide[], time: Seconds): readonly number[] =>
  sides.map(({ frameTimes, lead }) => frameAt(frameTimes, time + lead))

/** When a tick of a constant rate begins that counts from `start` on the shared clock. */
const tickTime = ({ frames, seconds }: Rate, start: Seconds, tick: number): Seconds =>
  start + (tick * seconds) / frames

/** Which frame of each side belongs to a tick: to an output frame, or to a refresh at a constant rate. */
export const framesAt = (
  sides: readonly PairSide[],
  rate: Rate,
  start: Seconds,
  tick: number,
): readonly number[] => framesAtTime(sides, tickTime(rate, start, tick))

/**
 * The tick at which each frame of a side is first shown, in order. A frame that is never shown gets the tick of its
 * successor; those after the last shown one get `ticks`, the number of ticks there are.
 */
export function firstTicks(side: PairSide, rate: Rate, start: Seconds, ticks: number): readonly number[] {
  const first: number[] = []
  for (let tick = 0; tick < ticks; tick += 1) {
    const [shown = 0] = framesAt([side], rate, start, tick)
    while (first.length <= shown) first.push(tick)
  }
  while (first.length < side.frameTimes.length) first.push(ticks)
  return first
}
