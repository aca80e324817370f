import type { Milliseconds, Timestamp } from '../units.ts'

const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** A moment inside a sentence, as the user’s system writes it. */
export const momentText = (at: Milliseconds | Timestamp): string => moments.format(new Date(at))
