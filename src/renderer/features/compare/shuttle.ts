import { speeds, type Speed } from './pair-types.ts'

/** The keys J, K and L of an editor. */
export type ShuttleKey = 'back' | 'pause' | 'forward'

export type ShuttleAct =
  | { readonly act: 'play'; readonly speed: Speed }
  | { readonly act: 'pause' }
  | { readonly act: 'step'; readonly frames: -1 }

/** What L goes through. */
const forward: readonly number[] = [1, 1.5, 2]

/** From a slow speed the next press plays at the usual one. */
const faster = (speed: Speed): Speed => speeds.find((one) => one > speed && forward.includes(one)) ?? speed

/**
 * What a press of J, K or L does. A comparison can’t play backward, so J stops and steps back, again and again while it
 * is held. The first L plays at the speed that is set.
 */
export function shuttle(
  key: ShuttleKey,
  { playing, speed }: { readonly playing: boolean; readonly speed: Speed },
): ShuttleAct {
  if (key === 'pause') return { act: 'pause' }
  if (key === 'back') return playing ? { act: 'pause' } : { act: 'step', frames: -1 }
  return { act: 'play', speed: playing ? faster(speed) : speed }
}

/** The next speed in a direction; the same one at either end. */
export const nextSpeed = (speed: Speed, direction: 1 | -1): Speed =>
  speeds[speeds.indexOf(speed) + direction] ?? speed
