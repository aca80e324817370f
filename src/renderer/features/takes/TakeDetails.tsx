import { memo } from 'react'
import { dateFormat } from '../../lib/language.ts'
import { useApp } from '../../state/store.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Problem } from '../../../shared/outcome.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { useNow, useToday } from '../../lib/use-now.ts'
import { formatEstimate } from '../../../shared/domain/money.ts'
import { deductedOf } from '../../../shared/rules/deducted.ts'
import { shorterSentence } from '../../../shared/text/result-length.ts'
import { wordsOf } from '../../../shared/text/take-status.ts'
import { Progress } from '../../ui/Progress.tsx'
import { NextStep } from './NextStep.tsx'
import { PosterPicture } from './posters/PosterPicture.tsx'
import { PosterState } from './posters/PosterState.tsx'
import { madeWith } from './posters/poster-words.ts'
import { TakeActions } from './TakeActions.tsx'
import { providersWords, TakePart, TakeProblem, TakeTask } from './TakeNotes.tsx'
import { useTakeProvider } from './use-take-provider.ts'
import { text } from './text.ts'

/** "7 s", "12 min 3 s", "1 h 2 min": with units, because "12:03" reads as a time of day. */
function formatElapsed(elapsed: Milliseconds): string {
  const seconds = Math.max(0, Math.floor(elapsed / 1000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  if (hours > 0) return `${String(hours)} h ${String(minutes)} min`
  if (minutes === 0) return `${String(rest)} s`
  return rest === 0 ? `${String(minutes)} min` : `${String(minutes)} min ${String(rest)} s`
}

/** How long a take has been running. */
function Elapsed({ take }: { readonly take: Take }) {
  const now = useNow()
  return (
    <span role="timer" aria-label="Time since the start" className="tabular">
      {formatElapsed(now - Date.parse(take.createdAt))}
    </span>
  )
}

const time = dateFormat({ hour: 'numeric', minute: '2-digit' })
const day = dateFormat({ day: 'numeric', month: 'short' })
const full = dateFormat({ dateStyle: 'long', timeStyle: 'short' })

/** When a take was made: the time for today's, the day for older ones. */
function Made({ take }: { readonly take: Take }) {
  const today = useToday()
  const made = new Date(take.createdAt)
  const short = made.toDateString() === today ? time : day
  return (
    <time dateTime={take.createdAt} title={full.format(made)} className="tabular">
      {short.format(made)}
    </time>
  )
}

function deducted({ settings, estimate, cost }: Take): string[] {
  if (cost === null) return []
  const amount = deductedOf({ settings, perSecond: estimate.perSecond, cost })
  const units = `${cost.units} ${cost.unitName}`
  const inDollars =
    amount === null || amount === 0 || cost.unitName === 'USD' ? '' : ` (${amount.toFixed(2)} USD)`
  return [`deducted ${units}${inDollars}`]
}

function expected({ estimate, state }: Take): string[] {
  // The provider made nothing, so there is nothing to expect.
  if (state === 'REJECTED') return []
  const words = formatEstimate(estimate)
  return [estimate.amount === null ? words : `estimated ${words}`]
}

/** What the provider says it took, and what a take is expected to cost; nothing where it is free. */
function moneyOf(take: Take): readonly string[] {
  if (take.estimate.amount === 0 && (take.cost === null || Number(take.cost.units) === 0)) return []
  return [...deducted(take), ...(take.estimate.amount === 0 ? [] : expected(take))]
}

/** What is worth a glance beside the state: how long it took, which attempt this is. */
function aside({ state, attempt, since, createdAt }: Take): string {
  const took = state === 'DONE' ? [`in ${formatElapsed(Date.parse(since) - Date.parse(createdAt))}`] : []
  const count = attempt > 1 ? [`attempt ${String(attempt)}`] : []
  return [...took, ...count].join(' · ')
}

function TakeState({ take }: { readonly take: Take }) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-1.5 text-xs">
        <PosterState take={take} />
        <span className="tabular shrink-0 text-faint">{aside(take)}</span>
      </p>
      <p className="mt-0.5 text-xs text-soft">{madeWith(take)}</p>
      {moneyOf(take).map((words) => (
        <p key={words} className="tabular mt-0.5 text-xs text-faint" data-selectable>
          {words}
        </p>
      ))}
    </>
  )
}

