import { ListVideo, Pause, Play } from 'lucide-react'
import { useMemo } from 'react'
import { desktop } from '../../lib/desktop.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import { QueueRow } from './QueueRow.tsx'
import { isOver, openCount, queueWords } from './queue-words.ts'

function NothingQueued() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 py-16 text-center">
      <ListVideo aria-hidden className="size-8 text-edge" strokeWidth={1.25} />
      <p className="max-w-sm text-sm text-faint">
        Drop several files into the window, or press “Prepare without generating…”. The queue prepares one at
        a time, offline, and continues after a restart.
      </p>
    </div>
  )
}

function Buttons() {
  const queue = useApp((state) => state.queue)
  const changeQueue = useApp((state) => state.changeQueue)
  const { paused } = queue
  const pause = () => void changeQueue(() => desktop().ask['queue:pause']({ paused: !paused }))
  return (
    <>
      <Button
        look="quiet"
        disabled={!queue.items.some(isOver)}
        onClick={() => void changeQueue(() => desktop().ask['queue:clear']({}))}
      >
        Clear finished
      </Button>
      <Button
        look={paused ? 'primary' : 'plain'}
        icon={paused ? <Play /> : <Pause />}
        disabled={!paused && openCount(queue) === 0}
        onClick={pause}
      >
        {paused ? 'Resume' : 'Pause after current'}
      </Button>
    </>
  )
}

/** Every preparation, in the order in which they are made. */
export function QueueView() {
  const queue = useApp((state) => state.queue)
  const showQueue = useApp((state) => state.showQueue)
  const ids = useMemo(() => queue.items.map(({ id }) => id), [queue.items])
  return (
    <Modal
      title="Preparation queue"
      description={queueWords(queue)}
      width="page"
      onClose={() => {
        showQueue(false)
      }}
      footer={<Buttons />}
    >
      <div className="flex h-full min-h-0 flex-col">
        <ProblemCallout problem={queue.pausedBy} className="mb-3" />
        {ids.length === 0 ? (
          <NothingQueued />
        ) : (
          <VirtualList
            label="Preparations, in order"
            ids={ids}
            rowHeight={78}
            row={(id) => <QueueRow id={id} />}
          />
        )}
      </div>
    </Modal>
  )
}
