import { ListVideo } from 'lucide-react'
import { useMemo } from 'react'
import { desktop } from '../../lib/desktop.ts'
import { useApp } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemCallout } from '../../ui/ProblemCallout.tsx'
import { ListOrWords } from '../../ui/ListOrWords.tsx'
import { PauseButton } from '../../ui/PauseButton.tsx'
import { QueueRow } from './QueueRow.tsx'
import { isOver, openCount } from './queue-words.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { text } from './text.ts'

/** What can be done with all preparations. */
export function PreparationButtons() {
  const queue = useApp((state) => state.queue)
  const changeQueue = useApp((state) => state.changeQueue)
  const { paused } = queue
  return (
    <>
      <Button
        look="quiet"
        disabled={!queue.items.some(isOver)}
        onClick={() => void changeQueue(() => desktop().ask['queue:clear']({}))}
      >
        Clear finished
      </Button>
      <PauseButton
        paused={paused}
        pause="Pause after current"
        disabled={!paused && openCount(queue) === 0}
        onChange={(pause) => void changeQueue(() => desktop().ask['queue:pause']({ paused: pause }))}
      />
    </>
  )
}

/** Every preparation, in the order in which they are made. */
export function Preparations() {
  const queue = useApp((state) => state.queue)
  const ids = useMemo(() => queue.items.map(({ id }) => id), [queue.items])
  return (
    <>
      <ProblemCallout problem={queue.pausedBy} className="mb-3" />
      <ListOrWords
        label="Preparations, in order"
        ids={ids}
        rowHeight={78}
        row={(id) => <QueueRow id={id} />}
        icon={ListVideo}
        empty={text.howToFill}
      />
    </>
  )
}

/** How many preparations are still to be made. */
export const useToPrepare = (): number => useApp((state) => openCount(state.queue))

/** Opens the preparations, and says how many are still to be made. */
export function QueueButton() {
  const count = useToPrepare()
  const halted = useApp((state) => state.queue.pausedBy !== null)
  const showQueue = useApp((state) => state.showQueue)
  const label = count === 0 ? 'Queue' : `Queue: ${String(count)} to prepare`
  return (
    <span className="relative">
      <IconButton
        label={label}
        icon={<ListVideo />}
        onClick={() => {
          showQueue('preparations')
        }}
      />
      {count > 0 && (
        <span
          aria-hidden
          className={`forced-edge tabular pointer-events-none absolute -top-0.5 -right-0.5 min-w-4 rounded-full px-1 text-center text-xs font-semibold ${halted ? 'bg-bad-wash text-bad' : 'bg-hover text-ink'}`}
        >
          {count > 99 ? '99+' : count}
        </span>
      )}
    </span>
  )
}
