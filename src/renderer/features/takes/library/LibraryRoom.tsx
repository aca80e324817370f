import { useLayoutEffect, useState, type ReactNode } from 'react'
import type { Grouping, TakeOrder } from '../../../../shared/domain/catalogue.ts'
import { useRoominess } from '../../../lib/use-media.ts'
import { useShortcut } from '../../../lib/use-shortcuts.ts'
import { wholeFilter } from '../../../state/library.ts'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { useTakeKeys } from '../marks/use-take-keys.ts'
import { text as takeText } from '../text.ts'
import { BoardChoice, BoardList } from './BoardList.tsx'
import { BulkBar } from './BulkBar.tsx'
import { Choice, type ChoiceProps } from './Choice.tsx'
import { FilterField } from './FilterField.tsx'
import { cell, LibraryGrid } from './LibraryGrid.tsx'
import { onlyBoard } from './typed-filter.ts'
import { useFound } from './use-found.ts'
import { text } from './text.ts'

/** How many posters fit beside each other. */
function usePerRow(target: HTMLElement | null): number {
  const [perRow, setPerRow] = useState(1)
  useLayoutEffect(() => {
    if (!target) return undefined
    const measure = () => {
      setPerRow(Math.max(1, Math.floor((target.clientWidth - 24) / cell.width)))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    return () => {
      observer.disconnect()
    }
  }, [target])
  return perRow
}

const groupings: ChoiceProps<Grouping | 'none'>['options'] = [
  { value: 'day', label: 'By day' },
  { value: 'clip', label: 'By clip' },
  { value: 'character', label: 'By character' },
  { value: 'provider', label: 'By provider' },
  { value: 'none', label: 'Not grouped' },
]

const orders: ChoiceProps<TakeOrder>['options'] = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'stars', label: 'Most stars first' },
  { value: 'name', label: 'By name' },
]

function View() {
  const grouping = useApp((state) => state.grouping)
  const takesOrder = useApp((state) => state.takesOrder)
  const changeLibraryView = useApp((state) => state.changeLibraryView)
  return (
    <>
      <Choice
        label="Group the takes"
        value={grouping ?? 'none'}
        options={groupings}
        onChange={(value) => {
          changeLibraryView({ grouping: value === 'none' ? null : value })
        }}
      />
      <Choice
        label="Sort the takes"
        value={takesOrder}
        options={orders}
        onChange={(value) => {
          changeLibraryView({ takesOrder: value })
        }}
      />
    </>
  )
}

/** Why the grid is empty, and what to do next. */
function Empty() {
  const count = useApp((state) => state.takeOrder.length)
  const filter = useApp(wholeFilter)
  const enterRoom = useApp((state) => state.enterRoom)
  const changeLibraryView = useApp((state) => state.changeLibraryView)
  const isNew = count === 0 && filter === ''
  const words = isNew
    ? `${takeText.noneYet} ${takeText.keepRunning}`
    : onlyBoard(filter) === null
      ? text.noneFits
      : text.noneOnBoard
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-16 text-center text-sm text-faint">
      <p>{words}</p>
      <Button
        size="small"
        onClick={() => {
          if (isNew) enterRoom('make')
          else changeLibraryView({ filter: '', typedFilter: '' })
        }}
      >
        {isNew ? 'Make a take' : 'Show all takes'}
      </Button>
    </div>
  )
}

function Body({ children }: { readonly children: (scroller: HTMLDivElement | null) => ReactNode }) {
  // As a state, because the grid is drawn once more when it is there.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  return (
    <div ref={setScroller} className="min-h-0 flex-1 overflow-y-auto">
      {children(scroller)}
    </div>
  )
}

function Takes({ scroller }: { readonly scroller: HTMLDivElement | null }) {
  const perRow = usePerRow(scroller)
  const found = useFound(perRow)
  const problem = useApp((state) => state.takesProblem)
  if (problem)
    return <p role="alert" className="p-4 text-sm text-bad">{`${problem.message} ${problem.advice ?? ''}`}</p>
  if (!found) return null
  return found.order.length === 0 ? <Empty /> : <LibraryGrid {...found} perRow={perRow} scroller={scroller} />
}

/** Every take as a poster: searched, grouped, marked, and on boards. */
export function LibraryRoom() {
  const found = useApp((state) => state.found?.cards.length)
  const count = useApp((state) => state.takeOrder.length)
  const undoMarks = useApp((state) => state.undoMarks)
  const { isSlim } = useRoominess()
  useTakeKeys()
  useShortcut('history', 'undo', () => void undoMarks?.())
  return (
    <section aria-label="Library" className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4">
        <h1 className="text-base font-semibold">Library</h1>
        <span className="tabular text-sm text-faint">
          {found === undefined || found === count ? count : `${String(found)} of ${String(count)}`}
        </span>
        <div className="ml-auto flex min-w-0 items-center gap-2">
          {isSlim && <BoardChoice />}
          <View />
        </div>
      </header>
      <div className="flex shrink-0 items-start px-4 pb-2">
        <FilterField />
      </div>
      <div className="flex min-h-0 flex-1 border-t border-line">
        {!isSlim && <BoardList />}
        <div className="relative flex min-w-0 flex-1 flex-col">
          <Body>{(scroller) => <Takes scroller={scroller} />}</Body>
          <BulkBar />
        </div>
      </div>
    </section>
  )
}
