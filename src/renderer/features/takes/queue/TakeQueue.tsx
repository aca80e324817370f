import { Clapperboard } from 'lucide-react'
import { useMemo } from 'react'
import { useApp } from '../../../state/store.ts'
import { ListOrWords } from '../../../ui/ListOrWords.tsx'
import { PauseButton } from '../../../ui/PauseButton.tsx'
import { ProblemCallout } from '../../../ui/ProblemCallout.tsx'
import { useRunning } from '../open-takes.ts'
import { text } from '../text.ts'
import { TakeQueueRow } from './TakeQueueRow.tsx'

/** Takes that run, then those that wait to be sent, in their order. */
export function TakeQueue() {
  const problem = useApp((state) => state.takeQueueProblem ?? state.takeQueue.unsaved ?? null)
  const running = useRunning()
  const waiting = useApp((state) => state.takeQueue.waiting)
  const ids = useMemo(() => [...running, ...waiting.map(({ take }) => take)], [running, waiting])
  return (
    <>
      <ProblemCallout problem={problem} className="mb-3" />
      <ListOrWords
        label="Takes, in order"
        ids={ids}
        rowHeight={82}
        row={(id) => <TakeQueueRow id={id} />}
        icon={Clapperboard}
        empty={text.nothingWaits}
      />
    </>
  )
}

/** Holds back what is not sent yet, or sends again. */
export function PauseTakes() {
  const paused = useApp((state) => state.takeQueue.paused)
  const pauseTakes = useApp((state) => state.pauseTakes)
  return (
    <>
      <span className="mr-auto text-sm text-soft">{paused ? text.pausedTakes : text.pauseTakes}</span>
      <PauseButton paused={paused} pause="Pause" onChange={(pause) => void pauseTakes(pause)} />
    </>
  )
}
