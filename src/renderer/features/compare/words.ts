import { isPractice } from '../../../shared/domain/account.ts'
import type { Take } from '../../../shared/domain/take.ts'
import type { PlayableVideo } from '../../../shared/domain/views.ts'
import { practiceWords } from '../../../shared/text/practice-words.ts'
import { formatSeconds, type Fraction, type Seconds } from '../../../shared/units.ts'
import { typicalFrame } from '../../../shared/domain/frames.ts'
import { modelWords, modeWords, orientationLabel } from '../../lib/setting-words.ts'
import type { Sound } from './sound.ts'
import type { WhyPlayers } from './use-frames.ts'
import type { PerSide, Side } from './shared-clock.ts'

/** A take beside its reference. */
export type ShownTake = PerSide<PlayableVideo> & { readonly take: Take }

export const sideNames: Readonly<Record<Side, string>> = { reference: 'Reference', result: 'Result' }

export const soundNames: Readonly<Record<Sound, string>> = { ...sideNames, none: 'Off' }

/** "0:03.27": to the hundredth, because frames are shorter than tenths. */
export function formatTime(time: Seconds): string {
  const hundredths = Math.round(Math.abs(time) * 100)
  const minutes = Math.floor(hundredths / 6000)
  const seconds = ((hundredths % 6000) / 100).toFixed(2).padStart(5, '0')
  return `${time < 0 && hundredths > 0 ? '−' : ''}${String(minutes)}:${seconds}`
}

/** "frame 12 of 300", counted from 1 as people do. */
export const formatFrame = (frame: number, count: number): string =>
  `frame ${String(frame + 1)} of ${String(count)}`

export function videoFacts(video: PlayableVideo): string {
  const rate = Number((1 / typicalFrame(video)).toFixed(2))
  return [
    `${String(video.width)} × ${String(video.height)}`,
    `${String(rate)} fps`,
    formatSeconds(video.duration),
    ...(video.hasSound ? [] : ['no sound']),
  ].join(', ')
}

/** What was asked for, most telling first. */
export function takeFacts({ take }: Pick<ShownTake, 'take'>): readonly string[] {
  const { provider, orientation, mode } = take.settings
  const maker = isPractice(provider) ? practiceWords : modelWords(take.settings)
  return [maker, orientationLabel(orientation), modeWords[mode]]
}

/** The name of a side, where several takes are numbered. */
export const sideName = (index: number, count: number): string =>
  index === 0 ? sideNames.reference : count > 2 ? `Take ${String(index)}` : sideNames.result

/** The same within a sentence. */
export const sideInWords = (index: number, count: number): string =>
  index > 0 && count > 2 ? `take ${String(index)}` : `the ${sideName(index, count).toLowerCase()}`

/** What plays the comparison, and why it is not the exact one. */
export type RunningEngine =
  | { readonly kind: 'frames' }
  | {
      readonly kind: 'video'
      readonly why: WhyPlayers
      /** In words. */
      readonly side: string
    }

const whyPlayers: Readonly<Record<WhyPlayers, (side: string) => string>> = {
  undecodable: (side) => `this window can’t decode ${side} frame by frame`,
  unreadable: (side) => `${side} could not be read frame by frame`,
  unordered: (side) => `the times of the frames of ${side} don’t match`,
  rotated: (side) => `${side} is stored rotated`,
  'too-large': (side) => `${side} is too large to keep in memory`,
  broken: (side) => `a frame of ${side} could not be decoded`,
  'not-started': () => 'the exact player could not be started',
  chosen: () => 'you chose smoother playing',
}

/** What is said of a take that the others play on without. */
export const leftOutWords = (side: string, why: WhyPlayers) => ({
  title: `${side.charAt(0).toUpperCase()}${side.slice(1)} is no longer compared: ${whyPlayers[why](side)}.`,
  advice: 'Compare it alone with its reference to see it.',
})

export const engineWords = (engine: RunningEngine): string =>
  engine.kind === 'frames' ? 'every frame exact' : `up to a frame off: ${whyPlayers[engine.why](engine.side)}`

/** While a copy of a side is being made; `side` in words. */
export const copyWords = (side: string, fraction: Fraction | null): string =>
  `Copying ${side}, because this window can’t play it${fraction === null ? '' : `: ${String(Math.round(fraction * 100))} %`}`
