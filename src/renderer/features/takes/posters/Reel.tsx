import { useEffect, useEffectEvent, useRef, type KeyboardEvent } from 'react'
import { useApp } from '../../../state/store.ts'
import { classNames } from '../../../ui/class-names.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { TakePoster } from './TakePoster.tsx'
import { useTakeKeys } from '../marks/use-take-keys.ts'
import { usePosters } from './use-posters.ts'
import { text } from '../text.ts'
import { useVirtual } from '../../../ui/use-virtual.ts'

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, PageDown: 4, PageUp: -4 }
const widths = { card: 248, thin: 232 } as const

function NoTakes() {
  const isDamaged = useApp(
    ({ about }) => about?.libraryNotices.some(({ problem }) => problem.code === 'library-damaged') === true,
  )
  return (
    <p className="min-w-0 flex-1 self-center truncate px-6 text-center text-sm text-faint">
      {isDamaged ? `${text.noneReadable} ${text.seeAbove}` : `${text.noneYet} ${text.keepRunning}`}
    </p>
  )
}

/** Brings the poster that is sought into sight and gives it the focus. */
function useSought(order: readonly string[], goTo: (index: number) => void) {
  const sought = useApp((state) => state.soughtTake)
  const shown = useRef(sought)
  const look = useEffectEvent(() => {
    const index = sought === null || sought === shown.current ? -1 : order.indexOf(sought.id)
    if (index < 0) return
    shown.current = sought
    goTo(index)
  })
  // It may be sought before the reel has it.
  useEffect(() => {
    look()
  }, [sought, order])
}

/** Every take as a poster in one row, the newest first. */
export function Reel({ thin }: { readonly thin: boolean }) {
  const order = useApp((state) => state.takeOrder)
  const problem = useApp((state) => state.takesProblem)
  const onStage = useApp((state) => state.stageTakeId)
  const putOnStage = useApp((state) => state.putOnStage)
  const { onChoose, onOpen } = usePosters(order, putOnStage)
  const scroller = useRef<HTMLDivElement>(null)
  const shape = thin ? 'thin' : 'card'
  const virtual = useVirtual({
    horizontal: true,
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => widths[shape],
    getItemKey: (index) => order[index] ?? index,
    overscan: 4,
  })
  const goTo = (index: number) => {
    virtual.scrollToIndex(index)
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-poster="${order[index] ?? ''}"]`)?.focus()
    })
  }
  useSought(order, goTo)
  useTakeKeys()
  const walk = (event: KeyboardEvent) => {
    const here = event.target instanceof Element ? event.target.closest('[data-index]') : null
    const by = steps[event.key]
    if (!here || by === undefined) return
    event.preventDefault()
    goTo(Math.min(order.length - 1, Math.max(0, Number(here.getAttribute('data-index')) + by)))
  }
  return (
    <section
      aria-label="Takes"
      className={classNames(
        'relative flex shrink-0 border-t border-line bg-panel',
        thin ? 'h-8' : 'h-[124px]',
      )}
    >
      <h2 className="sr-only">Takes</h2>
      {problem && (
        <p
          role="alert"
          className="px-4 py-2 text-sm text-bad"
        >{`${problem.message} ${problem.advice ?? ''}`}</p>
      )}
      {order.length === 0 && !problem && <NoTakes />}
      {order.length > 0 && (
        <div ref={scroller} className="min-w-0 flex-1 overflow-x-auto overflow-y-hidden px-1">
          <ul
            data-keys="takes"
            aria-label="Takes, newest first"
            className="relative h-full"
            onKeyDown={walk}
            style={{ width: `${String(virtual.getTotalSize())}px` }}
          >
            {virtual.getVirtualItems().map(({ index, key, start, size }) => {
              const id = order[index] ?? ''
              return (
                <li
                  key={key}
                  data-index={index}
                  aria-setsize={order.length}
                  aria-posinset={index + 1}
                  className={classNames('absolute inset-y-0 left-0', !thin && 'py-1')}
                  style={{ transform: `translateX(${String(start)}px)`, width: `${String(size)}px` }}
                >
                  <TakePoster
                    id={id}
                    shape={shape}
                    isShown={id === onStage}
                    onChoose={onChoose}
                    onOpen={onOpen}
                  />
                </li>
              )
            })}
          </ul>
        </div>
      )}
      <div className="absolute -top-10 right-2 rounded-lg bg-raised px-2 shadow-float empty:hidden">
        <SelectionBar />
      </div>
    </section>
  )
}
