import { cancelled, type Outcome, ok } from '../../shared/outcome.ts'
import type { Fraction } from '../../shared/units.ts'
import type { Running } from '../media/media.ts'
import type { Call } from '../prepare/types.ts'
import { namedFileIdentity } from '../files/file-identity.ts'
import { unreadable } from '../media/probe/read-head.ts'

type Run = {
  readonly controller: AbortController
  readonly outcome: Promise<Outcome<unknown>>
  readonly listeners: Set<(fraction: Fraction | null) => void>
  waiting: number
}

/** Every shared run can be stopped: the last caller may leave it. */
type SharedRunning = Running & { readonly signal: AbortSignal }

/** Shares a run among all callers that ask for the same; it is stopped when the last of them leaves. */
export function createSharedRuns() {
  const runs = new Map<string, Run>()

  function start<T>(key: string, work: (running: SharedRunning) => Promise<Outcome<T>>): Run {
    const controller = new AbortController()
    const listeners: Run['listeners'] = new Set()
    const onProgress = (fraction: Fraction) => {
      for (const listener of listeners) listener(fraction)
    }
    const run: Run = {
      controller,
      listeners,
      waiting: 0,
      outcome: work({ signal: controller.signal, onProgress }).finally(() => {
        if (runs.get(key) === run) runs.delete(key)
      }),
    }
    runs.set(key, run)
    return run
  }

  /** `what` names the work in the problem of a cancelled caller. A key always means the same work. */
  return async <T>(
    key: string,
    what: string,
    call: Call,
    work: (running: SharedRunning) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    const { signal, onProgress } = call
    if (signal?.aborted) return cancelled(what)
    const run = runs.get(key) ?? start(key, work)
    run.waiting += 1
    if (onProgress) run.listeners.add(onProgress)
    let leave: () => void = () => undefined
    const left = new Promise<Outcome<T>>((resolve) => {
      leave = () => {
        resolve(cancelled(what))
      }
    })
    signal?.addEventListener('abort', leave, { once: true })
    try {
      // A key always has the same type of result.
      return await Promise.race([run.outcome as Promise<Outcome<T>>, left])
    } finally {
      signal?.removeEventListener('abort', leave)
      if (onProgress) run.listeners.delete(onProgress)
      run.waiting -= 1
      if (run.waiting === 0 && runs.get(key) === run) {
        // Later callers get a new run.
        runs.delete(key)
        run.controller.abort()
      }
    }
  }
}

/** The path and state of a file; a problem where it cannot be read. */
export async function identityOf(path: string): Promise<Outcome<string>> {
  try {
    return ok(await namedFileIdentity(path))
  } catch (error) {
    return unreadable(path, error)
  }
}
