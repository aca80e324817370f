import type { Seconds } from '../../../shared/units.ts'
import type { PairStatus, PlayerPair } from './pair-types.ts'

/** Where a pair is and how it plays: what other players take over from it. */
export type PlayState = Pick<PairStatus, 'speed' | 'loop' | 'sound'> & {
  readonly time: Seconds
  readonly plays: boolean
}

export const playStateOf = ({ speed, loop, sound, phase }: PairStatus, time: Seconds): PlayState => ({
  speed,
  loop,
  sound,
  time,
  plays: phase === 'playing',
})

/**
 * For a pair that was just made: it begins there once it is loaded. The sides have their leads already: a place may be
 * nowhere without them.
 */
export function takeOver(pair: PlayerPair, { speed, loop, sound, time, plays }: PlayState): void {
  pair.setSpeed(speed)
  pair.setLoop(loop)
  pair.setSound(sound)
  pair.seek(time)
  if (plays) pair.play()
}
