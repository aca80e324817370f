import { AlertDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useApp } from '../state/store.ts'
import { Button } from '../ui/Button.tsx'
import { Progress } from '../ui/Progress.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { text } from './text.ts'

const percent = (fraction: number | null) =>
  fraction === null ? text.gettingReady : `${String(Math.floor(fraction * 100))} %`

type CoverProps = {
  readonly title: string
  /** Where to, or what happened. */
  readonly about: string
  readonly children: ReactNode
}

/** Covers the window: nothing can be changed meanwhile, and Escape closes nothing. */
function Cover({ title, about, children }: CoverProps) {
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <div className="fixed inset-0 z-50 bg-black/75" />
        <AlertDialog.Content
          aria-modal
          onEscapeKeyDown={(event) => {
            event.preventDefault()
          }}
          className="animate-appear fixed top-1/2 left-1/2 z-50 w-[92vw] max-w-md -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-panel p-5 shadow-float focus:outline-none"
        >
          <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-sm wrap-anywhere text-soft">
            {about}
          </AlertDialog.Description>
          {children}
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

/** Shown while the library is copied, and until its new place is open. */
export function LibraryMoving() {
  const moving = useApp((state) => state.moving)
  const movedTo = useApp((state) => state.movedTo)
  const problem = useApp((state) => state.moveProblem)
  const forgetMoveProblem = useApp((state) => state.forgetMoveProblem)
  const cancelMove = useApp((state) => state.cancelMove)
  if (movedTo !== null)
    return (
      <Cover title={text.libraryMoved} about={movedTo}>
        <p role="status" className="mt-4 flex items-center gap-2 text-sm text-soft">
          <Spinner />
          {text.openingAgain}
        </p>
      </Cover>
    )
  if (problem !== null)
    return (
      <Cover title={text.libraryNotMoved} about={problem.message}>
        {problem.advice !== undefined && <p className="mt-2 text-sm text-soft">{problem.advice}</p>}
        <div className="mt-4 flex items-center justify-end">
          <Button onClick={forgetMoveProblem}>Close</Button>
        </div>
      </Cover>
    )
  if (moving === null) return null
  return (
    <Cover title={text.movingLibrary} about={moving.to}>
      <div className="mt-4 space-y-2">
        <Progress label={text.movingLibrary} fraction={moving.fraction} />
        <p className="tabular text-xs text-soft">{percent(moving.fraction)}</p>
      </div>
      {cancelMove && (
        <div className="mt-4 flex items-center justify-end">
          <Button onClick={cancelMove}>Cancel</Button>
        </div>
      )}
    </Cover>
  )
}
