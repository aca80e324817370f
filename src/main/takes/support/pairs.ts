import { frameAt } from '../../../shared/domain/frames.ts'
import type { TakeMotion } from '../../../shared/domain/motion.ts'
import type { Seconds } from '../../../shared/units.ts'

type Times = readonly Seconds[]

/** A frame of the reference and the frame of the result at the same moment. */
export type Pair = {
  readonly why: 'evenly' | 'early-end' | 'freeze'
  readonly time: Seconds
  /** Counted from 0. Null where that video has ended. */
  readonly reference: number | null
  readonly result: number | null
}

const evenly = 6
const mostFreezes = 3

/** Which frames show what is wrong with a result: some of all of it, and those around its early end and its freezes. */
export function pairsToShow(
  reference: Times,
  result: Times,
  motion: Pick<TakeMotion, 'shorter' | 'freezes'> | null,
): readonly Pair[] {
  const [lastOfReference = 0, lastOfResult = 0] = [reference.at(-1), result.at(-1)]
  const frameIn = (times: Times, last: Seconds, time: Seconds) => {
    // The last frame is shown about as long as the others.
    const end = last + (times.length > 1 ? last / (times.length - 1) : 0)
    return times.length === 0 || time > end ? null : frameAt(times, time)
  }
  const pair = (why: Pair['why'], time: Seconds): Pair => ({
    why,
    time,
    reference: frameIn(reference, lastOfReference, time),
    result: frameIn(result, lastOfResult, time),
  })
  const both = Math.min(lastOfReference, lastOfResult)
  const even = Array.from({ length: evenly }, (_, at) => pair('evenly', (both * at) / (evenly - 1)))
  const end = motion?.shorter
  const after = end && reference[end.frame + 1]
  const ends = end ? [lastOfResult, end.time, after ?? end.time] : []
  const freezes = (motion?.freezes ?? []).slice(0, mostFreezes)
  const frozen = freezes.flatMap(({ start, end: until }) => [start, (start + until) / 2, until])
  const all = [
    ...even,
    ...ends.map((time) => pair('early-end', time)),
    ...frozen.map((time) => pair('freeze', time)),
  ]
  const seen = new Set<string>()
  return all
    .toSorted((one, other) => one.time - other.time)
    .filter(({ reference: one, result: other }) => {
      const key = `${String(one)} ${String(other)}`
      return !seen.has(key) && seen.add(key)
    })
}
