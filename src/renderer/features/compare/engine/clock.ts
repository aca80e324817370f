import { momentTolerance, type Milliseconds, type Seconds } from '../../../../shared/units.ts'

/** The part of the shared clock that is played. */
export type Span = { readonly start: Seconds; readonly end: Seconds }

/** A hidden window or a debugger stops the repaints; the clock does not jump over what nobody saw. */
export const longestTick: Milliseconds = 50

/** How far the clock moves between two repaints where no sound leads it. */
export const tickLength = (elapsed: Milliseconds, speed: number): Seconds =>
  (Math.min(Math.max(elapsed, 0), longestTick) / 1000) * speed

/**
 * Where a clock is that began at `from` and has played for `played` seconds of media. In a loop it goes back to the
 * start at the end, as often as needed; without one it has `ended` there.
 */
export function placeAfter(
  from: Seconds,
  played: Seconds,
  { start, end }: Span,
  loops: boolean,
): { readonly time: Seconds; readonly ended: boolean } {
  const time = from + played
  if (!loops || end <= start) return time < end ? { time, ended: false } : { time: end, ended: true }
  const place = time < end ? time : start + ((time - start) % (end - start))
  // So near to the end, `frameAt` would already see the frame after it.
  return { time: place < end - 2 * momentTolerance ? place : start, ended: false }
}

type Tick = { readonly at: Milliseconds; readonly stalled: boolean }

/** How long is looked back. */
const memory: Milliseconds = 2000
/** Over this share of waiting repaints the machine is too slow for what it has to do. */
const tooMany = 0.1
/** Until there are fewer than this it stays so: what it offers may not go away under the pointer. */
const fewAgain = 0.05
/** Fewer repaints in less time say nothing yet. The slowest machines don't paint so often in two seconds. */
const minTicks = 20
const minTime: Milliseconds = 1000

export type StallMeter = {
  readonly record: (tick: Tick) => void
  /** More than one in ten of the repaints of the last two seconds had to wait for a picture. */
  readonly isSlow: () => boolean
  readonly reset: () => void
}

export function createStallMeter(): StallMeter {
  let ticks: Tick[] = []
  let slow = false
  const saysNothing = () => ticks.length < minTicks && (ticks.at(-1)?.at ?? 0) - (ticks[0]?.at ?? 0) < minTime
  return {
    record: (tick) => {
      ticks = [...ticks.filter(({ at }) => tick.at - at < memory), tick]
    },
    isSlow: () => {
      const stalls = ticks.filter(({ stalled }) => stalled).length
      slow = !saysNothing() && stalls > ticks.length * (slow ? fewAgain : tooMany)
      return slow
    },
    reset: () => {
      ticks = []
      slow = false
    },
  }
}
