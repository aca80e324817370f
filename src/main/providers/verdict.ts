import type { Problem, ProblemCode } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { SubmitAnswer } from './provider.ts'

/** What one listed error proves, and the two sentences the user reads. */
export type Verdict =
  | {
      readonly kind: 'refused'
      readonly code: ProblemCode
      readonly message: string
      readonly advice: string
    }
  | {
      readonly kind: 'held'
      readonly message: string
      readonly advice: string
      /** At least this long, however soon the provider would like to be asked. */
      readonly wait: Milliseconds
    }

export const refused = (code: ProblemCode, message: string, advice: string): Verdict => ({
  kind: 'refused',
  code,
  message,
  advice,
})

export const held = (message: string, wait: Milliseconds): Verdict => ({
  kind: 'held',
  message,
  advice: 'Understudy waits and sends it once more.',
  wait,
})

/** A verdict as a problem, with the provider's own words beside it. */
export function problemOf(verdict: Verdict, theirWords: string): Problem {
  const code = verdict.kind === 'held' ? 'provider-silent' : verdict.code
  const { message, advice } = verdict
  return { code, message, advice, ...(theirWords !== '' && { detail: theirWords }) }
}

export function submitVerdict(
  verdict: Verdict,
  theirWords: string,
  asked: Milliseconds | null,
): SubmitAnswer {
  const problem = problemOf(verdict, theirWords)
  if (verdict.kind === 'refused') return { kind: 'refused', problem }
  return { kind: 'held', problem, wait: Math.max(verdict.wait, asked ?? 0) }
}
