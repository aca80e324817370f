import { Columns2, Grid3x3, LayoutGrid, Tag, Trash2, X } from 'lucide-react'
import { useMemo } from 'react'
import type { TakeCard } from '../../../../shared/domain/catalogue.ts'
import { mostCompared } from '../../../../shared/domain/desk.ts'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { MenuButton, MenuItems } from '../../../ui/Menu.tsx'
import { FlagButtons, StarButtons } from '../marks/StarButtons.tsx'
import { useBoardItems } from '../marks/use-board-items.tsx'

/** What all of them have; undefined where they differ. */
function common<T>(cards: readonly TakeCard[], read: (card: TakeCard) => T): T | undefined {
  const [first, ...others] = cards
  if (!first) return undefined
  const value = read(first)
  return others.every((card) => read(card) === value) ? value : undefined
}

/** The selected takes as the search found them. */
function useSelectedCards(ids: readonly string[]): readonly TakeCard[] {
  const found = useApp((state) => state.found)
  return useMemo(() => {
    const selected = new Set(ids)
    return found?.cards.filter(({ id }) => selected.has(id)) ?? []
  }, [found, ids])
}

function BoardItems({ ids }: { readonly ids: readonly string[] }) {
  return <MenuItems items={useBoardItems(ids)} />
}

function Compare({ cards }: { readonly cards: readonly TakeCard[] }) {
  const compareTakes = useApp((state) => state.compareTakes)
  const readPages = useApp((state) => state.readPages)
  const done = cards.filter(({ state }) => state === 'DONE').slice(0, mostCompared)
  const ids = done.map(({ id }) => id)
  return (
    <Button
      size="small"
      icon={<Columns2 aria-hidden />}
      disabled={ids.length === 0}
      title={`Up to ${String(mostCompared)} takes`}
      onClick={() =>
        // Some may never have been in sight.
        void readPages(ids).then(() => {
          compareTakes(ids)
        })
      }
    >
      {ids.length > 1 ? `Compare ${String(ids.length)}` : 'Compare'}
    </Button>
  )
}

/** Only the icon where the bar would take a second line. */
const word = 'max-[759px]:hidden'

/** What can be done with what is selected in the library; nothing while nothing is. */
export function BulkBar() {
  const ids = useApp((state) => state.selection.ids)
  const cards = useSelectedCards(ids)
  const markTakes = useApp((state) => state.markTakes)
  const askForTags = useApp((state) => state.askForTags)
  const clearSelection = useApp((state) => state.clearSelection)
  const trashTakes = useApp((state) => state.trashTakes)
  const saveContactSheet = useApp((state) => state.saveContactSheet)
  if (ids.length === 0) return null
  return (
    <div
      role="toolbar"
      aria-label="Selected takes"
      className="forced-edge animate-appear absolute inset-x-3 bottom-3 z-10 mx-auto flex w-fit flex-wrap items-center gap-x-2 gap-y-1 rounded-xl border border-line bg-raised px-2.5 py-1.5 text-sm shadow-float"
    >
      <span role="status" className="tabular px-1 font-medium">
        {ids.length} selected
      </span>
      <StarButtons
        value={common(cards, ({ stars }) => stars) ?? null}
        onChange={(stars) => void markTakes(ids, { stars })}
      />
      <FlagButtons
        value={common(cards, ({ flag }) => flag)}
        onChange={(flag) => void markTakes(ids, { flag })}
      />
      <Button
        size="small"
        look="quiet"
        icon={<Tag aria-hidden />}
        aria-label="Tags"
        title="Tags"
        onClick={() => {
          askForTags(ids)
        }}
      >
        <span className={word}>Tags</span>
      </Button>
      <MenuButton
        label="Boards"
        menu={<BoardItems ids={ids} />}
        button={
          <Button
            size="small"
            look="quiet"
            aria-label="Boards"
            title="Boards"
            icon={<LayoutGrid aria-hidden />}
          >
            <span className={word}>Boards</span>
          </Button>
        }
      />
      <Compare cards={cards} />
      <IconButton
        size="small"
        label="Save a contact sheet…"
        icon={<Grid3x3 />}
        onClick={() => void saveContactSheet(ids)}
      />
      <IconButton size="small" label="Move to trash" icon={<Trash2 />} onClick={() => void trashTakes(ids)} />
      <IconButton size="small" label="Clear the selection" icon={<X />} onClick={clearSelection} />
    </div>
  )
}
