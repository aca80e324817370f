import { dateFormat } from '../../lib/language.ts'
import type { Milliseconds, Timestamp } from '../../../shared/units.ts'
import { formatLeft } from '../../../shared/text/time-left.ts'
import { useNow } from '../../lib/use-now.ts'
import type { Take, TakeState } from '../../../shared/domain/take.ts'
import { wordsOf } from '../../../shared/text/take-status.ts'
import { useApp } from '../../state/store.ts'
import { useTakeProvider, type TakeProvider } from './use-take-provider.ts'
import { text } from './text.ts'

const time = dateFormat({ timeStyle: 'short' })
const dayAndTime = dateFormat({
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})
const withYear = dateFormat({ dateStyle: 'medium', timeStyle: 'short' })

const dayLater = (moment: Date) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + 1)

/** A moment in the language of the window, as short as it is clear: with its day unless that is today. */
export function formatMoment(moment: Timestamp, now: Milliseconds): string {
  const at = new Date(moment)
  const today = new Date(now)
  if (at.toDateString() === today.toDateString()) return `today, ${time.format(at)}`
  if (at.toDateString() === dayLater(today).toDateString()) return `tomorrow, ${time.format(at)}`
  return (at.getFullYear() === today.getFullYear() ? dayAndTime : withYear).format(at)
}

const lastHourMs = 60 * 60_000

/** When a held take retries; only this line is rendered every second. */
function TriesAgain({ at }: { readonly at: Timestamp }) {
  const left = Date.parse(at) - useNow()
  return (
    <span role="timer" aria-label="Next try" className="tabular">
      {left > 0 ? `Retrying in ${formatLeft(left)}.` : 'Retrying now.'}
    </span>
  )
}

/** How long the provider keeps a result that is not here yet. */
function ResultLife({ until }: { readonly until: Timestamp }) {
  const now = useNow()
  const left = Date.parse(until) - now
  if (left <= 0) return <span className="text-warn">{text.resultKeptUntil(formatMoment(until, now))}</span>
  return (
    <span className={left < lastHourMs ? 'tabular text-warn' : 'tabular'}>
      {text.resultKept(formatMoment(until, now), formatLeft(left))}
    </span>
  )
}

const waitsToBeFetched: ReadonlySet<TakeState> = new Set<TakeState>([
  'ACKED',
  'REMOTE_DONE',
  'DOWNLOADING',
  'HELD',
  'NEEDS_USER',
])

/** How long results are kept, where the provider says so in general and not yet of this one. */
function usualLife({ state, problem }: Take, { provider, model }: TakeProvider): string | null {
  const isThere = state === 'ACKED' || state === 'REMOTE_DONE'
  if (!isThere || problem !== null || !model || provider?.practice === true) return null
  return model.resultLife.startsWith('not stated') ? null : text.resultLife(model.resultLife)
}

/** A task sent before this start kept running while Understudy was closed. */
function WentOn({ take, at }: { readonly take: Take; readonly at: string }) {
  const startedAt = useApp((state) => state.about?.startedAt)
  if (take.state !== 'ACKED' || startedAt === undefined || take.since >= startedAt) return null
  return <>{`It kept running at ${at} while Understudy was closed. `}</>
}

/** What happens next with a take automatically, and when. */
export function NextStep({ take }: { readonly take: Take }) {
  const made = useTakeProvider(take)
  const until = waitsToBeFetched.has(take.state) ? take.resultUntil : null
  const life = usualLife(take, made)
  const { next, can } = wordsOf(take)
  // Otherwise it is shown with the problem, or the choices say it.
  const shown = take.problem === null && take.state !== 'NEEDS_USER' ? can : null
  return (
    <p className="mt-2 text-xs text-faint">
      <WentOn take={take} at={made.provider?.name ?? 'the provider'} />
      {next}
      {shown !== null && ` ${shown}`}
      {take.heldUntil !== null && (
        <>
          {' '}
          <TriesAgain at={take.heldUntil} />
        </>
      )}
      {until !== null && (
        <>
          {' '}
          <ResultLife until={until} />
        </>
      )}
      {until === null && life !== null && ` ${life}`}
    </p>
  )
}
