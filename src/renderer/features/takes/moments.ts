import type { Timestamp } from '../../../shared/units.ts'

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** A moment with its day, in the words of this system. */
export const formatMoment = (moment: Timestamp): string => dayAndTime.format(new Date(moment))
