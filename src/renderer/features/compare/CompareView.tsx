import { useEffect, useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { pageSize } from '../../../shared/domain/catalogue.ts'
import type { Take } from '../../../shared/domain/take.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { useApp } from '../../state/store.ts'
import { useCall } from '../../lib/use-call.ts'
import { useShortcut } from '../../lib/use-shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import { Callout } from '../../ui/Callout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { ofTake } from './commands.ts'
import { ComparePlayer } from './ComparePlayer.tsx'
import type { LeftOutTake } from './use-comparison.ts'
import { leftOutWords } from './words.ts'

type CompareViewProps = {
  readonly takeId: string
  /** Further takes that it begins with. */
  readonly others?: readonly string[]
  readonly onClose: () => void
  /** Starts the app's own save flow; without it the button is not shown. */
  readonly onSave?: (takeId: string) => void
  readonly onReveal?: (takeId: string) => void
  /** Told what keeps the two videos from being shown; null once they are. */
  readonly onProblem?: (takeId: string, problem: Problem | null) => void
}

/** Reference and result of one take, side by side on one transport. */
export function CompareView(props: CompareViewProps) {
  const { takeId, others = [], onProblem } = props
  const gone = useApp(useShallow(({ trashed, takes }) => trashed.filter((id) => takes[id] === undefined)))
  const [first] = useState(() => [takeId, ...others.filter((id) => !gone.includes(id))])
  const { pending, answer, problem, run } = useCall('take:compare', { takes: first }, { cancellable: true })
  // With other takes than the first; one that can't be compared with it is told, and what is compared stays.
  const changed = useCall('take:compare', undefined, { cancellable: true })
  const answered = changed.answer ?? answer
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const comparison = useMemo(
    () =>
      answered && {
        ...answered,
        takes: answered.takes.filter(({ take: { id } }) => !leftOut.includes(id) && !gone.includes(id)),
      },
    [answered, leftOut, gone],
  )
  const takes = comparison?.takes.map(({ take }) => take.id) ?? first
  const candidates = useCandidates(takes)
  const tellProblem = useApp((state) => state.tellProblem)
  const tell = useApp((state) => state.tell)
  useEffect(() => {
    if (!pending) onProblem?.(takeId, problem)
  }, [pending, problem, takeId, onProblem])
  const compare = async (ids: readonly string[]) => {
    const outcome = await changed.run({ takes: [...ids] })
    // Cancelled by another choice, or by closing the comparison.
    if (!outcome.ok && outcome.problem.code !== 'cancelled') tellProblem(outcome.problem)
  }
  const leaveOut = (lost: readonly LeftOutTake[]) => {
    setLeftOut((before) => [...before, ...lost.map(({ id }) => id)])
    // It stays until it has been read: a picture is gone.
    for (const { side, why } of lost) tell({ tone: 'bad', ...leftOutWords(side, why) })
  }
  if (comparison && comparison.takes.length > 0)
    return (
      <ComparePlayer
        comparison={comparison}
        candidates={candidates}
        onAdd={(id) => {
          // One that was left out is tried again.
          setLeftOut((before) => before.filter((one) => one !== id))
          void compare([...takes, id])
        }}
        onRemove={(id) => void compare(takes.filter((one) => one !== id))}
        onLeftOut={leaveOut}
        onClose={props.onClose}
        onSave={props.onSave}
        onReveal={props.onReveal}
      />
    )
  return (
    <Opening
      problem={problem}
      onAgain={() => void run({ takes: first })}
      onReveal={ofTake(takeId, props.onReveal)}
      onClose={props.onClose}
    />
  )
}

type OpeningProps = {
  readonly problem: Problem | null
  readonly onAgain: () => void
  readonly onReveal: (() => void) | undefined
  readonly onClose: () => void
}

/** Until there is something to compare. */
function Opening({ problem, onAgain, onReveal, onClose }: OpeningProps) {
  useShortcut('comparison', 'close', onClose)
  return (
    <section aria-label="Comparison" className="flex h-full items-center justify-center p-8">
      {problem ? (
        <Callout tone="bad" title={problem.message} className="max-w-lg">
          {problem.advice}
          <div className="mt-3 flex flex-wrap gap-2">
            <Button size="small" onClick={onAgain}>
              Try again
            </Button>
            {onReveal && (
              <Button size="small" onClick={onReveal}>
                Show in folder
              </Button>
            )}
            <Button size="small" look="quiet" onClick={onClose}>
              Close
            </Button>
          </div>
        </Callout>
      ) : (
        <p role="status" className="flex items-center gap-2.5 text-sm text-soft">
          <Spinner /> Opening reference and result
        </p>
      )}
    </section>
  )
}

/** Finished takes of the same clip, by its name; the core refuses one whose file was another. */
function useCandidates(takes: readonly string[]): readonly Take[] {
  const all = useApp((state) => state.takes)
  const needTakes = useApp((state) => state.needTakes)
  const [first = ''] = takes
  const clip = all[first]?.clipName
  // Quotation marks can't be written in a filter: then only takes that were in sight are offered.
  const filter = clip === undefined || clip.includes('"') ? null : `state:done clip:"${clip}"`
  const { answer } = useCall(
    'library:search',
    filter === null ? undefined : { filter, group: null, order: 'newest' },
  )
  useEffect(() => {
    if (answer) needTakes(answer.cards.slice(0, pageSize).map(({ id }) => id))
  }, [answer, needTakes])
  return Object.values(all).filter(
    (take) => take.state === 'DONE' && take.clipName === clip && !takes.includes(take.id),
  )
}
