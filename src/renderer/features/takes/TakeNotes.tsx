import type { Problem } from '../../../shared/outcome.ts'
import { classNames } from '../../ui/class-names.ts'
import type { Tone } from '../../ui/tone.ts'

type TakeProblemProps = {
  readonly problem: Problem
  readonly tone: Tone
  /** What the user can do about it. */
  readonly can: string | null
}

/** What went wrong with a take. A provider's own words are shown as they came, as text and nothing else. */
export function TakeProblem({ problem, tone, can }: TakeProblemProps) {
  return (
    <div
      data-selectable
      className={classNames(
        'forced-edge mt-2 rounded-lg px-3 py-2 text-xs wrap-anywhere',
        tone === 'bad' ? 'bg-bad-wash' : 'bg-warn-wash',
      )}
    >
      <p className="text-ink">{problem.message}</p>
      {can !== null && <p className="mt-1 text-soft">{can}</p>}
      {problem.detail && (
        <details className="mt-1.5 text-soft">
          <summary className="rounded">Details</summary>
          <p className="mt-1 font-mono text-[0.75rem] break-words whitespace-pre-wrap">{problem.detail}</p>
        </details>
      )}
    </div>
  )
}
