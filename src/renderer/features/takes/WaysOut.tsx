import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatEstimate } from '../../../shared/domain/money.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { useApp } from '../../state/store.ts'
import { OnceButton } from './OnceButton.tsx'
import type { Decision } from './TakeDecision.tsx'
import type { TakeOffer } from './take-actions.ts'
import { useTakeProvider } from './use-take-provider.ts'

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
  if (estimate.amount === 0) return 'A new attempt; it is free.'
  const cost = estimate.amount === null ? 'a cost that is unknown' : formatEstimate(estimate)
  return `It is not there: a new attempt for ${cost}. You are asked once more.`
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
    <ul aria-label="Ways out" className="mt-2.5 space-y-1.5">
      <Way
        button={
          <OnceButton icon={<RefreshCw />} disabled={disabled} onPress={() => void checkTakeAgain(take.id)}>
            Check again
          </OnceButton>
        }
      >
        {canAsk
          ? 'Asks the provider once more; free.'
          : 'Tries once more; this provider may know no answer. Free.'}
      </Way>
      <Way button={ask('adopt', 'Enter its task id…')}>You found it: it is followed; free.</Way>
      {offers.includes('submit-again') && (
        <Way button={ask('submit-again', 'Submit again…')}>{priceOf(take)}</Way>
      )}
      <Way button={ask('give-up', 'Give up…')}>Stops following it; nothing is paid back.</Way>
    </ul>
  )
}
