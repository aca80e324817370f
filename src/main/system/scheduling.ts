import type { Milliseconds } from '../../shared/units.ts'
import type { Clock } from './ports.ts'

export type SerialQueue = <T>(run: () => Promise<T>) => Promise<T>

/** Runs one task after the other, in the order they were asked for; a failed one does not stop the next. */
export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const mine = last.then(run, run)
    last = mine
    return mine
  }
}

/** Runs work that belongs to some keys: work with a key in common runs one after the other, in the order it came. */
export type KeyedQueue = <T>(keys: readonly string[], run: () => Promise<T>) => Promise<T>

export function createKeyedQueue(): KeyedQueue {
  const queues = new Map<string, SerialQueue>()
  const queueOf = (key: string) => {
    const queue = queues.get(key) ?? createSerialQueue()
    queues.set(key, queue)
    return queue
  }
  // In one order for everybody, so that no two wait for each other.
  const enter = <T>([key, ...others]: readonly string[], run: () => Promise<T>): Promise<T> =>
    key === undefined ? run() : queueOf(key)(() => enter(others, run))
  return (keys, run) => enter([...new Set(keys)].toSorted(), run)
}

/**
 * Runs work in a serial queue. An abort before its turn answers `left` at once and the work never runs; work that has
 * begun answers itself, after it has stopped its process.
 */
export function runInTurn<T>(
  inTurn: SerialQueue,
  signal: AbortSignal,
  left: () => T,
  run: () => Promise<T>,
): Promise<T> {
  if (signal.aborted) return Promise.resolve(left())
  return new Promise((resolve, reject) => {
    const leave = () => {
      resolve(left())
    }
    signal.addEventListener('abort', leave, { once: true })
    inTurn(async () => {
      signal.removeEventListener('abort', leave)
      if (!signal.aborted) resolve(await run())
    }).catch(reject)
  })
}

type Waiting = { readonly until: Milliseconds; readonly go: (granted: boolean) => void }

/** Lets a few pass at a time, and of those who wait the one whose time ends first; no end comes last. */
export type PrioritySemaphore = {
  /** What the work answers; null when the signal fired before its turn came. */
  readonly pass: <T>(
    until: Milliseconds | null,
    signal: AbortSignal,
    work: () => Promise<T>,
  ) => Promise<T | null>
}

export function createPrioritySemaphore(width: number): PrioritySemaphore {
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

/** Resolves when one more request may go to this host; those who wait are served in the order they came. */
export type RateLimiter = (host: string, signal?: AbortSignal) => Promise<void>

const maxRequestsPerSecond = 5
/** A little over a second, so that jitter on the way does not squeeze six requests into one. */
const span: Milliseconds = 1050

/** Lets at most five requests a second go to one host, however many takes are followed. */
export function createRateLimiter(clock: Clock): RateLimiter {
  const hosts = new Map<string, { readonly recent: Milliseconds[]; readonly inTurn: SerialQueue }>()
  return (host, signal) => {
    const requests = hosts.get(host) ?? { recent: [], inTurn: createSerialQueue() }
    hosts.set(host, requests)
    return requests.inTurn(async () => {
      const earliest = requests.recent.length < maxRequestsPerSecond ? undefined : requests.recent.shift()
      const wait = earliest === undefined ? 0 : earliest + span - clock.monotonic()
      if (wait > 0) await clock.sleep(wait, signal)
      requests.recent.push(clock.monotonic())
    })
  }
}
