import { useId, useState } from 'react'
import type { Take } from '../../../shared/take.ts'
import { useApp } from '../../app/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Confirm } from '../../ui/Confirm.tsx'
import { Modal } from '../../ui/Modal.tsx'

type DecisionProps = { readonly take: Take; readonly onClose: () => void }

export function GiveUp({ take, onClose }: DecisionProps) {
  const giveUpTake = useApp((state) => state.giveUpTake)
  const unsent = take.state === 'DRAFT'
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
      <p>
        {unsent
          ? 'Nothing was sent and nothing was paid. Its files stay in the library.'
          : 'Understudy stops following it. If the provider has made it after all, its result is not fetched.'}
      </p>
    </Confirm>
  )
}

/** Ties a take to a task that the user found at the provider. */
export function AdoptTask({ take, onClose }: DecisionProps) {
  const adoptTask = useApp((state) => state.adoptTask)
  const [task, setTask] = useState('')
  const field = useId()
  const form = useId()
  return (
    <Modal
      title="Enter its task id"
      description="Copy it from the provider’s website. Understudy follows that task and fetches its result; nothing is paid again."
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={form} disabled={task.trim() === ''}>
            Follow this task
          </Button>
        </>
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
