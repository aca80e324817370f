import { useId, useState } from 'react'
import type { Take } from '../../../shared/domain/take.ts'
import { useApp } from '../../state/store.ts'
import { Confirm } from '../../ui/Confirm.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'
import { unreachable } from '../../../shared/units.ts'
import { SubmitAgain } from './SubmitAgain.tsx'
import type { TakeOffer } from './take-actions.ts'
import { text } from './text.ts'

type DecisionProps = { readonly take: Take; readonly onClose: () => void }

function meaningOf({ state, resume, taskId, estimate }: Take): string {
  if (state === 'DRAFT') return text.nothingSent
  const paid = estimate.amount !== 0
  if (state === 'HELD' && resume === 'REMOTE_DONE') return paid ? text.finishedPaid : text.finished
  if (taskId !== null) return paid ? text.stopsFollowingPaid : text.stopsFollowing
  return paid ? text.mayHaveStartedPaid : text.mayHaveStarted
}

function GiveUp({ take, onClose }: DecisionProps) {
  const giveUpTake = useApp((state) => state.giveUpTake)
  return (
    <Confirm
      title={text.giveUpQuestion}
      confirm="Give up"
      cancel="Keep it"
      danger
      onCancel={onClose}
      onConfirm={() => {
        onClose()
        void giveUpTake(take.id)
      }}
    >
      <p>{meaningOf(take)}</p>
    </Confirm>
  )
}

/** Ties a take to a task that the user found at the provider. */
function AdoptTask({ take, first, onClose }: DecisionProps & { readonly first: string }) {
  const adoptTask = useApp((state) => state.adoptTask)
  const [task, setTask] = useState(first)
  const field = useId()
  const form = useId()
  return (
    <Modal
      title="Enter its task id"
      description={text.enterTask}
      onClose={onClose}
      footer={
        <ModalActions onOut={onClose} action="Follow this task" disabled={task.trim() === ''} act={form} />
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
          void adoptTask(take.id, task.trim())
        }}
      >
        <label htmlFor={field} className="text-xs text-soft">
          Task id
        </label>
        <input
          id={field}
          data-initial-focus
          value={task}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTask(event.target.value)
          }}
          className="mt-1 h-9 w-full rounded-lg border border-edge bg-sunken px-3 font-mono text-sm"
        />
      </form>
    </Modal>
  )
}

type StopProps = {
  readonly take: Take
  /** The provider's name. */
  readonly at: string
  readonly onClose: () => void
}

/** Asks the provider to stop a task that it already works on. */
function CancelRemote({ take, at, onClose }: StopProps) {
  const cancelTake = useApp((state) => state.cancelTake)
  return (
    <Confirm
      title={text.cancelQuestion(at)}
      confirm={`Cancel at ${at}`}
      cancel="Keep it"
      danger
      onCancel={onClose}
      onConfirm={() => {
        onClose()
        void cancelTake(take.id)
      }}
    >
      <p>
        Understudy asks {at} to stop the task. {at} decides what it costs: maybe nothing, maybe the full
        price.
      </p>
      <p>{text.finishesFirst}</p>
    </Confirm>
  )
}

/** Lets go of a task that its provider cannot cancel. */
function StopWatching({ take, at, onClose }: StopProps) {
  const giveUpTake = useApp((state) => state.giveUpTake)
  const free = take.estimate.amount === 0
  return (
    <Confirm
      title={text.stopQuestion}
      confirm="Stop following"
      cancel="Keep following"
      danger
      onCancel={onClose}
      onConfirm={() => {
        onClose()
        void giveUpTake(take.id)
      }}
    >
      <p>{free ? text.stopFree(at) : text.stopPaid(at)}</p>
    </Confirm>
  )
}

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

/** The question asked before a decision. */
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
