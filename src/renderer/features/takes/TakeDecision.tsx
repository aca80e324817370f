import type { Take } from '../../../shared/domain/take.ts'
import { unreachable } from '../../../shared/unreachable.ts'
import { SubmitAgain } from './SubmitAgain.tsx'
import { AdoptTask, GiveUp } from './TakeDecisions.tsx'
import { CancelRemote, StopWatching } from './TakeStops.tsx'
import type { TakeOffer } from './take-actions.ts'

/** What is not done before it was asked about. */
export type Decision = Extract<
  TakeOffer,
  'adopt' | 'submit-again' | 'cancel-remote' | 'stop-watching' | 'give-up'
>

type TakeDecisionProps = {
  readonly decision: Decision
  readonly take: Take
  /** The provider's name. */
  readonly at: string
  /** The task that was pointed at. */
  readonly task?: string
  readonly onClose: () => void
}

/** The question that stands before a decision. */
export function TakeDecision({ decision, task, ...rest }: TakeDecisionProps) {
  const { at: _at, ...about } = rest
  switch (decision) {
    case 'adopt':
      return <AdoptTask {...about} first={task ?? ''} />
    case 'submit-again':
      return <SubmitAgain {...about} />
    case 'cancel-remote':
      return <CancelRemote {...rest} />
    case 'stop-watching':
      return <StopWatching {...rest} />
    case 'give-up':
      return <GiveUp {...about} />
    default:
      return unreachable(decision)
  }
}
