import type { Clock } from './ports.ts'

/** Node takes a timer of at most 2^31-1 ms and would fire at once above that. */
const maxTimer = 2 ** 31 - 1

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (duration, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve()
        return
      }
      const end = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, Math.min(maxTimer, Math.max(0, duration)))
      signal?.addEventListener('abort', end, { once: true })
    }),
}
