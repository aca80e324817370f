import type { Take } from '../../../shared/domain/take.ts'
import { useNow, useToday } from '../../lib/use-now.ts'
import { formatElapsed } from './elapsed.ts'

/** How long a take has been going on. */
export function Elapsed({ take }: { readonly take: Take }) {
  const now = useNow()
  return (
    <span role="timer" aria-label="Time since the start" className="tabular">
      {formatElapsed(now - Date.parse(take.createdAt))}
    </span>
  )
}

const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' })

/** When a take was made: the time for today's, the day for older ones. */
export function Made({ take }: { readonly take: Take }) {
  const today = useToday()
  const made = new Date(take.createdAt)
  const short = made.toDateString() === today ? time : day
  return (
    <time dateTime={take.createdAt} title={full.format(made)} className="tabular">
      {short.format(made)}
    </time>
  )
}
