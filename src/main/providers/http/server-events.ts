import type { Milliseconds } from '../../../shared/units.ts'
import type { Clock } from '../../system/ports.ts'
import type { ServerEvent } from './event-stream.ts'
import type { Provider } from '../provider.ts'
import type { HttpClient } from './client.ts'

const firstGap: Milliseconds = 5000
const longestGap: Milliseconds = 300_000
/** Between two questions about its task a take stops listening for a moment; the stream outlasts that. */
const linger: Milliseconds = 10_000
/** News that came while its take was asking; more than any account has tasks at a time. */
const mostMissed = 500

type Parts = {
  readonly listen: HttpClient['listen']
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly clock: Clock
  /** The task an event is about, or null for an event of no interest. */
  readonly taskOf: (event: ServerEvent) => string | null
}

/**
 * One stream for all takes of an account: open while it has listeners, and reconnected with growing gaps. It promises
 * nothing but an earlier wake-up: its listeners also poll from time to time.
 */
export function createNews({ listen, url, headers, clock, taskOf }: Parts): NonNullable<Provider['news']> {
  const listeners = new Map<string, Set<() => void>>()
  const missed = new Set<string>()
  let stream: AbortController | null = null
  let connected = false
  let leftAt: Milliseconds = 0

  const announce = (task: string) => {
    const waiting = listeners.get(task)
    if (waiting) {
      for (const wake of [...waiting]) wake()
      return
    }
    if (missed.size >= mostMissed) missed.clear()
    missed.add(task)
  }

  const follow = async (stop: AbortController) => {
    for (let failures = 0; !stop.signal.aborted; failures += 1) {
      connected = true
      await listen({
        url,
        headers,
        signal: stop.signal,
        onEvent: (event) => {
          const task = taskOf(event)
          if (task !== null) announce(task)
        },
        onSign: () => {
          failures = 0
          if (listeners.size === 0 && clock.monotonic() - leftAt >= linger) close(stop)
        },
      })
      connected = false
      if (listeners.size === 0) close(stop)
      await clock.sleep(Math.min(longestGap, firstGap * 2 ** failures), stop.signal)
    }
  }
  const close = (stop: AbortController) => {
    stop.abort()
    if (stream === stop) stream = null
    // Without a stream, what happened since is unknown.
    missed.clear()
  }

  return (task, signal) =>
    new Promise((resolve) => {
      if (signal.aborted || missed.delete(task)) {
        resolve()
        return
      }
      const wake = () => {
        signal.removeEventListener('abort', wake)
        const waiting = listeners.get(task)
        waiting?.delete(wake)
        if (waiting?.size === 0) listeners.delete(task)
        leftAt = clock.monotonic()
        if (listeners.size === 0 && !connected && stream) close(stream)
        resolve()
      }
      signal.addEventListener('abort', wake, { once: true })
      listeners.set(task, (listeners.get(task) ?? new Set()).add(wake))
      if (stream) return
      stream = new AbortController()
      void follow(stream)
    })
}
