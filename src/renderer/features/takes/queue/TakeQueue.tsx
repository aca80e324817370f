import { Clapperboard, Pause, Play } from 'lucide-react'
import { useMemo } from 'react'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { VirtualList } from '../../../ui/VirtualList.tsx'
import { useRunning } from '../open-takes.ts'
import { text } from '../text.ts'
import { TakeQueueRow } from './TakeQueueRow.tsx'

/** Takes that run, then those that wait to be sent, in their order. */
export function TakeQueue() {
  const running = useRunning()
  const waiting = useApp((state) => state.takeQueue.waiting)
  const ids = useMemo(() => [...running, ...waiting.map(({ take }) => take)], [running, waiting])
  if (ids.length === 0)
    return (
      <div className="flex flex-1 flex-col items-center justify-center gap-3 py-16 text-center">
        <Clapperboard aria-hidden className="size-8 text-edge" strokeWidth={1.25} />
        <p className="max-w-sm text-sm text-faint">{text.nothingWaits}</p>
      </div>
    )
  return (
    <VirtualList label="Takes, in order" ids={ids} rowHeight={82} row={(id) => <TakeQueueRow id={id} />} />
  )
}

/** Holds back what is not sent yet, or sends again. */
export function PauseTakes() {
  const paused = useApp((state) => state.takeQueue.paused)
  const pauseTakes = useApp((state) => state.pauseTakes)
  return (
    <>
      <span className="mr-auto text-sm text-soft">{paused ? text.pausedTakes : text.pauseTakes}</span>
      <Button
        look={paused ? 'primary' : 'plain'}
        icon={paused ? <Play /> : <Pause />}
        onClick={() => void pauseTakes(!paused)}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
    </>
  )
}
