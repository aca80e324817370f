import type { KeptComparison } from '../../../shared/domain/desk.ts'
import type { Seconds } from '../../../shared/units.ts'
import { firstView, type View } from './engine/view.ts'
import { speeds, type PairStatus } from './pair-types.ts'
import type { PlayState } from './play-state.ts'
import { firstSound, soundChoices, type HasSound } from './sound.ts'

/** How a comparison was looked at. */
export const viewOf = ({ view: { blinkRate, ...view } }: KeptComparison): View => ({
  ...firstView,
  ...view,
  blink: { rate: blinkRate, held: false },
})

/** Where it was and how it played. It does not start to play again. */
export const playStateIn = (
  { speed, loop, sound, time }: KeptComparison,
  videos: HasSound | null,
): PlayState => ({
  speed: speeds.find((known) => known === speed) ?? 1,
  loop,
  sound: videos === null ? 'none' : soundChoices(videos).includes(sound) ? sound : firstSound(videos),
  time,
  plays: false,
})

export type Left = {
  readonly takes: readonly string[]
  readonly offsets: Readonly<Record<string, Seconds>>
  readonly view: View
  readonly status: Pick<PairStatus, 'speed' | 'loop' | 'sound'>
  readonly time: Seconds
}

export function keptOf({ takes, offsets, view, status, time }: Left): KeptComparison {
  const { mode, fit, zoom, pan, line, mix, gain, blink, chosen, several } = view
  const { speed, loop, sound } = status
  return {
    takes: [...takes],
    offsets: Object.fromEntries(takes.map((take) => [take, offsets[take] ?? 0])),
    view: { mode, fit, zoom, pan, line, mix, gain, blinkRate: blink.rate, chosen, several },
    ...{ speed, loop, sound, time },
  }
}
