import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual'
import { useState, type KeyboardEvent } from 'react'
import { useShortcut } from '../../../lib/use-shortcuts.ts'
import { isSelected } from '../../../state/selection.ts'
import { useApp } from '../../../state/store.ts'
import { classNames } from '../../../ui/class-names.ts'
import { useVirtual } from '../../../ui/use-virtual.ts'
import { TakePoster } from '../posters/TakePoster.tsx'
import { usePosters } from '../posters/use-posters.ts'
import { stepInGrid, type GridRow } from './grid-rows.ts'

export const cell = { width: 184, height: 300 } as const
const headingHeight = 40

type GridProps = {
  readonly rows: readonly GridRow[]
  /** Every take in the order of the rows. */
  readonly order: readonly string[]
  readonly perRow: number
  readonly scroller: HTMLDivElement | null
}

/** Which heading stays in sight above a row; -1 where there is none. */
const headingAbove = (rows: readonly GridRow[], row: number): number =>
  rows.findLastIndex(({ kind }, index) => kind === 'group' && index <= row)

/** The rows in sight, and the heading of the first one. */
function useRowsInSight(rows: readonly GridRow[], scroller: HTMLDivElement | null) {
  return useVirtual({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? headingHeight : cell.height),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 2,
    // A row that is gone to is not behind the heading that stays.
    scrollPaddingStart: headingHeight,
    rangeExtractor: (range: Range) => {
      const heading = headingAbove(rows, range.startIndex)
      const inSight = defaultRangeExtractor(range)
      return heading < 0 || inSight.includes(heading) ? inSight : [heading, ...inSight]
    },
  })
}

type HeadingProps = { readonly row: Extract<GridRow, { kind: 'group' }> }

function Heading({ row: { words, count } }: HeadingProps) {
  return (
    <h2 className="flex h-full items-center gap-2 bg-canvas px-1.5 text-sm font-semibold">
      <span className="truncate">{words}</span>
      <span className="tabular font-normal text-faint">{count}</span>
    </h2>
  )
}

/** Posters in rows. Arrows go from one to the next, with Shift they select. */
export function LibraryGrid({ rows, order, perRow, scroller }: GridProps) {
  const { onChoose, onOpen } = usePosters(order)
  const selectTakes = useApp((state) => state.selectTakes)
  const [focused, setFocused] = useState<string | null>(null)
  const virtual = useRowsInSight(rows, scroller)
  useShortcut('library', 'all', () => {
    selectTakes(order)
  })
  const walk = (event: KeyboardEvent) => {
    const poster = event.target instanceof Element ? event.target.getAttribute('data-poster') : null
    if (poster === null || event.altKey || event.ctrlKey || event.metaKey) return
    const next = stepInGrid(rows, poster, event.key)
    if (!next) return
    event.preventDefault()
    if (event.shiftKey) {
      if (!isSelected(useApp.getState().selection, poster)) onChoose(poster, 'only')
      onChoose(next.id, 'through')
    }
    virtual.scrollToIndex(next.row)
    requestAnimationFrame(() => {
      scroller?.querySelector<HTMLElement>(`[data-poster="${next.id}"]`)?.focus()
    })
  }
  const inSight = virtual.getVirtualItems()
  const staying = headingAbove(rows, virtual.range?.startIndex ?? 0)
  const tabStop = focused !== null && order.includes(focused) ? focused : order[0]
  return (
    <div
      data-keys="takes"
      className="relative mx-3 mb-16"
      style={{ height: `${String(virtual.getTotalSize())}px` }}
      onKeyDown={walk}
      onFocus={({ target }) => {
        const poster = target.getAttribute('data-poster')
        if (poster !== null) setFocused(poster)
      }}
    >
      {inSight.map(({ index, key, start, size }) => {
        const row = rows[index]
        if (!row) return null
        const stays = index === staying
        return (
          <div
            key={key}
            className={classNames('inset-x-0 top-0', stays ? 'sticky z-[5]' : 'absolute')}
            style={{
              ...(!stays && { transform: `translateY(${String(start)}px)` }),
              height: `${String(size)}px`,
            }}
          >
            {row.kind === 'group' ? (
              <Heading row={row} />
            ) : (
              <ul
                className="grid h-full gap-1 py-1"
                style={{ gridTemplateColumns: `repeat(${String(perRow)}, minmax(0, 1fr))` }}
              >
                {row.ids.map((id) => (
                  <li key={id} className="min-h-0">
                    <TakePoster
                      id={id}
                      shape="tall"
                      isTabStop={id === tabStop}
                      onChoose={onChoose}
                      onOpen={onOpen}
                    />
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
