import type { Log } from './ports.ts'

type Surprises = {
  readonly on: (
    event: 'uncaughtException' | 'unhandledRejection',
    listener: (error: unknown) => void,
  ) => unknown
}

/**
 * What nobody caught is written down, and the process ends at once: going on in a state nobody thought of could cost
 * money. It is as if it had been killed, which every take survives.
 */
export function endOnSurprise(process: Surprises, log: Log, end: () => void): void {
  const onSurprise = (error: unknown) => {
    try {
      log('something went wrong that nobody had thought of; the studio ends and the next start goes on', {
        error,
      })
    } finally {
      end()
    }
  }
  process.on('uncaughtException', onSurprise)
  // Electron would only warn of these, and go on.
  process.on('unhandledRejection', onSurprise)
}
