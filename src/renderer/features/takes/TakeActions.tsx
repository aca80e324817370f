import { Columns2, Download, FolderOpen, FolderOutput, RefreshCw, Stamp } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Take } from '../../../shared/domain/take.ts'
import { useApp } from '../../state/store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { OnceButton } from './OnceButton.tsx'
import { TakeDecision, type Decision } from './TakeDecisions.tsx'
import { TakeQuestion } from './TakeQuestion.tsx'
import { offersFor, type TakeOffer } from './take-actions.ts'
import { useTakeProvider } from './use-take-provider.ts'

type ActionsProps = {
  readonly take: Take
  readonly offers: readonly TakeOffer[]
}

function DoneActions({ take: { id }, offers }: ActionsProps) {
  const openTake = useApp((state) => state.openTake)
  const saveResult = useApp((state) => state.saveResult)
  const revealResult = useApp((state) => state.revealResult)
  return (
    <>
      {offers.includes('compare') && (
        <OnceButton
          icon={<Columns2 />}
          onPress={() => {
            openTake(id)
          }}
        >
          Compare
        </OnceButton>
      )}
      {offers.includes('save') && (
        <OnceButton look="quiet" icon={<Download />} onPress={() => void saveResult(id)}>
          Save result
        </OnceButton>
      )}
      {offers.includes('save-marked') && (
        <OnceButton look="quiet" icon={<Stamp />} onPress={() => void saveResult(id, 'marked')}>
          Save watermarked version
        </OnceButton>
      )}
      {offers.includes('reveal') && (
        <IconButton
          size="small"
          label="Show in folder"
          icon={<FolderOpen />}
          onClick={() => void revealResult(id)}
        />
      )}
    </>
  )
}

/** What works at once and costs nothing. */
function FreeActions({ take, offers }: ActionsProps) {
  const checkTakeAgain = useApp((state) => state.checkTakeAgain)
  const cancelTake = useApp((state) => state.cancelTake)
  const saveElsewhere = useApp((state) => state.saveElsewhere)
  const disabled = useApp((state) => state.pendingActions[take.id] !== undefined)
  const { id, state } = take
  return (
    <>
      {(offers.includes('check-again') || offers.includes('fetch-again')) && (
        <OnceButton icon={<RefreshCw />} disabled={disabled} onPress={() => void checkTakeAgain(id)}>
          {state === 'DONE' ? 'Download again' : state === 'HELD' ? 'Check again' : 'Check now'}
        </OnceButton>
      )}
      {offers.includes('fetch-marked') && (
        <OnceButton icon={<RefreshCw />} disabled={disabled} onPress={() => void checkTakeAgain(id)}>
          Download watermarked version
        </OnceButton>
      )}
      {offers.includes('save-elsewhere') && (
        <OnceButton icon={<FolderOutput />} disabled={disabled} onPress={() => void saveElsewhere(id)}>
          Another folder…
        </OnceButton>
      )}
      {offers.includes('cancel') && (
        <OnceButton disabled={disabled} onPress={() => void cancelTake(id)}>
          Cancel
        </OnceButton>
      )}
    </>
  )
}

/** What asks first, in the order it is shown. */
const decisions = (take: Take, at: string) =>
  [
    ['submit-again', take.state === 'DRAFT' ? 'Start again…' : 'Submit again…'],
    ['cancel-remote', `Cancel at ${at}…`],
    ['stop-watching', 'Stop following…'],
    ['give-up', 'Give up…'],
  ] as const satisfies readonly (readonly [Decision, string])[]

const quiet: ReadonlySet<Decision> = new Set<Decision>(['stop-watching', 'give-up'])

type Deciding = ActionsProps & { readonly at: string; readonly decide: (decision: Decision) => void }

function AskingActions({ take, offers, at, decide }: Deciding) {
  const disabled = useApp((state) => state.pendingActions[take.id] !== undefined)
  return decisions(take, at).map(
    ([decision, label]) =>
      offers.includes(decision) && (
        <OnceButton
          key={decision}
          look={quiet.has(decision) ? 'quiet' : 'plain'}
          disabled={disabled}
          onPress={() => {
            decide(decision)
          }}
        >
          {label}
        </OnceButton>
      ),
  )
}

const Row = ({ children }: { readonly children: ReactNode }) => (
  <div className="mt-2.5 flex flex-wrap items-center gap-1.5">{children}</div>
)

/** The buttons of one take. What spends money or gives something up asks first. */
export function TakeActions({ take }: { readonly take: Take }) {
  const [asked, setAsked] = useState<{ readonly decision: Decision; readonly task?: string } | null>(null)
  const { provider, model } = useTakeProvider(take)
  const resultProblem = useApp((state) => state.resultProblems[take.id])
  const markedProblem = useApp((state) => state.markedProblems[take.id])
  const offers = offersFor(take, model, resultProblem, markedProblem)
  if (offers.length === 0) return null
  // The take may have moved on while the question was open.
  const question = asked !== null && offers.includes(asked.decision) ? asked : null
  const at = provider?.name ?? 'the provider'
  const decide = (decision: Decision) => {
    setAsked({ decision })
  }
  return (
    <>
      {take.state === 'NEEDS_USER' ? (
        <TakeQuestion
          take={take}
          offers={offers}
          decide={decide}
          onPick={(task) => {
            setAsked({ decision: 'adopt', task })
          }}
        />
      ) : (
        <Row>
          {take.state === 'DONE' && <DoneActions take={take} offers={offers} />}
          <FreeActions take={take} offers={offers} />
          <AskingActions take={take} offers={offers} at={at} decide={decide} />
        </Row>
      )}
      {question && (
        <TakeDecision
          {...question}
          take={take}
          at={at}
          onClose={() => {
            setAsked(null)
          }}
        />
      )}
    </>
  )
}
