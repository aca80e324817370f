import { Search } from 'lucide-react'
import { useDeferredValue, useLayoutEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { useToday } from '../../../lib/use-now.ts'
import { selectTakes } from '../../../state/select-takes.ts'
import { useApp } from '../../../state/store.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { TakePoster } from './TakePoster.tsx'
import { dayRows, type DayRow } from './poster-words.ts'
import { fitsSearch } from './matching.ts'
import { usePosters } from './use-posters.ts'
import { text } from '../text.ts'
import { useVirtual } from '../../../ui/use-virtual.ts'

const cell = { width: 184, height: 300 } as const
const dayHeight = 40

function SearchField() {
  const search = useApp((state) => state.takeSearch)
  const searchTakes = useApp((state) => state.searchTakes)
  return (
    <label className="flex h-7 w-64 items-center gap-2 rounded-lg bg-sunken px-2.5 text-faint focus-within:outline-2 focus-within:outline-accent">
      <Search aria-hidden className="size-3.5" />
      <input
        type="search"
        aria-label="Search takes"
        placeholder="Search"
        value={search}
        onChange={(event) => {
          searchTakes(event.target.value)
        }}
        className="w-full bg-transparent text-sm text-ink outline-none"
      />
    </label>
  )
}

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

/** The takes that fit the search, and the rows of the grid. */
function useRows(perRow: number): { readonly rows: readonly DayRow[]; readonly shown: readonly string[] } {
  const wanted = useDeferredValue(useApp((state) => state.takeSearch))
  const today = useToday()
  const shown = useApp(useMemo(() => selectTakes(fitsSearch(wanted)), [wanted]))
  const rows = useMemo(() => {
    const { takes } = useApp.getState()
    return dayRows(
      shown.flatMap((id) => takes[id] ?? []),
      perRow,
      Date.parse(today),
    )
  }, [shown, perRow, today])
  return { rows, shown }
}

type GridProps = ReturnType<typeof useRows> & { readonly perRow: number }

const sideSteps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }
const rowSteps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

function Grid({ rows, shown, perRow, scroller }: GridProps & { readonly scroller: HTMLDivElement | null }) {
  const { onChoose, onOpen } = usePosters(shown)
  const virtual = useVirtual({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? dayHeight : cell.height),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 2,
  })
  const walk = (event: KeyboardEvent) => {
    const poster = event.target instanceof Element ? event.target.getAttribute('data-poster') : null
    const by = sideSteps[event.key] ?? (rowSteps[event.key] ?? 0) * perRow
    if (poster === null || by === 0) return
    event.preventDefault()
    const next = shown[Math.min(shown.length - 1, Math.max(0, shown.indexOf(poster) + by))] ?? poster
    virtual.scrollToIndex(rows.findIndex((row) => row.kind === 'takes' && row.ids.includes(next)))
    requestAnimationFrame(() => {
      scroller?.querySelector<HTMLElement>(`[data-poster="${next}"]`)?.focus()
    })
  }
  return (
    <div className="relative mx-3" style={{ height: `${String(virtual.getTotalSize())}px` }} onKeyDown={walk}>
      {virtual.getVirtualItems().map(({ index, key, start, size }) => {
        const row = rows[index]
        if (!row) return null
        return (
          <div
            key={key}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${String(start)}px)`, height: `${String(size)}px` }}
          >
            {row.kind === 'day' ? (
              <h2 className="px-1.5 pt-4 text-sm font-semibold">{row.words}</h2>
            ) : (
              <ul
                className="grid h-full gap-1 py-1"
                style={{ gridTemplateColumns: `repeat(${String(perRow)}, minmax(0, 1fr))` }}
              >
                {row.ids.map((id) => (
                  <li key={id} className="min-h-0">
                    <TakePoster id={id} shape="tall" onChoose={onChoose} onOpen={onOpen} />
                  </li>
                ))}
              </ul>
            )}
          </div>
        )
      })}
    </div>
  )
}

/** Every take as a poster, by the day it was made. */
export function LibraryGrid() {
  // As a state, because the grid is drawn once more when it is there.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const perRow = usePerRow(scroller)
  const { rows, shown } = useRows(perRow)
  const count = useApp((state) => state.takeOrder.length)
  return (
    <section aria-label="Library" className="flex h-full min-h-0 flex-col">
      <header className="flex h-11 shrink-0 items-center gap-3 px-4">
        <h1 className="text-base font-semibold">Library</h1>
        <span className="tabular text-sm text-faint">{count}</span>
        <div className="ml-auto flex items-center gap-3">
          <SelectionBar />
          <SearchField />
        </div>
      </header>
      <div ref={setScroller} className="min-h-0 flex-1 overflow-y-auto">
        {shown.length === 0 ? (
          <p className="px-4 py-16 text-center text-sm text-faint">
            {count === 0 ? `${text.noneYet} ${text.keepRunning}` : text.noneFits}
          </p>
        ) : (
          <Grid rows={rows} shown={shown} perRow={perRow} scroller={scroller} />
        )}
      </div>
    </section>
  )
}
