import { useId, useState } from 'react'
import { formatEstimate } from '../../../shared/money.ts'
import type { Take } from '../../../shared/take.ts'
import { useApp } from '../../app/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Confirm } from '../../ui/Confirm.tsx'
import { Modal } from '../../ui/Modal.tsx'

type DecisionProps = { readonly take: Take; readonly onClose: () => void }

function WhatSubmittingAgainMeans({ take }: { readonly take: Take }) {
  const cost = <strong className="text-ink">{formatEstimate(take.estimate)}</strong>
  if (take.state === 'DRAFT')
    return <p>It starts with the files and settings it was made with. What it costs: {cost}.</p>
  if (take.state !== 'NEEDS_USER')
    return take.estimate.amount === 0 ? (
      <p>A new attempt with the same files and settings is {cost}.</p>
    ) : (
      <p>A new attempt with the same files and settings is paid anew: {cost}.</p>
    )
  return (
    <>
      <p>
        The last attempt may have reached the provider. If it did, both attempts run and both count. This one:{' '}
        {cost}.
      </p>
      <p>If you find the take on the provider’s website, enter its task id instead: that costs nothing.</p>
    </>
  )
}

/** The second confirmation before a take may be paid for twice. */
export function SubmitAgain({ take, onClose }: DecisionProps) {
  const submitTakeAgain = useApp((state) => state.submitTakeAgain)
  const unsent = take.state === 'DRAFT'
  return (
    <Confirm
      title={unsent ? 'Start this take again?' : 'Submit this take again?'}
      confirm={`${unsent ? 'Start' : 'Submit'} again: ${formatEstimate(take.estimate)}`}
      danger={take.state === 'NEEDS_USER'}
      onCancel={onClose}
      onConfirm={() => {
        onClose()
        void submitTakeAgain(take.id)
      }}
    >
      <WhatSubmittingAgainMeans take={take} />
    </Confirm>
  )
}

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
