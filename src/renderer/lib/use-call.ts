import { useState, useEffect } from 'react'
import type { Outcome, Problem } from '../../shared/outcome.ts'
import type { Fraction } from '../../shared/units.ts'
import { desktop } from './desktop.ts'

export type Asking = {
  readonly pending: boolean
  readonly problem: Problem | null
  readonly forget: () => void
  /** Asks, and answers with the value; null when it failed, and the problem is then on show. */
  readonly run: <T>(ask: () => Promise<Outcome<T>>) => Promise<{ readonly value: T } | null>
}

/** One question at a time, with what went wrong kept where it was asked: a dialog hides messages beneath it. */
export function useAsking(): Asking {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  return {
    pending,
    problem,
    forget: () => {
      setProblem(null)
    },
    run: async (ask) => {
      setPending(true)
      setProblem(null)
      const answer = await ask()
      setPending(false)
      if (answer.ok) return { value: answer.value }
      if (answer.problem.code !== 'cancelled') setProblem(answer.problem)
      return null
    },
  }
}

/** How far a call is; null while it does not say. */
export function useCallProgress(call: string | null): Fraction | null {
  const [told, setTold] = useState<{ readonly call: string; readonly fraction: Fraction | null } | null>(null)
  useEffect(() => desktop().listen['call:progress'](setTold), [])
  return told !== null && told.call === call ? told.fraction : null
}
