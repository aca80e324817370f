import { useEffect } from 'react'
import type { Problem } from '../../../shared/outcome.ts'
import { useCall } from '../../lib/use-call.ts'
import { Button } from '../../ui/Button.tsx'
import { Callout } from '../../ui/Callout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { ComparePlayer } from './ComparePlayer.tsx'

type CompareViewProps = {
  readonly takeId: string
  readonly onClose: () => void
  /** Starts the app's own save flow; without it the button is not shown. */
  readonly onSave?: (takeId: string) => void
  readonly onReveal?: (takeId: string) => void
  /** Told what keeps the two videos from being shown; null once they are. */
  readonly onProblem?: (takeId: string, problem: Problem | null) => void
}

/** Reference and result of one take, side by side on one transport. */
export function CompareView(props: CompareViewProps) {
  const { takeId, onProblem } = props
  const { pending, answer, problem, run } = useCall('take:compare', { takes: [takeId] })
  useEffect(() => {
    if (!pending) onProblem?.(takeId, problem)
  }, [pending, problem, takeId, onProblem])
  if (answer)
    return (
      <ComparePlayer
        key={takeId}
        comparison={answer}
        onClose={props.onClose}
        onSave={props.onSave}
        onReveal={props.onReveal}
      />
    )
  return (
    <section aria-label="Comparison" className="flex h-full items-center justify-center p-8">
      {problem ? (
        <Callout
          tone="bad"
          title={problem.message}
          className="max-w-lg"
          action={
            <div className="flex gap-2">
              <Button size="small" onClick={() => void run({ takes: [takeId] })}>
                Try again
              </Button>
              <Button size="small" look="quiet" onClick={props.onClose}>
                Close
              </Button>
            </div>
          }
        >
          {problem.advice}
        </Callout>
      ) : (
        <p role="status" className="flex items-center gap-2.5 text-sm text-soft">
          <Spinner /> Opening reference and result
        </p>
      )}
    </section>
  )
}
