import type { Outcome, Problem } from '../../shared/outcome.ts'

/** Through here comes everything that faces ask of the core, so that a move of the library can keep it out. */
export type Gate = {
  /** Runs it, or answers why the gate is shut. */
  readonly admit: <T>(run: () => Promise<Outcome<T>>) => Promise<Outcome<T>>
  /** Null opens it again. */
  readonly shut: (why: Problem | null) => void
  /** Why nothing is let in now. */
  readonly why: () => Problem | null
  /** Resolves when everything that was let in has ended. */
  readonly empty: () => Promise<void>
}

export function createGate(): Gate {
  const inside = new Set<Promise<unknown>>()
  let refusal: Problem | null = null
  return {
    admit: async (run) => {
      if (refusal !== null) return { ok: false, problem: refusal }
      const running = run()
      inside.add(running)
      try {
        return await running
      } finally {
        inside.delete(running)
      }
    },
    shut: (why) => {
      refusal = why
    },
    why: () => refusal,
    empty: async () => {
      await Promise.allSettled(inside)
    },
  }
}
