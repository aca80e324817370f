import type { Log, Clock } from './ports.ts'

const words = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** One entry with the take it concerns and what was thrown; the user's folder is written as `~`. */
export const createLog =
  (write: (text: string) => void, userFolder: string): Log =>
  (line, about = {}) => {
    const take = about.take === undefined ? '' : ` [take ${about.take}]`
    const thrown = about.error === undefined ? '' : `: ${words(about.error)}`
    write(`${line}${take}${thrown}\n`.replaceAll(userFolder, '~'))
  }

type Surprises = {
  readonly on: (
    event: 'uncaughtException' | 'unhandledRejection',
    listener: (error: unknown) => void,
  ) => unknown
}

/**
 * An uncaught error is logged, and the process ends at once: continuing in an unforeseen state could cost
 * money. It is as if it had been killed, which every take survives.
 */
export function exitOnUncaught(process: Surprises, log: Log, end: () => void): void {
  const onSurprise = (error: unknown) => {
    try {
      log('something unexpected went wrong; Understudy ends and the next start continues', {
        error,
      })
    } finally {
      end()
    }
  }
  process.on('uncaughtException', onSurprise)
  // Electron would only warn about these and continue.
  process.on('unhandledRejection', onSurprise)
}

/** `conf` sends its own process every signal a second time (through when-exit); a person needs longer than this. */
const echo = 300

type Stoppable = {
  readonly on: (name: NodeJS.Signals, listener: () => void) => unknown
  readonly exit: (code: number) => unknown
}

/** Fires when the user wants the process to end in order; asked a second time, it ends at once. */
export function stopSignal(process: Stoppable, clock: Pick<Clock, 'monotonic'>): AbortSignal {
  const controller = new AbortController()
  let first = 0
  const stop = () => {
    if (!controller.signal.aborted) first = clock.monotonic()
    else if (clock.monotonic() - first > echo) process.exit(130)
    controller.abort()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop)
  return controller.signal
}
