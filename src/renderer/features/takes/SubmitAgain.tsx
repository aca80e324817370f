import { useState } from 'react'
import { formatEstimate, type Estimate } from '../../../shared/domain/money.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { useApp } from '../../state/store.ts'
import { useCall } from '../../lib/use-call.ts'
import { Confirm } from '../../ui/Confirm.tsx'
import { PassLimit } from '../../ui/PassLimit.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { text } from './text.ts'

function Meaning({ take, estimate }: { readonly take: Take; readonly estimate: Estimate }) {
  const cost = <strong className="text-ink">{formatEstimate(estimate)}</strong>
  if (take.state === 'DRAFT')
    return (
      <p>
        {text.startsWithOriginals} {cost}.
      </p>
    )
  if (take.state !== 'NEEDS_USER')
    return estimate.amount === 0 ? (
      <p>A new attempt with the same files and settings is {cost}.</p>
    ) : (
      <p>You pay for a new attempt with the same files and settings: {cost}.</p>
    )
  return (
    <>
      <p>
        The last attempt may have reached the provider. If it did, both run
        {estimate.amount !== 0 && ' and you pay for both'}. This attempt: {cost}.
      </p>
      <p>{text.enterTaskInstead}</p>
    </>
  )
}

/** The second confirmation before a take may be paid for twice, and a third where it passes a limit. */
export function SubmitAgain({ take, onClose }: { readonly take: Take; readonly onClose: () => void }) {
  const submitTakeAgain = useApp((state) => state.submitTakeAgain)
  // The price may have changed since the take was made.
  const { answer: known, problem, pending } = useCall('take:cost-again', { take: take.id })
  const [passing, setPassing] = useState(false)
  const verb = take.state === 'DRAFT' ? 'Start' : 'Submit'
  const words = known === null ? '' : formatEstimate(known.estimate)
  const submit = (passGuard: boolean) => {
    onClose()
    if (known) void submitTakeAgain(take.id, { amount: known.estimate.amount, passGuard })
  }
  if (known && passing)
    return (
      <PassLimit
        guards={known.guards}
        what={`${verb.toLowerCase()} again: ${words}`}
        onNo={onClose}
        onYes={() => {
          submit(true)
        }}
      />
    )
  return (
    <Confirm
      title={text.againQuestion(verb)}
      confirm={known ? `${verb} again: ${words}` : `${verb} again`}
      danger={take.state === 'NEEDS_USER'}
      ready={known !== null}
      onCancel={onClose}
      onConfirm={() => {
        if (known && known.guards.length > 0) setPassing(true)
        else submit(false)
      }}
    >
      {known ? <Meaning take={take} estimate={known.estimate} /> : pending && <p>Checking the cost…</p>}
      <ProblemCallout problem={problem} />
    </Confirm>
  )
}
