import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useVirtual } from './use-virtual.ts'

export type VirtualListProps = {
  readonly label: string
  readonly ids: readonly string[]
  /** A guess in pixels; rows are measured when they are shown. */
  readonly rowHeight: number
  readonly row: (id: string) => ReactNode
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }

/** A list of any length in which only the rows in sight exist. Arrow keys walk from row to row. */
export function VirtualList({ label, ids, rowHeight, row }: VirtualListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtual({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 6,
  })

  function goTo(to: number) {
    virtual.scrollToIndex(to)
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${String(to)}"] [data-row-focus]`)?.focus()
    })
  }

  function walk(event: KeyboardEvent) {
    const here = event.target instanceof Element ? event.target.closest('[data-index]') : null
    const by = steps[event.key]
    if (!here || by === undefined || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    goTo(Math.min(ids.length - 1, Math.max(0, Number(here.getAttribute('data-index')) + by)))
  }

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
      <ul
        aria-label={label}
        onKeyDown={walk}
        className="relative w-full"
        style={{ height: `${String(virtual.getTotalSize())}px` }}
      >
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            aria-setsize={ids.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${String(start)}px)` }}
          >
            {row(ids[index] ?? '')}
          </li>
        ))}
      </ul>
    </div>
  )
}
