import type { Milliseconds } from '../../../shared/units.ts'
import { otherSide, type PerSide, type Side } from './shared-clock.ts'

/**
 * How long each player takes from `play()` to moving. A player with sound has to open the sound device first, which
 * takes several frames; the other one waits that much longer, or the pair would start apart.
 */
export type StartTimes = PerSide<Milliseconds>

/** Before anything was measured. */
export const guessStart = (videos: PerSide<{ readonly hasSound: boolean }>): StartTimes => ({
  reference: videos.reference.hasSound ? 70 : 0,
  result: videos.result.hasSound ? 70 : 0,
})

/** Half the weight to the newest: a device that is already open starts sooner. */
export const learnStart = (times: StartTimes, side: Side, measured: Milliseconds): StartTimes => ({
  ...times,
  [side]: (times[side] + Math.min(Math.max(measured, 0), 500)) / 2,
})

/** How much later than the slower side this one is to be started. */
export const startDelay = (times: StartTimes, side: Side): Milliseconds =>
  Math.max(0, times[otherSide(side)] - times[side])
