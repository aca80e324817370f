import type { Milliseconds } from '../units.ts'

/** A moment inside a sentence that is stored or read by programs: the same on every machine, to the minute. */
export const momentText = (at: Milliseconds): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
