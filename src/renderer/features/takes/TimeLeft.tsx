import { formatLeft } from '../../../shared/text/time-left.ts'
import type { Timestamp } from '../../../shared/units.ts'
import { useNow } from '../../lib/use-now.ts'
import { formatMoment } from './moments.ts'

const soon = 60 * 60_000

/** When a take that is held tries again; only this line is drawn anew every second. */
export function TriesAgain({ at }: { readonly at: Timestamp }) {
  const left = Date.parse(at) - useNow()
  return (
    <span role="timer" aria-label="Next try" className="tabular">
      {left > 0 ? `Tries again in ${formatLeft(left)}.` : 'Trying again now.'}
    </span>
  )
}

/** How long the provider keeps a result that is not here yet. */
export function ResultLife({ until }: { readonly until: Timestamp }) {
  const now = useNow()
  const left = Date.parse(until) - now
  if (left <= 0)
    return (
      <span className="text-warn">{`The provider kept the result until ${formatMoment(until, now)}. Understudy still tries.`}</span>
    )
  return (
    <span className={left < soon ? 'tabular text-warn' : 'tabular'}>
      {`The provider keeps the result until ${formatMoment(until, now)} (${formatLeft(left)} left).`}
    </span>
  )
}
