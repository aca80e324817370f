import type { Milliseconds } from '../../shared/units.ts'

type Waiting = { readonly until: Milliseconds; readonly go: (granted: boolean) => void }

/** Lets a few pass at a time, and of those who wait the one whose time ends first; no end comes last. */
export type Gate = {
  /** What the work answers; null when the signal fired before its turn came. */
  readonly pass: <T>(
    until: Milliseconds | null,
    signal: AbortSignal,
    work: () => Promise<T>,
  ) => Promise<T | null>
}

export function createGate(width: number): Gate {
  let busy = 0
  let queue: readonly Waiting[] = []

  const letIn = () => {
    while (busy < width) {
      const first = queue.toSorted((one, other) => one.until - other.until)[0]
      if (!first) return
      queue = queue.filter((one) => one !== first)
      busy += 1
      first.go(true)
    }
  }
  const wait = (until: Milliseconds, signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const one: Waiting = { until, go: resolve }
      const leave = () => {
        if (!queue.includes(one)) return
        queue = queue.filter((other) => other !== one)
        resolve(false)
      }
      signal.addEventListener('abort', leave, { once: true })
      queue = [...queue, one]
      // Those who come in the same moment are weighed against each other.
      queueMicrotask(letIn)
      if (signal.aborted) leave()
    })

  return {
    pass: async (until, signal, work) => {
      if (!(await wait(until ?? Infinity, signal))) return null
      try {
        return await work()
      } finally {
        busy -= 1
        letIn()
      }
    },
  }
}
