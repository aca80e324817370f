import { formatSeconds, type Seconds } from '../../../shared/units.ts'
import { typicalFrame, type FrameList } from '../../../shared/domain/frames.ts'
import { sides, type PerSide } from './shared-clock.ts'

/*
 * An offset says how much later the result is shown than with both first frames together. The player counts the other
 * way: the lead of the result is the offset with the other sign.
 */

/** How long a frame of the finer side lasts. */
export const finerFrame = (videos: PerSide<FrameList>): Seconds =>
  Math.min(...sides.map((side) => typicalFrame(videos[side])))

/** Nearer to whole frames than this, an offset is whole frames: a frame rate is known to about a thousandth. */
const nearWhole = 0.02

function framesOf(offset: Seconds, frame: Seconds): number {
  const frames = offset / frame
  const whole = Math.round(frames)
  return (Math.abs(frames - whole) < nearWhole ? whole : Number(frames.toFixed(1))) + 0
}

const signed = (amount: number, text: string) => `${amount > 0 ? '+' : amount < 0 ? '−' : ''}${text}`

/** "+3" and "0.100 s": the sign is on the frames. */
export function formatOffset(
  offset: Seconds,
  frame: Seconds,
): { readonly frames: string; readonly seconds: string } {
  const frames = framesOf(offset, frame)
  return { frames: signed(frames, String(Math.abs(frames))), seconds: `${Math.abs(offset).toFixed(3)} s` }
}

/** "+3 frames · 0.100 s" */
export function offsetText(offset: Seconds, frame: Seconds): string {
  const { frames, seconds } = formatOffset(offset, frame)
  return `${frames} ${Math.abs(framesOf(offset, frame)) === 1 ? 'frame' : 'frames'} · ${seconds}`
}

const inMilliseconds = (offset: Seconds) => Math.round(offset * 1000) / 1000

/** Whole frames further. From between two frames, the first step goes to the next one. */
export function offsetByFrames(offset: Seconds, frame: Seconds, count: 1 | -1): Seconds {
  const frames = offset / frame
  const whole = Math.round(frames)
  if (Math.abs(frames - whole) < nearWhole) return (whole + count) * frame + 0
  return (count > 0 ? Math.ceil(frames) : Math.floor(frames)) * frame + 0
}

/** Seconds further, to the millisecond. */
export const offsetBySeconds = (offset: Seconds, by: Seconds): Seconds => inMilliseconds(offset + by) + 0

const form = /^([+\-−])?\s*(\d{1,6}(?:[.,]\d{1,6})?|[.,]\d{1,6})\s*(s|seconds?|ms|f|frames?)?$/i

/** Reads "0.1", "−0.1 s", "100 ms", "12f" or "+3 frames · 0.100 s"; null for what is no offset. */
export function readOffset(text: string, frame: Seconds): Seconds | null {
  const [first = ''] = text.split('·')
  const found = form.exec(first.trim())
  if (!found) return null
  const [, sign, digits = '', unit = 's'] = found
  const amount = Number(digits.replace(',', '.')) * unitOf(unit.toLowerCase(), frame)
  return (sign === undefined || sign === '+' ? amount : -amount) + 0
}

function unitOf(unit: string, frame: Seconds): Seconds {
  if (unit === 'ms') return 0.001
  return unit.startsWith('f') ? frame : 1
}

/** Frames from 0 that show the same moment of the motion. */
export type Marks = PerSide<number>

/** The offset with which two marked frames are shown together. */
export const offsetFromMarks = (videos: PerSide<FrameList>, { reference, result }: Marks): Seconds =>
  (videos.reference.frameTimes[reference] ?? 0) - (videos.result.frameTimes[result] ?? 0)

/** Why an offset is not applied, in plain words; null for one that is. `offset`: as it was read. */
export function wrongOffset(
  offset: Seconds | null,
  { reference, result }: PerSide<FrameList>,
): string | null {
  if (offset === null) return 'Type frames such as 12f, or seconds such as 0.4.'
  if (offset >= reference.duration)
    return `The reference is ${formatSeconds(reference.duration)} long. Type less.`
  return offset <= -result.duration
    ? `The result is ${formatSeconds(result.duration)} long. Type less.`
    : null
}
