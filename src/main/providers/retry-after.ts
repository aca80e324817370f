import type { IncomingHttpHeaders } from 'node:http'
import type { Milliseconds } from '../../shared/units.ts'

const shortest: Milliseconds = 1000
const longest: Milliseconds = 15 * 60_000

/**
 * The wait a server asks for, in seconds or as a date; a date is read against the server's own clock (its Date
 * header), never against ours. Null when there is none or it makes no sense.
 */
export function retryAfter(headers: IncomingHttpHeaders): Milliseconds | null {
  const asked = headers['retry-after']
  if (asked === undefined) return null
  const wait = /^\d+$/.test(asked)
    ? Number(asked) * 1000
    : // Date.parse makes a year out of almost anything; an HTTP date always ends like this.
      /^\w+, .+ GMT$/.test(asked)
      ? Date.parse(asked) - Date.parse(headers.date ?? '')
      : Number.NaN
  return Number.isFinite(wait) ? Math.min(longest, Math.max(shortest, wait)) : null
}
