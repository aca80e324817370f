import type { Take } from '../../../shared/domain/take.ts'
import { useApp } from '../../state/store.ts'
import { Confirm } from '../../ui/Confirm.tsx'

type StopProps = {
  readonly take: Take
  /** The provider's name. */
  readonly at: string
  readonly onClose: () => void
}

/** Asks the provider to stop a task that it already works on. */
export function CancelRemote({ take, at, onClose }: StopProps) {
  const cancelTake = useApp((state) => state.cancelTake)
  return (
    <Confirm
      title={`Cancel this take at ${at}?`}
      confirm={`Cancel at ${at}`}
      cancel="Keep it"
      danger
      onCancel={onClose}
      onConfirm={() => {
        onClose()
        void cancelTake(take.id)
      }}
    >
      <p>{at} is asked to stop the task, and decides what it costs: perhaps nothing, perhaps all of it.</p>
      <p>If the task is finished before that, there is nothing left to cancel.</p>
    </Confirm>
  )
}

/** Lets go of a task that its provider cannot cancel. */
export function StopWatching({ take, at, onClose }: StopProps) {
  const giveUpTake = useApp((state) => state.giveUpTake)
  const free = take.estimate.amount === 0
  return (
    <Confirm
      title="Stop watching this take?"
      confirm="Stop watching"
      cancel="Keep watching"
      danger
      onCancel={onClose}
      onConfirm={() => {
        onClose()
        void giveUpTake(take.id)
      }}
    >
      <p>
        {free
          ? `The task goes on at ${at}, but its result will not be fetched.`
          : `It cannot be cancelled there: the task goes on at ${at} and is charged, but its result will not be fetched.`}
      </p>
    </Confirm>
  )
}
