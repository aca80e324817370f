import { useId, useState } from 'react'
import type { Take } from '../../../shared/domain/take.ts'
import { useApp } from '../../state/store.ts'
import { Confirm } from '../../ui/Confirm.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ModalActions } from '../../ui/ModalActions.tsx'

type DecisionProps = { readonly take: Take; readonly onClose: () => void }

function meaningOf({ state, resume, taskId, estimate }: Take): string {
  if (state === 'DRAFT') return 'Nothing was sent and nothing is paid. Its files stay in the library.'
  const paid = estimate.amount !== 0
  if (state === 'HELD' && resume === 'REMOTE_DONE')
    return `Its result is finished at the provider${paid ? ' and paid for' : ''}, and will not be fetched.`
  if (taskId !== null)
    return `Understudy stops following it${paid ? ', and what it cost is not paid back' : ''}. Its result is not fetched.`
  return 'Understudy stops following it. If the provider has made it after all, its result is not fetched.'
}

export function GiveUp({ take, onClose }: DecisionProps) {
  const giveUpTake = useApp((state) => state.giveUpTake)
  return (
    <Confirm
      title="Give up this take?"
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
export function AdoptTask({ take, first, onClose }: DecisionProps & { readonly first: string }) {
  const adoptTask = useApp((state) => state.adoptTask)
  const [task, setTask] = useState(first)
  const field = useId()
  const form = useId()
  return (
    <Modal
      title="Enter its task id"
      description="Copy it from the provider’s website. Understudy follows that task and fetches its result; nothing is paid again."
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
