import type { Take } from '../../../shared/take.ts'
import { useNow } from '../../app/ticker.ts'
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

const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})

/** When a take was made, and for a finished one how long it took. */
export function Made({ take }: { readonly take: Take }) {
  const made = Date.parse(take.createdAt)
  const took = formatElapsed(Date.parse(take.since) - made)
  return (
    <span className="tabular">
      <time dateTime={take.createdAt}>{dayAndTime.format(made)}</time>
      {take.state === 'DONE' && <> · took {took}</>}
    </span>
  )
}
