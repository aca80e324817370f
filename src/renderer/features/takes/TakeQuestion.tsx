import { Flag, RefreshCw, Send, SquarePen } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { formatEstimate } from '../../../shared/domain/money.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { questionOf } from '../../../shared/text/outcome-question.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { useNow } from '../../lib/use-now.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoment } from './NextStep.tsx'
import { PosterPicture } from './posters/PosterPicture.tsx'
import { madeWith } from './posters/poster-words.ts'
import type { TakeOffer } from './take-actions.ts'
import type { Decision } from './TakeDecisions.tsx'
import { Fact, TakePart, TakeTask, When } from './TakeNotes.tsx'
import { text } from './text.ts'
import { useTakeProvider } from './use-take-provider.ts'

type EvidenceProps = { readonly of: 'character' | 'clip'; readonly id: string; readonly name: string }

function Evidence({ of, id, name }: EvidenceProps) {
  return (
    <figure className="min-w-0">
      <PosterPicture id={id} of={of} className="h-44 w-full rounded-lg" />
      <figcaption className="mt-1 truncate text-xs text-soft" title={name}>
        {name}
      </figcaption>
    </figure>
  )
}

/** What is known of the take: its pictures, when it was sent, and what it costs. */
function Evidences({ take, at }: { readonly take: Take; readonly at: string }) {
  const { id, characterName, clipName, sentAt, estimate } = take
  return (
    <div className="space-y-3">
      <div className="grid grid-cols-2 gap-2">
        <Evidence of="character" id={id} name={characterName} />
        <Evidence of="clip" id={id} name={clipName} />
      </div>
      <dl className="space-y-0.5 text-xs" data-selectable>
        <Fact name="Made with">{madeWith(take)}</Fact>
        <Fact name="Length">{formatSeconds(estimate.seconds)}</Fact>
        {sentAt !== null && (
          <Fact name={`Sent to ${at}`}>
            <When at={sentAt} />
          </Fact>
        )}
      </dl>
      <TakeTask take={take} />
      <TakePart take={take} />
    </div>
  )
}

type Choice = {
  readonly label: string
  readonly icon: ReactNode
  /** What it does, and what it costs. */
  readonly children: string
  readonly disabled: boolean
  readonly onPress: () => void
}

function ChoiceButton({ label, icon, children, disabled, onPress }: Choice) {
  const name = useId()
  const note = useId()
  return (
    <li>
      <button
        type="button"
        disabled={disabled}
        aria-labelledby={name}
        aria-describedby={note}
        className="forced-edge grid w-full grid-cols-[1rem_minmax(0,1fr)] items-center gap-x-3 rounded-lg border border-line bg-raised px-3 py-2 text-left hover:border-edge hover:bg-hover disabled:text-faint [&_svg]:size-4 [&_svg]:text-soft"
        onClick={(event) => {
          // The second half of a double click is no second wish.
          if (event.detail < 2) onPress()
        }}
      >
        <span aria-hidden>{icon}</span>
        <span id={name} className="text-sm font-medium">
          {label}
        </span>
        <span id={note} className="col-start-2 text-xs text-soft">
          {children}
        </span>
      </button>
    </li>
  )
}

function newAttempt({ estimate }: Take): string {
  if (estimate.amount === 0) return text.attemptFree
  return text.attemptAgain(estimate.amount === null ? 'an unknown amount' : formatEstimate(estimate))
}

type ChoicesProps = {
  readonly take: Take
  /** The provider's name. */
  readonly at: string
  readonly offers: readonly TakeOffer[]
  readonly decide: (decision: Decision) => void
}

/** The ways out of the question whether a take exists. None is a default, and none pays without asking once more. */
function Choices({ take, at, offers, decide }: ChoicesProps) {
  const checkTakeAgain = useApp((state) => state.checkTakeAgain)
  const disabled = useApp((state) => state.pendingActions[take.id] !== undefined)
  const { model } = useTakeProvider(take)
  const canAsk = take.taskId !== null || model?.lookUp === true
  const asking = (decision: Decision) => ({
    disabled,
    onPress: () => {
      decide(decision)
    },
  })
  return (
    <ul aria-label="Your choices" className="space-y-1.5">
      <ChoiceButton
        label="Ask again"
        icon={<RefreshCw />}
        disabled={disabled}
        onPress={() => void checkTakeAgain(take.id)}
      >
        {canAsk ? text.askAgain(at) : text.tryAgain(at)}
      </ChoiceButton>
      <ChoiceButton label="I found it…" icon={<SquarePen />} {...asking('adopt')}>
        {text.followTask}
      </ChoiceButton>
      {offers.includes('submit-again') && (
        <ChoiceButton label="Submit again…" icon={<Send />} {...asking('submit-again')}>
          {newAttempt(take)}
        </ChoiceButton>
      )}
      <ChoiceButton label="Give up…" icon={<Flag />} {...asking('give-up')}>
        {take.estimate.amount === 0 ? 'Understudy stops following it.' : text.stopAndMaybePay}
      </ChoiceButton>
    </ul>
  )
}

type Candidates = { readonly tasks: readonly string[]; readonly onPick: (task: string) => void }

function CandidateTasks({ tasks, onPick }: Candidates) {
  if (tasks.length === 0) return null
  return (
    <div className="text-xs text-soft">
      <p>Tasks that could be this take:</p>
      <ul className="mt-1 space-y-1">
        {tasks.map((task) => (
          <li key={task} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 font-mono wrap-anywhere">{task}</span>
            <Button
              size="small"
              aria-label={`It is ${task}…`}
              onClick={() => {
                onPick(task)
              }}
            >
              It is this one…
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

type TakeQuestionProps = Omit<ChoicesProps, 'at'> & {
  /** One of the tasks that could be this take was pointed at. */
  readonly onPick: (task: string) => void
}

/** The question that only the user can answer: on one side what is known, on the other what happened and the ways out. */
export function TakeQuestion({ take, offers, decide, onPick }: TakeQuestionProps) {
  const { provider, model } = useTakeProvider(take)
  const now = useNow()
  const at = provider?.name ?? 'the provider'
  const format = (moment: string) => formatMoment(moment, now)
  const question = questionOf(take, { now, format, at, model })
  return (
    <div className="grid gap-5 @min-[40rem]:grid-cols-[minmax(0,19rem)_minmax(0,1fr)]">
      <Evidences take={take} at={at} />
      <div className="space-y-3">
        <div data-selectable className="space-y-1.5 text-sm text-soft">
          <h3 className="text-base font-semibold text-ink">{question.title}</h3>
          {take.problem && <p className="text-ink">{take.problem.message}</p>}
          <p>{question.happened}</p>
          <p className="text-ink">{question.money}</p>
        </div>
        <CandidateTasks tasks={question.candidates} onPick={onPick} />
        <Choices {...{ take, at, offers, decide }} />
        <p data-selectable className="text-xs text-faint">
          {question.lookFor} {question.meanwhile}
        </p>
      </div>
    </div>
  )
}
