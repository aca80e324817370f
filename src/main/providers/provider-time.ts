import { z } from 'zod'
import type { Milliseconds } from '../../shared/units.ts'

/** Before any of these services, and after any of their tasks: a number outside is no time. */
const earliest: Milliseconds = Date.UTC(2020)
const latest: Milliseconds = Date.UTC(2100)
const isTime = (at: Milliseconds) => at > earliest && at < latest

function timeOf(value: unknown): Milliseconds | null {
  if (typeof value === 'string' && !/^\d+(\.\d+)?$/.test(value)) {
    const at = Date.parse(value)
    return isTime(at) ? at : null
  }
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const number = Number(value)
  return [number, number * 1000].find(isTime) ?? null
}

/** A moment as a service tells it: milliseconds, seconds or words, as a number or as text; null for anything else. */
export const providerTime = z.unknown().optional().transform(timeOf)
