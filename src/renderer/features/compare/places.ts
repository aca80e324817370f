import type { Seconds } from '../../../shared/units.ts'
import type { FrameList } from '../../../shared/domain/frames.ts'
import { readClockTime } from '../../../shared/text/clock-time.ts'
import type { PerSide } from './shared-clock.ts'
import { formatOffset } from './offset-text.ts'
import { formatTime } from './words.ts'

/** What is painted: the moment, and the frame of every side from 0, the reference first. */
export type Place = { readonly time: Seconds; readonly frames: readonly number[] }

/** Tells every place that is painted, at once the present one; the answer ends it. */
export type Places = { readonly follow: (listener: (place: Place) => void) => () => void }

export type NamedPlace = PerSide<number> & {
  readonly time: Seconds
  /** How much later the result is shown. */
  readonly offset: Seconds
  /** How long a frame of the finer side lasts. */
  readonly frame: Seconds
}

/** "reference frame 98 · result frame 78 · offset +3 f": frames are counted from 1. */
export function framesText({ reference, result, offset, frame }: Omit<NamedPlace, 'time'>): string {
  return [
    `reference frame ${String(reference + 1)}`,
    `result frame ${String(result + 1)}`,
    `offset ${formatOffset(offset, frame).frames} f`,
  ].join(' · ')
}

/** "0:03.27 · reference frame 98 · result frame 78 · offset +3 f" */
export const placeText = (place: NamedPlace): string => `${formatTime(place.time)} · ${framesText(place)}`

const frameForm = /^(?:f(?:rame)?\s*(\d{1,7})|(\d{1,7})\s*f(?:rames?)?)$/i

/** What a time line shows from left to right, on the shared clock. */
export type Shown = { readonly start: Seconds; readonly end: Seconds }

type Clock = Shown & { readonly reference: FrameList }

export type Going = { readonly time: Seconds } | { readonly problem: string }

/** Times are shown to the hundredth: what is typed as it is shown has to be inside. */
const rounding: Seconds = 0.005

function momentFor(text: string, { start, end }: Clock): Going {
  const [, minus, amount = ''] = /^([-−])?(.*)$/.exec(text) ?? []
  const typed = readClockTime(amount)
  if (!typed.ok) return { problem: typed.message ?? 'Type a time such as 0:03.27, or a frame such as 98f.' }
  const time = minus === undefined ? typed.time : 0 - typed.time
  return time >= start - rounding && time <= end + rounding
    ? { time: Math.min(Math.max(time, start), end) }
    : { problem: `The comparison runs from ${formatTime(start)} to ${formatTime(end)}.` }
}

/**
 * Where "3.2", "0:03.27", "98f" or "f98" leads on the shared clock, or in plain words why nowhere. Frames are those of
 * the reference, counted from 1.
 */
export function placeFor(text: string, clock: Clock): Going {
  const plain = text.trim()
  const frame = frameForm.exec(plain)
  if (!frame) return momentFor(plain, clock)
  const { frameTimes } = clock.reference
  const time = frameTimes[Number(frame[1] ?? frame[2]) - 1]
  return time === undefined
    ? { problem: `The reference has frames 1 to ${String(frameTimes.length)}.` }
    : { time }
}
