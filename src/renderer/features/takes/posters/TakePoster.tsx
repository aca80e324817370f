import { memo, type MouseEvent } from 'react'
import type { Take } from '../../../../shared/domain/take.ts'
import { wordsOf } from '../../../../shared/text/take-status.ts'
import { numberOf } from '../../../state/rooms.ts'
import { stepOf, type SelectionStep } from '../../../state/selection.ts'
import { useApp } from '../../../state/store.ts'
import { classNames } from '../../../ui/class-names.ts'
import { MenuArea, MenuButton } from '../../../ui/Menu.tsx'
import { PosterPicture } from './PosterPicture.tsx'
import { PosterState } from './PosterState.tsx'
import { lengthAndPrice, madeWith } from './poster-words.ts'
import { useTakeMenu } from './use-take-menu.tsx'

/** `card`: picture and words side by side; `tall`: below each other; `thin`: one line. */
export type PosterShape = 'card' | 'tall' | 'thin'

export type PosterProps = {
  readonly id: string
  readonly shape: PosterShape
  /** It is on the stage, or in the comparison. */
  readonly isShown?: boolean
  /** A click, with what its keys mean. */
  readonly onChoose: (id: string, step: SelectionStep) => void
  /** A double click, or Enter. */
  readonly onOpen: (id: string) => void
}

const frames: Readonly<Record<PosterShape, string>> = {
  card: 'flex h-full w-60 gap-2.5 p-1.5',
  tall: 'flex h-full w-full flex-col p-1.5',
  thin: 'flex h-full max-w-56 items-center gap-2 py-0.5 pr-7 pl-1',
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

function Words({
  take,
  shape,
  number,
}: {
  readonly take: Take
  readonly shape: PosterShape
  readonly number: number
}) {
  const isWaiting = take.state === 'NEEDS_USER' || take.state === 'DRAFT'
  if (shape === 'thin')
    return (
      <span className="flex min-w-0 items-center gap-1.5 text-xs">
        <span className="tabular font-semibold">{number}</span>
        <PosterState take={take} />
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
          {number}
        </span>
        <span className="truncate text-sm font-medium text-ink">{take.characterName}</span>
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
        <PosterState take={take} />
      </span>
      <span className="truncate text-soft" title={madeWith(take)}>
        {madeWith(take)}
      </span>
      <span className="tabular truncate text-faint">{lengthAndPrice(take)}</span>
    </span>
  )
}

/** One take as a picture with what tells it from others. */
export const TakePoster = memo(function TakePoster({ id, ...rest }: PosterProps) {
  const take = useApp((state) => state.takes[id])
  return take ? <Poster take={take} {...rest} /> : null
})

type OwnProps = Omit<PosterProps, 'id'> & { readonly take: Take }

function Poster({ take, shape, isShown = false, onChoose, onOpen }: OwnProps) {
  const { id, characterName, clipName } = take
  const number = useApp((state) => numberOf(state, id))
  const isSelected = useApp((state) => state.selection.ids.includes(id))
  const items = useTakeMenu(take)
  return (
    <MenuArea items={items}>
      <div
        className={classNames(
          'group relative h-full rounded-xl transition-colors',
          isSelected ? 'bg-accent-wash outline-2 -outline-offset-2 outline-accent' : 'hover:bg-hover',
          !isSelected && isShown && 'outline-1 -outline-offset-1 outline-edge',
        )}
      >
        <button
          type="button"
          data-poster={id}
          aria-pressed={isSelected}
          aria-label={`Take ${String(number)}, ${characterName} performs ${clipName}: ${wordsOf(take).label}`}
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
          <PosterPicture id={id} scrubs={shape !== 'thin'} className={pictures[shape]} />
          <Words take={take} shape={shape} number={number} />
        </button>
        <MenuButton
          label={`More about take ${String(number)}`}
          items={items}
          className={classNames('absolute', menuPlaces[shape])}
        />
      </div>
    </MenuArea>
  )
}
