import { fromFields, readClockTime } from '../../../shared/text/clock-time.ts'
import type { FrameRate, Seconds } from '../../../shared/units.ts'
import { text } from './text.ts'

/** What a typed place in a clip means; frames are counted from 1, as they are shown. */
export type Timecode =
  { readonly kind: 'time'; readonly time: Seconds } | { readonly kind: 'frame'; readonly number: number }

export type Typed =
  { readonly ok: true; readonly code: Timecode } | { readonly ok: false; readonly message: string }

const wrong = (message: string): Typed => ({ ok: false, message })
const right = (code: Timecode): Typed => ({ ok: true, code })

const withFrames = /^(\d{1,2}):(\d{1,2}):(\d{1,2})[:;](\d{1,3})$/
const frame = /^f\s*(\d{1,7})$/

/**
 * Reads a place in a clip. The frames of `hh:mm:ss:ff` are counted within real seconds at the clip's own rate, whole
 * or not; there is no drop-frame counting.
 */
export function readTimecode(input: string, rate: FrameRate): Typed {
  const typed = input.trim().toLowerCase()
  if (typed === '') return wrong(text.howToType)
  if (typed.startsWith('-') || typed.startsWith('−')) return wrong(text.beforeStart)

  const read = readClockTime(typed)
  if (read.ok) return right({ kind: 'time', time: read.time })
  if (read.message !== null) return wrong(read.message)

  const numbered = frame.exec(typed)
  if (numbered)
    return Number(numbered[1]) === 0
      ? wrong(text.framesFromOne)
      : right({ kind: 'frame', number: Number(numbered[1]) })

  const full = withFrames.exec(typed)
  if (!full) return wrong(text.howToType)
  const [hours = 0, minutes = 0, whole = 0, frames = 0] = full.slice(1).map(Number)
  const perSecond = Math.max(1, Math.ceil(rate - 0.01))
  if (frames >= perSecond) return wrong(text.framesPerSecond(String(perSecond), String(perSecond - 1)))
  const time = fromFields(hours, minutes, whole)
  return time.ok
    ? right({ kind: 'time', time: time.time + frames / rate })
    : wrong(time.message ?? text.howToType)
}

/** "0:12.500"; with hours only where there are any. */
export function writeTimecode(time: Seconds): string {
  const thousandths = Math.round(Math.max(0, time) * 1000)
  const hours = Math.floor(thousandths / 3_600_000)
  const minutes = Math.floor(thousandths / 60_000) % 60
  const rest = ((thousandths % 60_000) / 1000).toFixed(3).padStart(6, '0')
  return hours === 0
    ? `${String(minutes)}:${rest}`
    : `${String(hours)}:${String(minutes).padStart(2, '0')}:${rest}`
}
