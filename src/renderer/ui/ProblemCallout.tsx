import type { ReactNode } from 'react'
import type { Problem } from '../../shared/outcome.ts'
import { Callout } from './Callout.tsx'

export type ProblemCalloutProps = {
  readonly problem: Problem | null
  readonly action?: ReactNode
  readonly className?: string
}

/** What went wrong, what to do, and the words from outside, as text. Nothing while there is no problem. */
export function ProblemCallout({ problem, action, className }: ProblemCalloutProps) {
  if (!problem) return null
  const { message, advice, detail } = problem
  return (
    <Callout tone="bad" title={message} action={action} {...(className !== undefined && { className })}>
      {advice}
      {detail !== undefined && (
        <span className="mt-1 block font-mono text-xs break-words whitespace-pre-wrap">{detail}</span>
      )}
    </Callout>
  )
}