function Names({ take }: { readonly take: Take }) {
  return (
    <>
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate text-sm font-medium text-ink">{take.characterName}</span>
        <span className="shrink-0 text-xs text-faint">
          {wordsOf(take).busy ? <Elapsed take={take} /> : <Made take={take} />}
        </span>
      </span>
      <span className="block truncate text-xs text-faint">performs {take.clipName}</span>
    </>
  )
}

/** Why there is no watermarked version. */
function MarkNote({ take: { id, markComing, markProblem } }: { readonly take: Take }) {
  const problem = useApp((state) => state.markedProblems[id]) ?? markProblem
  const note = markComing ? text.markedDownloading : problem?.message
  return note === undefined ? null : <p className="mt-2 text-xs text-soft">{note}</p>
}

/** A take that waits for its user. */
function Question({ take }: { readonly take: Take }) {
  return (
    <>
      <p className="mb-3 flex flex-wrap items-center gap-x-2 text-xs text-faint">
        <PosterState take={take} />
        {wordsOf(take).next}
      </p>
      <TakeActions take={take} />
    </>
  )
}

/** What went wrong; a provider that refused or failed says why first. */
function Trouble({ take, problem }: { readonly take: Take; readonly problem: Problem }) {
  const { provider } = useTakeProvider(take)
  const { tone, can } = wordsOf(take)
  const words = take.problem === null ? null : providersWords(take)
  return (
    <TakeProblem
      problem={problem}
      quote={words === null ? null : { from: provider?.name ?? 'The provider', words }}
      tone={tone}
      can={take.problem === null ? (problem.advice ?? null) : can}
    />
  )
}

/** A take that asks nothing: its state, what happens next, and what the user can do. */
function Progressing({ take }: { readonly take: Take }) {
  const resultProblem = useApp((state) => state.resultProblems[take.id] ?? null)
  const { busy, label, tone } = wordsOf(take)
  const done = take.state === 'DONE'
  const shorter = done ? shorterSentence(take) : null
  const quiet = (done && take.resultFolder === null) || take.state === 'ABANDONED'
  const problem = take.problem ?? resultProblem
  return (
    <>
      <div className="flex gap-3">
        <PosterPicture id={take.id} className="h-20 w-14 shrink-0 rounded-md" />
        <div className="min-w-0 flex-1">
          <Names take={take} />
          <div className="mt-1.5">
            <TakeState take={take} />
          </div>
        </div>
      </div>
      {busy && take.state !== 'READY' && (tone === 'info' || take.state === 'UNKNOWN') && (
        <div className="mt-2.5">
          <Progress label={label} fraction={take.progress} />
        </div>
      )}
      {!quiet && !resultProblem && <NextStep take={take} />}
      <TakePart take={take} />
      {shorter !== null && <p className="mt-2 text-xs text-soft">{shorter}</p>}
      {done && <MarkNote take={take} />}
      {problem && <Trouble take={take} problem={problem} />}
      <TakeTask take={take} />
      <TakeActions take={take} />
    </>
  )
}

/** One take: what it is, its state, what happens next and what the user can do. */
export const TakeDetails = memo(function TakeDetails({ id }: { readonly id: string }) {
  const take = useApp((state) => state.takes[id])
  if (!take) return null
  return (
    <article
      aria-label={`${take.characterName} performs ${take.clipName}: ${wordsOf(take).label}`}
      className="@container px-4 py-3"
    >
      {take.state === 'NEEDS_USER' ? <Question take={take} /> : <Progressing take={take} />}
    </article>
  )
})
