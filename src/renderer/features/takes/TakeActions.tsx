import { Columns2, Download, FolderOpen, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { Take } from '../../../shared/take.ts'
import { useApp } from '../../app/store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { AdoptTask, GiveUp, SubmitAgain } from './TakeDecisions.tsx'
import { offersFor, type TakeOffer } from './take-actions.ts'

type Decision = Extract<TakeOffer, 'adopt' | 'submit-again' | 'give-up'>

function DoneActions({ id }: { readonly id: string }) {
  const openTake = useApp((state) => state.openTake)
  const saveResult = useApp((state) => state.saveResult)
  const revealResult = useApp((state) => state.revealResult)
  return (
    <>
      <Button
        size="small"
        icon={<Columns2 />}
        onClick={() => {
          openTake(id)
        }}
      >
        Compare
      </Button>
      <Button size="small" look="quiet" icon={<Download />} onClick={() => void saveResult(id)}>
        Save
      </Button>
      <IconButton
        size="small"
        label="Show in folder"
        icon={<FolderOpen />}
        onClick={() => void revealResult(id)}
      />
    </>
  )
}

function WaitingActions({
  take,
  decide,
}: {
  readonly take: Take
  readonly decide: (decision: Decision) => void
}) {
  const offers = offersFor(take)
  const checkTakeAgain = useApp((state) => state.checkTakeAgain)
  const cancelTake = useApp((state) => state.cancelTake)
  const pending = useApp((state) => state.pendingActions[take.id])
  const button = (offer: TakeOffer, label: string, run: () => void) =>
    offers.includes(offer) && (
      <Button
        size="small"
        look={offer === 'give-up' ? 'quiet' : 'plain'}
        disabled={pending !== undefined}
        onClick={run}
      >
        {label}
      </Button>
    )
  return (
    <>
      {offers.includes('check-again') && (
        <Button
          size="small"
          icon={<RefreshCw />}
          disabled={pending !== undefined}
          onClick={() => void checkTakeAgain(take.id)}
        >
          {take.state === 'NEEDS_USER' ? 'Check again' : 'Check now'}
        </Button>
      )}
      {button('adopt', 'Enter its task id', () => {
        decide('adopt')
      })}
      {button('submit-again', take.state === 'DRAFT' ? 'Start again…' : 'Submit again…', () => {
        decide('submit-again')
      })}
      {button('cancel', 'Cancel', () => void cancelTake(take.id))}
      {button('give-up', 'Give up…', () => {
        decide('give-up')
      })}
    </>
  )
}

/** The buttons of one take. What spends money or gives something up asks first. */
export function TakeActions({ take }: { readonly take: Take }) {
  const [decision, setDecision] = useState<Decision | null>(null)
  if (offersFor(take).length === 0) return null
  const close = () => {
    setDecision(null)
  }
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-1.5">
      {take.state === 'DONE' ? (
        <DoneActions id={take.id} />
      ) : (
        <WaitingActions take={take} decide={setDecision} />
      )}
      {decision === 'adopt' && <AdoptTask take={take} onClose={close} />}
      {decision === 'submit-again' && <SubmitAgain take={take} onClose={close} />}
      {decision === 'give-up' && <GiveUp take={take} onClose={close} />}
    </div>
  )
}
