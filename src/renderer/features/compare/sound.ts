import type { PerSide, Side } from './shared-clock.ts'
import { sides } from './shared-clock.ts'

/** Which side is heard. */
export type Sound = Side | 'none'

export type HasSound = PerSide<{ readonly hasSound: boolean }>

/** What can be chosen: a silent side is no choice. */
export const soundChoices = (videos: HasSound): readonly Sound[] => [
  ...sides.filter((side) => videos[side].hasSound),
  'none',
]

/** The reference carries the music the motion was made to, so it is heard first. */
export const firstSound = (videos: HasSound): Sound => soundChoices(videos)[0] ?? 'none'

export function nextSound(videos: HasSound, sound: Sound): Sound {
  const choices = soundChoices(videos)
  return choices[(choices.indexOf(sound) + 1) % choices.length] ?? 'none'
}

/** Sides in the order in which they should lead: what is heard must not be nudged. */
export const leadOrder = (sound: Sound): readonly Side[] =>
  sound === 'result' ? ['result', 'reference'] : ['reference', 'result']
