import type { ReactNode } from 'react'
import type { Take, TakeState } from '../../../shared/domain/take.ts'
import { isUnnoted, taskNamedIn } from '../../../shared/text/outcome-question.ts'
import type { Timestamp } from '../../../shared/units.ts'
import { useNow } from '../../lib/use-now.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatMoment } from './moments.ts'

/** States in which the task id is what the user takes to the provider. */
const takenElsewhere: ReadonlySet<TakeState> = new Set<TakeState>([
  'NEEDS_USER',
  'REMOTE_FAILED',
  'EXPIRED',
  'ABANDONED',
])

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-center gap-2">
      <dt className="shrink-0 text-faint">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1 text-soft">{children}</dd>
    </div>
  )
}

const When = ({ at }: { readonly at: Timestamp }) => <>{formatMoment(at, useNow())}</>

/** The id of a take's task, to be copied, and the dates that say when it was there. */
export function TakeTask({ take }: { readonly take: Take }) {
  const task = takenElsewhere.has(take.state) || isUnnoted(take) ? taskNamedIn(take) : null
  if (task === null) return null
  const gone = take.state === 'EXPIRED'
  return (
    <dl className="mt-2 space-y-0.5 text-xs" data-selectable>
      <Fact name="Task">
        <span className="truncate font-mono">{task}</span>
        <CopyButton text={task} label={`Copy the task id ${task}`} />
      </Fact>
      {gone && take.sentAt !== null && (
        <Fact name="Sent">
          <When at={take.sentAt} />
        </Fact>
      )}
      {gone && take.resultUntil !== null && (
        <Fact name="Kept until">
          <When at={take.resultUntil} />
        </Fact>
      )}
    </dl>
  )
}
