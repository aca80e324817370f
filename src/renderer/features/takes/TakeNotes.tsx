import { useEffect, type ReactNode } from 'react'
import type { Problem } from '../../../shared/outcome.ts'
import { classNames } from '../../ui/class-names.ts'
import type { Tone } from '../../lib/tone.ts'
import type { Take, TakeState } from '../../../shared/domain/take.ts'
import { partSentence, isUnnoted, taskNamedIn } from '../../../shared/text/outcome-question.ts'
import { useApp } from '../../state/store.ts'
import type { Timestamp } from '../../../shared/units.ts'
import { useNow } from '../../lib/use-now.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatMoment } from './NextStep.tsx'

/** Longer than this, or of another shape than a sentence, it is no answer for people. */
const longestQuote = 200

/** States that the provider's own words explain. */
const answered: ReadonlySet<TakeState> = new Set<TakeState>(['REJECTED', 'REMOTE_FAILED'])

/** What the provider itself said about a take that it did not make; null where that is for machines. */
export function providersWords({ state, problem }: Pick<Take, 'state' | 'problem'>): string | null {
  const words = problem?.detail?.trim() ?? ''
  const isSentence = words !== '' && words.length <= longestQuote && !/[{}<>\n]/.test(words)
  return answered.has(state) && isSentence ? words : null
}

type TakeProblemProps = {
  readonly problem: Problem
  /** The provider, and what it said; null where the problem is all there is to say. */
  readonly quote: { readonly from: string; readonly words: string } | null
  readonly tone: Tone
  /** What the user can do about it. */
  readonly can: string | null
}

/** What went wrong with a take. A provider's own words are shown as they came, as text and nothing else. */
export function TakeProblem({ problem, quote, tone, can }: TakeProblemProps) {
  return (
    <div
      data-selectable
      className={classNames(
        'forced-edge mt-2 rounded-lg px-3 py-2 text-xs wrap-anywhere',
        tone === 'bad' ? 'bg-bad-wash' : 'bg-warn-wash',
      )}
    >
      {quote && (
        <p className="text-sm font-medium text-ink">
          {quote.from}: “{quote.words}”
        </p>
      )}
      <p className={quote ? 'mt-1 text-soft' : 'text-ink'}>{problem.message}</p>
      {can !== null && <p className="mt-1 text-soft">{can}</p>}
      {problem.detail && !quote && (
        <details className="mt-1.5 text-soft">
          <summary className="rounded">Details</summary>
          <p className="mt-1 font-mono text-xs break-words whitespace-pre-wrap">{problem.detail}</p>
        </details>
      )}
    </div>
  )
}

/** Why this take exists although you didn’t start it, with a link to the take it belongs to. */
export function TakePart({ take }: { readonly take: Take }) {
  const parent = useApp(({ takes }) => (take.partOf === null ? undefined : takes[take.partOf]))
  const seekTake = useApp((state) => state.seekTake)
  const needTakes = useApp((state) => state.needTakes)
  const { partOf } = take
  useEffect(() => {
    if (partOf !== null) needTakes([partOf])
  }, [partOf, needTakes])
  const sentence = partSentence(take, parent)
  if (sentence === null) return null
  return (
    <p className="mt-2 text-xs text-soft">
      {sentence}{' '}
      {parent && (
        <button
          type="button"
          className="rounded text-ink underline underline-offset-2"
          onClick={() => {
            seekTake(parent.id)
          }}
        >
          Show that take
        </button>
      )}
    </p>
  )
}

/** States in which the task id is what the user takes to the provider. */
const takenElsewhere: ReadonlySet<TakeState> = new Set<TakeState>([
  'NEEDS_USER',
  'REMOTE_FAILED',
  'EXPIRED',
  'ABANDONED',
])

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-center gap-2">
      <dt className="shrink-0 text-faint">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1 text-soft">{children}</dd>
    </div>
  )
}

/** A moment, from here. */
export const When = ({ at }: { readonly at: Timestamp }) => <>{formatMoment(at, useNow())}</>

/** The id of a take's task, to be copied, and the dates that say when it was there. */
export function TakeTask({ take }: { readonly take: Take }) {
  const task = takenElsewhere.has(take.state) || isUnnoted(take) ? taskNamedIn(take) : null
  if (task === null) return null
  const gone = take.state === 'EXPIRED'
  return (
    <dl className="mt-2 space-y-0.5 text-xs" data-selectable>
      <Fact name="Task">
        <span className="truncate font-mono">{task}</span>
        <CopyButton text={task} label={`Copy the task id ${task}`} />
      </Fact>
      {gone && take.sentAt !== null && (
        <Fact name="Sent">
          <When at={take.sentAt} />
        </Fact>
      )}
      {gone && take.resultUntil !== null && (
        <Fact name="Kept until">
          <When at={take.resultUntil} />
        </Fact>
      )}
    </dl>
  )
}
