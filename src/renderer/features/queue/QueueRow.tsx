import { FolderOpen, RotateCcw, X } from 'lucide-react'
import { memo } from 'react'
import type { QueueItem } from '../../../shared/domain/queue.ts'
import { desktop } from '../../lib/desktop.ts'
import { useApp } from '../../state/store.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { MoveButtons } from '../../ui/MoveButtons.tsx'
import { Progress } from '../../ui/Progress.tsx'
import type { Tone } from '../../lib/tone.ts'
import { modelWords, orientationLabel } from '../../lib/setting-words.ts'
import { folderWords, progressWords, sourceWords, stateWords } from './queue-words.ts'

const dots: Readonly<Record<Tone, string>> = {
  info: 'bg-soft',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
}

/** The waiting items beside one, between which it can be moved. */
function useNeighbours(id: string) {
  const items = useApp((state) => state.queue.items)
  const waiting = items.filter(({ state }) => state === 'waiting').map((item) => item.id)
  const at = waiting.indexOf(id)
  return {
    before: waiting[at - 1] ?? null,
    /** The item it precedes after a step down; null: the end. */
    afterNext: waiting[at + 2] ?? null,
    isLast: at === waiting.length - 1,
  }
}

function Moves({ item, what }: { readonly item: QueueItem; readonly what: string }) {
  const changeQueue = useApp((state) => state.changeQueue)
  const { before, afterNext, isLast } = useNeighbours(item.id)
  const move = (to: string | null) =>
    void changeQueue(() => desktop().ask['queue:move']({ item: item.id, before: to }))
  return (
    <MoveButtons
      what={what}
      onEarlier={
        before === null
          ? null
          : () => {
              move(before)
            }
      }
      onLater={
        isLast
          ? null
          : () => {
              move(afterNext)
            }
      }
    />
  )
}

function Actions({ item, what }: { readonly item: QueueItem; readonly what: string }) {
  const changeQueue = useApp((state) => state.changeQueue)
  const revealPrepared = useApp((state) => state.revealPrepared)
  const one = { item: item.id }
  return (
    <span className="flex shrink-0 items-center gap-0.5">
      {item.state === 'waiting' && <Moves item={item} what={what} />}
      {(item.state === 'waiting' || item.state === 'running') && (
        <IconButton
          size="small"
          label={`Cancel: ${what}`}
          icon={<X />}
          onClick={() => void changeQueue(() => desktop().ask['queue:cancel'](one))}
        />
      )}
      {(item.state === 'failed' || item.state === 'cancelled') && (
        <IconButton
          size="small"
          label={`Try again: ${what}`}
          icon={<RotateCcw />}
          onClick={() => void changeQueue(() => desktop().ask['queue:retry'](one))}
        />
      )}
      {item.state === 'done' && (
        <IconButton
          size="small"
          label={`Show the files: ${what}`}
          icon={<FolderOpen />}
          onClick={() => void revealPrepared(item.id)}
        />
      )}
    </span>
  )
}

/** One preparation: what it is made from, where it goes, how far it is and what can be done about it. */
export const QueueRow = memo(function QueueRow({ id }: { readonly id: string }) {
  const item = useApp((state) => state.queue.items.find((entry) => entry.id === id))
  if (!item) return null
  const { label, tone } = stateWords[item.state]
  const what = sourceWords(item)
  const { problem } = item
  return (
    <article
      aria-label={`${what}: ${label}`}
      tabIndex={-1}
      data-row-focus
      className="border-b border-line px-3 py-2.5"
    >
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm font-medium text-ink" title={what}>
            {what}
          </p>
          <p className="truncate text-xs text-faint" title={folderWords(item)}>
            {modelWords(item)} · {orientationLabel(item.orientation)} · {item.folder}/{item.name}
          </p>
          <p className="mt-1 flex items-center gap-1.5 text-xs">
            <span
              aria-hidden
              className={classNames(
                'forced-mark size-1.5 shrink-0 rounded-full',
                tone ? dots[tone] : 'bg-edge',
              )}
            />
            <span className="font-medium text-soft">{label}</span>
            <span className="tabular text-faint">{progressWords(item)}</span>
          </p>
        </div>
        <Actions item={item} what={what} />
      </div>
      {item.state === 'running' && (
        <div className="mt-2">
          <Progress label={`${what}: ${label}`} fraction={item.progress} />
        </div>
      )}
      {problem && (
        <p className="mt-1.5 text-xs wrap-anywhere text-soft" data-selectable>
          <span className="text-ink">{problem.message}</span> {problem.advice}
        </p>
      )}
    </article>
  )
})
