import { Clapperboard, Search } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import type { Take } from '../../../shared/domain/take.ts'
import { labelOf } from '../../../shared/text/take-status.ts'
import { useApp } from '../../state/store.ts'
import { Callout } from '../../ui/Callout.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import { TakeRow } from './TakeRow.tsx'
import { text } from './text.ts'

/** Takes whose names, prompt, task or state hold every word of the search, in the given order. */
function matchingTakes(
  order: readonly string[],
  takes: Readonly<Record<string, Take>>,
  search: string,
): readonly string[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return order
  return order.filter((id) => {
    const take = takes[id]
    if (!take) return false
    const { characterName, clipName, settings, taskId } = take
    const searched = [characterName, clipName, settings.prompt, settings.model, taskId ?? '', labelOf(take)]
      .join('\n')
      .toLowerCase()
    return words.every((word) => searched.includes(word))
  })
}

const searchFrom = 7

function NoTakes() {
  const isDamaged = useApp(
    ({ about }) => about?.libraryNotices.some(({ problem }) => problem.code === 'library-damaged') === true,
  )
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 px-8 text-center">
      <Clapperboard aria-hidden className="size-8 text-edge" strokeWidth={1.25} />
      <p className="text-sm text-balance text-faint">
        {isDamaged ? text.noneReadable : text.noneYet}
        <br />
        {isDamaged ? text.seeAbove : text.keepRunning}
      </p>
    </div>
  )
}

/** Every take in the library, newest first. */
export function TakesPanel() {
  const order = useApp((state) => state.takeOrder)
  const problem = useApp((state) => state.takesProblem)
  const search = useApp((state) => state.takeSearch)
  const searchTakes = useApp((state) => state.searchTakes)
  const sought = useApp((state) => state.soughtTake)
  const wanted = useDeferredValue(search)
  // Without a search the panel need not hear about every step of every take.
  const takes = useApp((state) => (wanted === '' ? null : state.takes))
  const shown = useMemo(() => (takes ? matchingTakes(order, takes, wanted) : order), [order, takes, wanted])

  return (
    <section aria-label="Takes" className="flex h-full min-h-0 flex-col">
      <header className="flex h-11 shrink-0 items-center gap-2 px-4">
        <h2 className="text-sm font-semibold">Takes</h2>
        {order.length > 0 && <span className="tabular text-xs text-faint">{order.length}</span>}
      </header>
      {order.length >= searchFrom && (
        <label className="mx-3 mb-2 flex h-8 shrink-0 items-center gap-2 rounded-lg bg-sunken px-2.5 text-faint focus-within:outline-2 focus-within:outline-accent">
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
      )}
      {problem && (
        <Callout tone="bad" title={problem.message} className="mx-3 mb-2">
          {problem.advice}
        </Callout>
      )}
      {order.length === 0 && !problem && <NoTakes />}
      {order.length > 0 && shown.length === 0 && (
        <p className="px-4 py-6 text-center text-sm text-faint">{text.noneFits}</p>
      )}
      {shown.length > 0 && (
        <VirtualList
          label="Takes, newest first"
          ids={shown}
          rowHeight={96}
          sought={sought}
          row={(id) => <TakeRow id={id} />}
        />
      )}
    </section>
  )
}
