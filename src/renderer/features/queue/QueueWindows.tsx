import { useApp } from '../../state/store.ts'
import { BatchDialog } from './BatchDialog.tsx'
import { QueueView } from './QueueView.tsx'

/** The queue, and the question what to put into it, where they are open. */
export function QueueWindows() {
  const open = useApp((state) => state.queueOpen)
  const batch = useApp((state) => state.batch)
  if (batch) return <BatchDialog batch={batch} />
  return open ? <QueueView /> : null
}
