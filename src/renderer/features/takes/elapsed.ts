import type { Milliseconds } from '../../../shared/units.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** "0:07", "12:03", "1:02:03". */
export function formatElapsed(elapsed: Milliseconds): string {
  const seconds = Math.max(0, Math.floor(elapsed / 1000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(rest)}` : `${String(minutes)}:${two(rest)}`
}
