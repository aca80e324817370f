import type { Clock } from './ports.ts'

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
