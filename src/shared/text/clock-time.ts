import type { Seconds } from '../units.ts'

/** What was typed as a time; `message` is null where it has none of the forms of one. */
export type TypedTime =
  { readonly ok: true; readonly time: Seconds } | { readonly ok: false; readonly message: string | null }

const plain = /^(\d{1,5}(?:\.\d*)?|\.\d+)\s*s?$/
const clock = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{1,2}(?:\.\d*)?)$/

const wrong = (message: string | null): TypedTime => ({ ok: false, message })

/** Seconds, or hours, minutes and seconds of a clock, of which those behind others go up to 59. */
export function fromFields(hours: number, minutes: number, rest: Seconds): TypedTime {
  if (rest >= 60) return wrong('Seconds go up to 59 after minutes.')
  if (hours > 0 && minutes >= 60) return wrong('Minutes go up to 59 after hours.')
  return { ok: true, time: hours * 3600 + minutes * 60 + rest }
}

/** Reads `12.5`, `12,5`, `1:02.5` and `00:01:02.5`; nothing before zero. */
export function readClockTime(text: string): TypedTime {
  const typed = text.trim().toLowerCase().replace(',', '.')
  const seconds = plain.exec(typed)
  if (seconds) return { ok: true, time: Number(seconds[1]) }
  const fields = clock.exec(typed)
  return fields ? fromFields(Number(fields[1] ?? 0), Number(fields[2]), Number(fields[3])) : wrong(null)
}
