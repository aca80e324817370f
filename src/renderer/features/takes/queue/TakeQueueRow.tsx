import { X } from 'lucide-react'
import { memo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { Take } from '../../../../shared/domain/take.ts'
import type { QueuePlace } from '../../../../shared/domain/take-queue.ts'
import { wordsOf } from '../../../../shared/text/take-status.ts'
import { takeWords } from '../../../state/marks.ts'
import { useApp, type AppState } from '../../../state/store.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { MoveButtons } from '../../../ui/MoveButtons.tsx'
import { Progress } from '../../../ui/Progress.tsx'
import { PosterPicture } from '../posters/PosterPicture.tsx'
import { PosterState } from '../posters/PosterState.tsx'
import { madeWith } from '../posters/poster-words.ts'
import { offersFor } from '../take-actions.ts'
import { useTakeProvider } from '../use-take-provider.ts'

const accountOf = ({ settings }: Take) => `${settings.provider} ${settings.account ?? ''}`

/**
 * Between which takes of its account a take can be moved. A step past a take of another account would change nothing
 * for either.
 */
function stepsOf({ takes, takeQueue: { waiting } }: AppState, id: string) {
  const own = takes[id]
  const ids = waiting.map(({ take }) => take)
  const at = ids.indexOf(id)
  const isOfAccount = (one: string) => {
    const other = takes[one]
    return own !== undefined && other !== undefined && accountOf(other) === accountOf(own)
  }
  const next = ids.slice(at + 1).find(isOfAccount)
  return {
    before: ids.slice(0, Math.max(0, at)).findLast(isOfAccount) ?? null,
    hasNext: next !== undefined,
    /** The take it precedes after a step down; null: the end. */
    afterNext: (next === undefined ? undefined : ids[ids.indexOf(next) + 1]) ?? null,
  }
}

function Moves({ id, what }: { readonly id: string; readonly what: string }) {
  const { before, hasNext, afterNext } = useApp(useShallow((state) => stepsOf(state, id)))
  const moveTake = useApp((state) => state.moveTake)
  const to = (place: QueuePlace) => () => void moveTake(id, place)
  return (
    <MoveButtons
      what={what}
      onFirst={before === null ? null : to('first')}
      onEarlier={before === null ? null : to({ before })}
      onLater={hasNext ? to(afterNext === null ? 'last' : { before: afterNext }) : null}
    />
  )
}

function Actions({ take, what }: { readonly take: Take; readonly what: string }) {
  const cancelTake = useApp((state) => state.cancelTake)
  const { model } = useTakeProvider(take)
  return (
    <span className="flex shrink-0 items-center gap-0.5">
      {take.queued !== null && <Moves id={take.id} what={what} />}
      {offersFor(take, model).includes('cancel') && (
        <IconButton
          size="small"
          label={`Cancel: ${what}`}
          icon={<X />}
          onClick={() => void cancelTake(take.id)}
        />
      )}
    </span>
  )
}

/** One take that runs or waits: what it is, how far it is or why it waits, and its place in the order. */
export const TakeQueueRow = memo(function TakeQueueRow({ id }: { readonly id: string }) {
  const take = useApp((state) => state.takes[id])
  const what = useApp((state) => takeWords(state, id))
  const putOnStage = useApp((state) => state.putOnStage)
  const showDetails = useApp((state) => state.showDetails)
  const showQueue = useApp((state) => state.showQueue)
  if (!take) return null
  const { label } = wordsOf(take)
  const open = () => {
    showQueue(null)
    putOnStage(id)
    showDetails(id)
  }
  return (
    <article
      aria-label={`${what}: ${label}`}
      tabIndex={-1}
      data-row-focus
      className="flex items-center gap-3 border-b border-line px-3 py-2.5"
    >
      <PosterPicture id={id} className="h-14 w-10 shrink-0 rounded-md" />
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-baseline gap-2 text-sm">
          <button type="button" className="shrink-0 font-medium text-ink hover:underline" onClick={open}>
            {what}
          </button>
          <span className="truncate text-xs text-soft">
            {take.characterName} performs {take.clipName}
          </span>
        </p>
        <p className="truncate text-xs text-faint">{madeWith(take)}</p>
        <p className="mt-1 flex min-w-0 items-center gap-1.5 text-xs">
          <PosterState take={take} />
        </p>
        {take.progress !== null && (
          <div className="mt-1.5">
            <Progress label={`${what}: ${label}`} fraction={take.progress} />
          </div>
        )}
      </div>
      <Actions take={take} what={what} />
    </article>
  )
})
