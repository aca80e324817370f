import { ChevronLeft, ChevronRight, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useApp } from '../../state/store.ts'
import { takeWords } from '../../state/marks.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { AboutMarks } from './marks/AboutMarks.tsx'
import { useQuestions } from './open-takes.ts'
import { TakeDetails } from './TakeDetails.tsx'

/** Everything about one take, over the side of the room: questions and failures with their ways out too. */
export function TakeSheet() {
  const id = useApp((state) => state.detailsTakeId)
  const isKnown = useApp(({ takes }) => id !== null && takes[id] !== undefined)
  if (id === null || !isKnown) return null
  return <Sheet key={id} id={id} />
}

/** Which of the open questions this one is, and a way to the others. */
function OtherQuestions({ id }: { readonly id: string }) {
  const questions = useQuestions()
  const putOnStage = useApp((state) => state.putOnStage)
  const showDetails = useApp((state) => state.showDetails)
  const at = questions.indexOf(id)
  if (at < 0 || questions.length < 2) return null
  const go = (by: 1 | -1) => () => {
    const next = questions[(at + by + questions.length) % questions.length]
    if (next === undefined) return
    putOnStage(next)
    showDetails(next)
  }
  return (
    <span className="flex items-center gap-0.5 text-xs text-soft">
      <IconButton size="small" label="Previous question" icon={<ChevronLeft />} onClick={go(-1)} />
      <span className="tabular">
        {at + 1} of {questions.length}
      </span>
      <IconButton size="small" label="Next question" icon={<ChevronRight />} onClick={go(1)} />
    </span>
  )
}

function Sheet({ id }: { readonly id: string }) {
  const words = useApp((state) => takeWords(state, id))
  const part = useApp((state) => state.detailsPart)
  const isQuestion = useApp(({ takes }) => takes[id]?.state === 'NEEDS_USER')
  const showDetails = useApp((state) => state.showDetails)
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => {
    // A field that somebody was led to has it already.
    if (!sheet.current?.contains(document.activeElement)) sheet.current?.focus()
  }, [])
  const close = () => {
    showDetails(null)
    document.querySelector<HTMLElement>(`[data-poster="${id}"]`)?.focus()
  }
  return (
    <aside
      ref={sheet}
      tabIndex={-1}
      aria-label={`About ${words.toLowerCase()}`}
      className={classNames(
        'animate-appear absolute top-2 right-2 max-h-[calc(100%-1rem)] z-20 flex flex-col overflow-hidden rounded-xl border border-line bg-panel text-ink shadow-float focus:outline-none',
        isQuestion ? 'w-[min(52rem,calc(100%-1rem))]' : 'w-[min(26rem,calc(100%-1rem))]',
      )}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.stopPropagation()
        close()
      }}
    >
      <header className="flex h-10 shrink-0 items-center justify-between gap-2 border-b border-line pr-1.5 pl-4">
        <h2 className="mr-auto text-sm font-semibold">{words}</h2>
        <OtherQuestions id={id} />
        <IconButton size="small" label="Close the details" icon={<X />} onClick={close} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <TakeDetails id={id} />
        <AboutMarks id={id} part={part} />
      </div>
    </aside>
  )
}
