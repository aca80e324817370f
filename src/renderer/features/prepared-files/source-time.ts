import type { ShortFix } from '../../../shared/domain/fit.ts'
import { playerTime, type ClockStart } from '../../../shared/domain/player-clock.ts'
import type { Seconds } from '../../../shared/units.ts'

/** How the prepared clip came out of the performed part. */
export type Performed = {
  readonly start: Seconds
  readonly length: Seconds
  /** How it was lengthened; null where it was not. */
  readonly short: ShortFix | null
  /** Of the prepared clip. */
  readonly prepared: Seconds
  /** Of the player that shows the user's clip. */
  readonly clock: ClockStart
}

const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most)

/** Where the player of the user's clip has the picture that the prepared clip shows at `time`. */
export const sourceTime = (time: Seconds, performed: Performed): Seconds =>
  playerTime(performed.clock, timeInClip(time, performed))

function timeInClip(time: Seconds, { start, length, short, prepared }: Performed): Seconds {
  switch (short) {
    case null:
      return start + clamp(time, length)
    case 'slow-down':
      return start + clamp((time * length) / Math.max(prepared, length), length)
    case 'loop':
      return start + (time % length)
    case 'boomerang': {
      const there = time % (2 * length)
      return start + (there <= length ? there : 2 * length - there)
    }
  }
}

/** How fast the user's clip plays beside the prepared one; null where it runs backwards and can only be stepped. */
export function sourceSpeed(time: Seconds, { length, short, prepared }: Performed): number | null {
  if (short === 'slow-down') return length / Math.max(prepared, length)
  if (short === 'boomerang' && time % (2 * length) > length) return null
  return 1
}
