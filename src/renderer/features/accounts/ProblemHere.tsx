import type { Problem } from '../../../shared/outcome.ts'
import { Callout } from '../../ui/Callout.tsx'

/** A problem where it arose, because a page on top hides the messages at the foot of the window. */
export function ProblemHere({ problem }: { readonly problem: Problem }) {
  const { message, advice, detail } = problem
  return (
    <Callout tone="bad" title={message}>
      {advice}
      {detail !== undefined && <span className="mt-1 block font-mono text-[0.75rem]">{detail}</span>}
    </Callout>
  )
}
