import { ListVideo } from 'lucide-react'
import { useApp } from '../../state/store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { openCount } from './queue-words.ts'

/** Opens the queue, and says how much of it is still to be made. */
export function QueueButton() {
  const count = useApp((state) => openCount(state.queue))
  const halted = useApp((state) => state.queue.pausedBy !== null)
  const showQueue = useApp((state) => state.showQueue)
  const label = count === 0 ? 'Preparation queue' : `Preparation queue: ${String(count)} to prepare`
  return (
    <span className="relative">
      <IconButton
        label={label}
        icon={<ListVideo />}
        onClick={() => {
          showQueue(true)
        }}
      />
      {count > 0 && (
        <span
          aria-hidden
          className={`forced-edge tabular pointer-events-none absolute -top-0.5 -right-0.5 min-w-4 rounded-full px-1 text-center text-[0.625rem]/4 font-semibold ${halted ? 'bg-bad-wash text-bad' : 'bg-accent text-on-accent'}`}
        >
          {count > 99 ? '99+' : count}
        </span>
      )}
    </span>
  )
}
