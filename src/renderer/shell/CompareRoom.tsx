import { CompareView } from '../features/compare/CompareView.tsx'
import { SameClip } from '../features/takes/posters/SameClip.tsx'
import { TakeSheet } from '../features/takes/TakeSheet.tsx'
import { useRoominess } from '../lib/use-media.ts'
import { useApp } from '../state/store.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { text } from './text.ts'

function NothingToCompare() {
  const enterRoom = useApp((state) => state.enterRoom)
  return (
    <div className="on-stage flex h-full flex-col items-center justify-center gap-3 p-6 text-center">
      <h1 className="text-xl font-semibold">{text.nothingToCompare}</h1>
      <p className="text-sm text-soft">{text.makeFirst}</p>
      <Button
        look="primary"
        onClick={() => {
          enterRoom('make')
        }}
      >
        Make a take
      </Button>
    </div>
  )
}

/** Reference and results on one clock, and beside them the other takes of the same clip. */
export function CompareRoom() {
  const takeId = useApp((state) => state.openTakeId)
  const others = useApp((state) => state.comparedWith)
  const openTake = useApp((state) => state.openTake)
  const saveResult = useApp((state) => state.saveResult)
  const revealResult = useApp((state) => state.revealResult)
  const noteResultProblem = useApp((state) => state.noteResultProblem)
  const { isNarrow } = useRoominess()
  if (takeId === null) return <NothingToCompare />
  return (
    <div className="relative flex h-full min-h-0">
      <h1 className="sr-only">Compare</h1>
      <div className="min-w-0 flex-1">
        <ErrorBoundary key={[takeId, ...others].join(' ')} part="The comparison">
          <CompareView
            takeId={takeId}
            others={others}
            onClose={() => {
              openTake(null)
            }}
            onSave={(id) => void saveResult(id)}
            onReveal={(id) => void revealResult(id)}
            onProblem={noteResultProblem}
          />
        </ErrorBoundary>
      </div>
      {!isNarrow && (
        <aside
          aria-label="Takes of this reference"
          className="w-[340px] shrink-0 border-l border-line bg-panel"
        >
          <SameClip takeId={takeId} />
        </aside>
      )}
      <TakeSheet />
    </div>
  )
}
