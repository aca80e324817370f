import { UserRound } from 'lucide-react'
import { useEffect, memo } from 'react'
import { useApp } from '../../state/store.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { useNow, useToday } from '../../lib/use-now.ts'
import { formatEstimate } from '../../../shared/domain/money.ts'
import { deductedOf } from '../../../shared/rules/deducted.ts'
import { shorterSentence } from '../../../shared/text/result-length.ts'
import { wordsOf } from '../../../shared/text/take-status.ts'
import { classNames } from '../../ui/class-names.ts'
import { Progress } from '../../ui/Progress.tsx'
import type { Tone } from '../../lib/tone.ts'
import { NextStep } from './NextStep.tsx'
import { TakeActions } from './TakeActions.tsx'
import { TakePart, TakeProblem, TakeTask } from './TakeNotes.tsx'
import { text } from './text.ts'

/** The character, with the clip in the corner; read when the row comes into sight. */
function TakeThumbnail({ id }: { readonly id: string }) {
  const pictures = useApp((state) => state.takePictures[id])
  const readPictures = useApp((state) => state.readPictures)
  // The pictures exist once the files are prepared, and the result's once it is done.
  const state = useApp(({ takes }) => takes[id]?.state)
  const complete = pictures?.character !== undefined && pictures.character !== null && pictures.clip !== null
  useEffect(() => {
    if (!complete) void readPictures(id)
  }, [id, state, complete, readPictures])

  return (
    <span className="relative size-14 shrink-0">
      <span className="flex size-full items-center justify-center overflow-hidden rounded-lg bg-stage text-white/40">
        {pictures?.character ? (
          <img src={pictures.character} alt="" className="size-full object-cover" draggable={false} />
        ) : (
          <UserRound aria-hidden className="size-5" />
        )}
      </span>
      {pictures?.clip && (
        <img
          src={pictures.clip}
          alt=""
          draggable={false}
          className="absolute -right-1.5 -bottom-1.5 size-6.5 rounded-md border-2 border-panel bg-stage object-cover"
        />
      )}
    </span>
  )
}

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

const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' })

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

const dots: Readonly<Record<Tone, string>> = {
  info: 'bg-accent',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
}

const formatLeft = (seconds: number) =>
  seconds < 90
    ? `about ${String(Math.ceil(seconds))} s left`
    : `about ${String(Math.round(seconds / 60))} min left`

/** What is worth a glance beside the state: how long it took or will take, which attempt this is. */
function aside({ state, attempt, eta, since, createdAt }: Take): string {
  const took = state === 'DONE' ? [`in ${formatElapsed(Date.parse(since) - Date.parse(createdAt))}`] : []
  const left = state === 'ACKED' && eta !== null && eta > 0 ? [formatLeft(eta)] : []
  const count = attempt > 1 ? [`attempt ${String(attempt)}`] : []
  return [...took, ...left, ...count].join(' · ')
}

function TakeState({ take }: { readonly take: Take }) {
  const { tone, label } = wordsOf(take)
  const idle = take.state === 'ABANDONED'
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-1.5 text-xs">
        {/* Together, so that a long label does not leave its dot alone on a line. */}
        <span className="flex min-w-0 items-baseline gap-1.5 font-medium text-soft">
          <span
            aria-hidden
            className={classNames(
              'forced-mark size-1.5 shrink-0 -translate-y-px rounded-full',
              idle ? 'bg-edge' : dots[tone],
            )}
          />
          {label}
        </span>
        <span className="tabular shrink-0 text-faint">{aside(take)}</span>
      </p>
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

/** One take: what it is, its state, what happens next and what the user can do. */
export const TakeRow = memo(function TakeRow({ id }: { readonly id: string }) {
  const take = useApp((state) => state.takes[id])
  const open = useApp((state) => state.openTakeId === id)
  const openTake = useApp((state) => state.openTake)
  const resultProblem = useApp((state) => state.resultProblems[id] ?? null)
  if (!take) return null
  const { busy, label, tone, can } = wordsOf(take)
  const done = take.state === 'DONE'
  const shorter = done ? shorterSentence(take) : null
  const quiet = (done && take.resultFolder === null) || take.state === 'ABANDONED'
  // A question tells its problem itself; a hold only waits.
  const problem = take.state === 'NEEDS_USER' ? null : (take.problem ?? resultProblem)

  return (
    <article
      aria-label={`${take.characterName} performs ${take.clipName}: ${label}`}
      className={classNames(
        'border-b border-line px-3 py-3',
        open
          ? 'bg-accent-wash forced-colors:outline-3 forced-colors:-outline-offset-3'
          : 'hover:bg-raised/60',
      )}
    >
      <div className="flex gap-3.5">
        <TakeThumbnail id={id} />
        <div className="min-w-0 flex-1">
          {done ? (
            <button
              type="button"
              data-row-focus
              aria-label={`Compare ${take.characterName} with ${take.clipName}`}
              aria-current={open}
              onClick={() => {
                openTake(id)
              }}
              className="block w-full rounded text-left"
            >
              <Names take={take} />
            </button>
          ) : (
            <div tabIndex={-1} data-row-focus className="rounded">
              <Names take={take} />
            </div>
          )}
          <div className="mt-1.5">
            <TakeState take={take} />
          </div>
        </div>
      </div>
      {busy && (tone === 'info' || take.state === 'UNKNOWN') && (
        <div className="mt-2.5">
          <Progress label={label} fraction={take.progress} />
        </div>
      )}
      {!quiet && !resultProblem && <NextStep take={take} />}
      <TakePart take={take} />
      {shorter !== null && <p className="mt-2 text-xs text-soft">{shorter}</p>}
      {done && <MarkNote take={take} />}
      {problem && (
        <TakeProblem
          problem={problem}
          tone={tone}
          can={take.problem === null ? (problem.advice ?? null) : can}
        />
      )}
      <TakeTask take={take} />
      <TakeActions take={take} />
    </article>
  )
})
