import { memo, useEffect, type MouseEvent } from 'react'
import type { TakeMarks } from '../../../../shared/domain/marks.ts'
import type { Take } from '../../../../shared/domain/take.ts'
import { wordsOf } from '../../../../shared/text/take-status.ts'
import { takeWords } from '../../../state/marks.ts'
import { isSelected, stepOf, type SelectionStep } from '../../../state/selection.ts'
import { useApp } from '../../../state/store.ts'
import { classNames } from '../../../ui/class-names.ts'
import { MenuArea, MenuButton } from '../../../ui/Menu.tsx'
import { PosterPicture } from './PosterPicture.tsx'
import { PosterState } from './PosterState.tsx'
import { lengthAndPrice, madeWith } from './poster-words.ts'
import { MarkSigns, marksAloud } from '../marks/mark-signs.tsx'
import { takesWith } from '../marks/target-takes.ts'
import { TakeMenu } from './TakeMenu.tsx'

/** `card`: picture and words side by side; `tall`: below each other; `thin`: one line. */
export type PosterShape = 'card' | 'tall' | 'thin'

export type PosterProps = {
  readonly id: string
  readonly shape: PosterShape
  /** It is on the stage, or in the comparison. */
  readonly isShown?: boolean
  /** Whether Tab goes to it; elsewhere only arrows do. */
  readonly isTabStop?: boolean
  /** A click, with what its keys mean. */
  readonly onChoose: (id: string, step: SelectionStep) => void
  /** A double click, or Enter. */
  readonly onOpen: (id: string) => void
}

const frames: Readonly<Record<PosterShape, string>> = {
  card: 'flex h-full w-60 gap-2.5 p-1.5',
  tall: 'flex h-full w-full flex-col p-1.5',
  thin: 'flex h-full max-w-full items-center gap-2 py-0.5 pr-7 pl-1',
}
/** Beside the name, and never over the picture. */
const menuPlaces: Readonly<Record<PosterShape, string>> = {
  card: 'top-0.5 right-0.5',
  tall: 'right-0.5 bottom-[3.75rem]',
  thin: 'top-0 right-0',
}
const pictures: Readonly<Record<PosterShape, string>> = {
  card: 'h-full w-20 shrink-0 rounded-md',
  tall: 'min-h-0 w-full flex-1 rounded-md',
  thin: 'size-6 shrink-0 rounded-sm',
}

type WordsProps = {
  readonly take: Take
  readonly shape: PosterShape
  readonly marks: TakeMarks | undefined
}

function Words({ take, shape, marks }: WordsProps) {
  const isWaiting = take.state === 'NEEDS_USER' || take.state === 'DRAFT'
  if (shape === 'thin')
    return (
      <span className="flex min-w-0 items-center gap-1.5 text-xs">
        <span className="tabular font-semibold">{marks?.number}</span>
        <MarkSigns marks={marks} />
        <PosterState take={take} brief />
      </span>
    )
  return (
    <span
      className={classNames(
        'flex min-w-0 flex-1 flex-col gap-0.5 text-xs',
        shape === 'tall' && 'mt-1.5 flex-none',
      )}
    >
      <span className="flex items-baseline gap-1.5 pr-7">
        <span
          className={classNames(
            'tabular rounded-sm px-1 font-semibold',
            isWaiting ? 'bg-warn-wash text-warn' : 'bg-hover text-ink',
          )}
        >
          {marks?.number}
        </span>
        <span className="truncate text-sm font-medium text-ink">{marks?.name ?? take.characterName}</span>
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
        <PosterState take={take} />
      </span>
      <span className="truncate text-soft" title={madeWith(take)}>
        {madeWith(take)}
      </span>
      <span className="flex items-center gap-2">
        <span className="tabular truncate text-faint">{lengthAndPrice(take)}</span>
        <MarkSigns marks={marks} />
      </span>
    </span>
  )
}

/** What is heard of a poster. */
function aloud(words: string, take: Take, marks: TakeMarks | undefined): string {
  const { characterName, clipName } = take
  const named = marks?.name ? `${words}, “${marks.name}”` : words
  return `${named}, ${characterName} performs ${clipName}: ${wordsOf(take).label}${marks ? marksAloud(marks) : ''}`
}

/** What is carried when a poster is dragged: the ids of takes. */
export const draggedTakes = 'application/x-understudy-takes'

/** A poster is drawn before its take is read: so it can be gone to already. */
function useTake(id: string): { readonly take: Take | undefined; readonly marks: TakeMarks | undefined } {
  const take = useApp((state) => state.takes[id])
  const marks = useApp((state) => state.marks[id])
  const needTakes = useApp((state) => state.needTakes)
  const isMissing = take === undefined || marks === undefined
  useEffect(() => {
    if (isMissing) needTakes([id])
  }, [id, isMissing, needTakes])
  return { take, marks }
}

/** One take as a picture with what tells it from others. */
export const TakePoster = memo(function TakePoster({
  id,
  shape,
  isShown = false,
  isTabStop = true,
  onChoose,
  onOpen,
}: PosterProps) {
  const { take, marks } = useTake(id)
  const words = useApp((state) => takeWords(state, id))
  const isChosen = useApp((state) => isSelected(state.selection, id))
  return (
    <MenuArea menu={take && <TakeMenu take={take} />}>
      <div
        draggable
        onDragStart={({ dataTransfer }) => {
          dataTransfer.setData(draggedTakes, JSON.stringify(takesWith(id)))
          dataTransfer.effectAllowed = 'copy'
        }}
        className={classNames(
          'group relative h-full rounded-xl transition-colors',
          isChosen ? 'bg-accent-wash outline-2 -outline-offset-2 outline-accent' : 'hover:bg-hover',
          !isChosen && isShown && 'outline-1 -outline-offset-1 outline-edge',
        )}
      >
        <button
          type="button"
          data-poster={id}
          tabIndex={isTabStop ? 0 : -1}
          aria-pressed={isChosen}
          aria-busy={take === undefined}
          aria-label={take ? aloud(words, take, marks) : words}
          className={classNames('rounded-xl text-left focus-visible:-outline-offset-2', frames[shape])}
          onClick={(event: MouseEvent) => {
            // The second half of a double click opens, and Enter comes as a click without a press.
            if (event.detail === 0) onOpen(id)
            else if (event.detail === 1) onChoose(id, stepOf(event))
          }}
          onDoubleClick={() => {
            onOpen(id)
          }}
          onKeyDown={(event) => {
            // The space bar selects, as in a list of files.
            if (event.key !== ' ') return
            event.preventDefault()
            onChoose(id, stepOf(event))
          }}
          onKeyUp={(event) => {
            if (event.key === ' ') event.preventDefault()
          }}
        >
          {take ? (
            <>
              <PosterPicture
                id={id}
                scrubs={shape !== 'thin'}
                className={classNames(pictures[shape], marks?.flag === 'reject' && 'opacity-40')}
              />
              <Words take={take} shape={shape} marks={marks} />
            </>
          ) : (
            <span className={classNames('bg-sunken', pictures[shape])} />
          )}
        </button>
        {take && (
          <MenuButton
            label={`More about ${words.toLowerCase()}`}
            menu={<TakeMenu take={take} />}
            tabIndex={isTabStop ? 0 : -1}
            className={classNames('absolute', menuPlaces[shape])}
          />
        )}
      </div>
    </MenuArea>
  )
})
