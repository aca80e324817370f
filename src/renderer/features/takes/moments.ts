import type { Milliseconds, Timestamp } from '../../../shared/units.ts'

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})
const withYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

const dayLater = (moment: Date) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + 1)

/** A moment in the words of this system, as short as it is clear: with its day unless that is today. */
export function formatMoment(moment: Timestamp, now: Milliseconds): string {
  const at = new Date(moment)
  const today = new Date(now)
  if (at.toDateString() === today.toDateString()) return `today, ${time.format(at)}`
  if (at.toDateString() === dayLater(today).toDateString()) return `tomorrow, ${time.format(at)}`
  return (at.getFullYear() === today.getFullYear() ? dayAndTime : withYear).format(at)
}
