import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useApp } from '../../state/store.ts'
import { numberOf } from '../../state/rooms.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { TakeDetails } from './TakeDetails.tsx'

/** Everything about one take, over the side of the room: questions and failures with their ways out too. */
export function TakeSheet() {
  const id = useApp((state) => state.detailsTakeId)
  const isKnown = useApp(({ takes }) => id !== null && takes[id] !== undefined)
  if (id === null || !isKnown) return null
  return <Sheet key={id} id={id} />
}

function Sheet({ id }: { readonly id: string }) {
  const number = useApp((state) => numberOf(state, id))
  const showDetails = useApp((state) => state.showDetails)
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => {
    sheet.current?.focus()
  }, [])
  const close = () => {
    showDetails(null)
    document.querySelector<HTMLElement>(`[data-poster="${id}"]`)?.focus()
  }
  return (
    <aside
      ref={sheet}
      tabIndex={-1}
      aria-label={`About take ${String(number)}`}
      className="animate-appear absolute top-2 right-2 max-h-[calc(100%-1rem)] z-20 flex w-[min(26rem,calc(100%-1rem))] flex-col overflow-hidden rounded-xl border border-line bg-panel text-ink shadow-float focus:outline-none"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.stopPropagation()
        close()
      }}
    >
      <header className="flex h-10 shrink-0 items-center justify-between border-b border-line pr-1.5 pl-4">
        <h2 className="text-sm font-semibold">Take {number}</h2>
        <IconButton size="small" label="Close the details" icon={<X />} onClick={close} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <TakeDetails id={id} />
      </div>
    </aside>
  )
}
