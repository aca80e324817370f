import type { Milliseconds } from '../units.ts'

const second: Milliseconds = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const some = (many: number, one: string) => (many === 1 ? `1 ${one}` : `${String(many)} ${one}s`)

/** A while in words: "40 s", "12 min", "5 h 12 min", "3 days". Never more than is left. */
export function formatLeft(left: Milliseconds): string {
  if (left <= 0) return '0 s'
  if (left < 100 * second) return `${String(Math.ceil(left / second))} s`
  if (left < 100 * minute) return `${String(Math.floor(left / minute))} min`
  if (left < 2 * day) {
    const minutes = Math.floor((left % hour) / minute)
    return `${String(Math.floor(left / hour))} h${minutes === 0 ? '' : ` ${String(minutes)} min`}`
  }
  return some(Math.floor(left / day), 'day')
}
