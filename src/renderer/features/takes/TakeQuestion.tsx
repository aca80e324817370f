import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Take } from '../../../shared/domain/take.ts'
import { questionOf } from '../../../shared/text/outcome-question.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoment } from './NextStep.tsx'
import { useTakeProvider } from './use-take-provider.ts'
import { formatEstimate } from '../../../shared/domain/money.ts'
import { useApp } from '../../state/store.ts'
import { OnceButton } from './OnceButton.tsx'
import type { Decision } from './TakeDecisions.tsx'
import type { TakeOffer } from './take-actions.ts'
import { text } from './text.ts'

type TakeQuestionProps = {
  readonly take: Take
  /** One of the tasks that could be this take was pointed at. */
  readonly onPick: (task: string) => void
}

/** What the user needs to know to answer: what happened and when, the money, what is known, and what continues meanwhile. */
export function TakeQuestion({ take, onPick }: TakeQuestionProps) {
  const { provider, model } = useTakeProvider(take)
  const now = useNow()
  const at = provider?.name ?? 'the provider'
  const question = questionOf(take, {
    now,
    format: (moment) => formatMoment(moment, now),
    at,
    model,
  })
  return (
    <div
      data-selectable
      className="forced-edge mt-2 space-y-1.5 rounded-lg bg-warn-wash px-3 py-2.5 text-xs text-soft"
    >
      {take.problem && <p className="font-medium text-ink">{take.problem.message}</p>}
      <p>{question.happened}</p>
      <p className="text-ink">{question.money}</p>
      {question.candidates.length > 0 && (
        <div>
          <p>Tasks that could be this take:</p>
          <ul className="mt-1 space-y-1">
            {question.candidates.map((task) => (
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
      )}
      <p>{question.lookFor}</p>
      <p>{question.meanwhile}</p>
    </div>
  )
}

type WaysOutProps = {
  readonly take: Take
  readonly offers: readonly TakeOffer[]
  readonly decide: (decision: Decision) => void
}

function Way({ button, children }: { readonly button: ReactNode; readonly children: ReactNode }) {
  return (
    <li className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-center gap-x-2.5 [&>button]:w-full">
      {button}
      <span className="text-xs text-faint">{children}</span>
    </li>
  )
}

function priceOf({ estimate }: Take): string {
  if (estimate.amount === 0) return text.attemptFree
  const cost = estimate.amount === null ? 'an unknown cost' : formatEstimate(estimate)
  return text.attemptAgain(cost)
}

/** The ways out of the question whether a take exists. None is a default, and none pays without asking once more. */
export function WaysOut({ take, offers, decide }: WaysOutProps) {
  const checkTakeAgain = useApp((state) => state.checkTakeAgain)
  const disabled = useApp((state) => state.pendingActions[take.id] !== undefined)
  const { model } = useTakeProvider(take)
  const canAsk = take.taskId !== null || model?.lookUp === true
  const ask = (decision: Decision, label: string) => (
    <OnceButton
      disabled={disabled}
      onPress={() => {
        decide(decision)
      }}
    >
      {label}
    </OnceButton>
  )
  return (
    <ul aria-label="Your choices" className="mt-2.5 space-y-1.5">
      <Way
        button={
          <OnceButton icon={<RefreshCw />} disabled={disabled} onPress={() => void checkTakeAgain(take.id)}>
            Check again
          </OnceButton>
        }
      >
        {canAsk ? text.askAgain : text.tryAgain}
      </Way>
      <Way button={ask('adopt', 'Enter its task id…')}>{text.followTask}</Way>
      {offers.includes('submit-again') && (
        <Way button={ask('submit-again', 'Submit again…')}>{priceOf(take)}</Way>
      )}
      <Way button={ask('give-up', 'Give up…')}>
        {take.estimate.amount === 0 ? 'Stops following it.' : text.stopAndMaybePay}
      </Way>
    </ul>
  )
}
