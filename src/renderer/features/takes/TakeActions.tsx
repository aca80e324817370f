import { Columns2, Download, FolderOpen, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { Take } from '../../../shared/take.ts'
import { useApp } from '../../app/store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SubmitAgain } from './SubmitAgain.tsx'
import { AdoptTask, GiveUp } from './TakeDecisions.tsx'
import { CancelRemote, StopWatching } from './TakeStops.tsx'
import { offersFor, type TakeOffer } from './take-actions.ts'
import { useTakeProvider } from './use-take-provider.ts'

type Decision = Extract<TakeOffer, 'adopt' | 'submit-again' | 'cancel-remote' | 'stop-watching' | 'give-up'>

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

type WaitingProps = {
  readonly take: Take
  readonly offers: readonly TakeOffer[]
  /** The provider's name. */
  readonly at: string
  readonly decide: (decision: Decision) => void
}

/** What asks first, in the order it is shown. */
const decisions = (take: Take, at: string) =>
  [
    ['adopt', 'Enter its task id'],
    ['submit-again', take.state === 'DRAFT' ? 'Start again…' : 'Submit again…'],
    ['cancel-remote', `Cancel at ${at}…`],
    ['stop-watching', 'Stop watching…'],
    ['give-up', 'Give up…'],
  ] as const satisfies readonly (readonly [Decision, string])[]

const quiet: ReadonlySet<Decision> = new Set<Decision>(['stop-watching', 'give-up'])

function WaitingActions({ take, offers, at, decide }: WaitingProps) {
  const checkTakeAgain = useApp((state) => state.checkTakeAgain)
  const cancelTake = useApp((state) => state.cancelTake)
  const pending = useApp((state) => state.pendingActions[take.id] !== undefined)
  return (
    <>
      {offers.includes('check-again') && (
        <Button
          size="small"
          icon={<RefreshCw />}
          disabled={pending}
          onClick={() => void checkTakeAgain(take.id)}
        >
          {take.state === 'NEEDS_USER' ? 'Check again' : 'Check now'}
        </Button>
      )}
      {offers.includes('cancel') && (
        <Button size="small" disabled={pending} onClick={() => void cancelTake(take.id)}>
          Cancel
        </Button>
      )}
      {decisions(take, at).map(
        ([decision, label]) =>
          offers.includes(decision) && (
            <Button
              key={decision}
              size="small"
              look={quiet.has(decision) ? 'quiet' : 'plain'}
              disabled={pending}
              onClick={() => {
                decide(decision)
              }}
            >
              {label}
            </Button>
          ),
      )}
    </>
  )
}

/** The buttons of one take. What spends money or gives something up asks first. */
export function TakeActions({ take }: { readonly take: Take }) {
  const [asked, setDecision] = useState<Decision | null>(null)
  const { provider, model } = useTakeProvider(take)
  const offers = offersFor(take, model)
  if (offers.length === 0) return null
  // The take may have moved on while the question was open.
  const decision = asked !== null && offers.includes(asked) ? asked : null
  const at = provider?.name ?? 'the provider'
  const close = () => {
    setDecision(null)
  }
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-1.5">
      {take.state === 'DONE' ? (
        <DoneActions id={take.id} />
      ) : (
        <WaitingActions take={take} offers={offers} at={at} decide={setDecision} />
      )}
      {decision === 'adopt' && <AdoptTask take={take} onClose={close} />}
      {decision === 'submit-again' && <SubmitAgain take={take} onClose={close} />}
      {decision === 'cancel-remote' && <CancelRemote take={take} at={at} onClose={close} />}
      {decision === 'stop-watching' && <StopWatching take={take} at={at} onClose={close} />}
      {decision === 'give-up' && <GiveUp take={take} onClose={close} />}
    </div>
  )
}
