import { BatchDialog } from '../features/queue/BatchDialog.tsx'
import { PreparationButtons, Preparations, useToPrepare } from '../features/queue/Preparations.tsx'
import { queueWords } from '../features/queue/queue-words.ts'
import { useRunning } from '../features/takes/open-takes.ts'
import { PauseTakes, TakeQueue } from '../features/takes/queue/TakeQueue.tsx'
import type { QueuePart } from '../state/queue.ts'
import { useApp } from '../state/store.ts'
import { Modal } from '../ui/Modal.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { text } from './text.ts'

const counted = (words: string, count: number) => (count === 0 ? words : `${words} ${String(count)}`)

/** Everything that runs or waits: takes, and preparations. */
function QueueWindow({ part }: { readonly part: QueuePart }) {
  const showQueue = useApp((state) => state.showQueue)
  const queue = useApp((state) => state.queue)
  const { paused, waiting } = useApp((state) => state.takeQueue)
  const running = useRunning().length
  const toPrepare = useToPrepare()
  const ofTakes = part === 'takes'
  return (
    <Modal
      title="Queue"
      description={ofTakes ? text.inQueue({ running, waiting: waiting.length, paused }) : queueWords(queue)}
      width="page"
      onClose={() => {
        showQueue(null)
      }}
      footer={ofTakes ? <PauseTakes /> : <PreparationButtons />}
    >
      <div className="flex h-full min-h-0 flex-col">
        <Segmented<QueuePart>
          label="Part of the queue"
          value={part}
          options={[
            { value: 'takes', label: counted('Takes', running + waiting.length) },
            { value: 'preparations', label: counted('Preparations', toPrepare) },
          ]}
          onChange={showQueue}
          className="mb-3 self-start"
        />
        {ofTakes ? <TakeQueue /> : <Preparations />}
      </div>
    </Modal>
  )
}

/** The queue, and the question what to prepare, where they are open. */
export function QueueWindows() {
  const part = useApp((state) => state.queuePart)
  const batch = useApp((state) => state.batch)
  if (batch) return <BatchDialog batch={batch} />
  return part === null ? null : <QueueWindow part={part} />
}
