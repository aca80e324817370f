import type { Log } from './ports.ts'

/**
 * What nobody caught is written down, and the process ends at once: going on in a state nobody thought of could cost
 * money. It is as if it had been killed, which every take survives.
 */
export function endOnSurprise(
  process: { readonly on: (event: 'uncaughtException', listener: (error: unknown) => void) => unknown },
  log: Log,
  end: () => void,
): void {
  process.on('uncaughtException', (error) => {
    try {
      log('something went wrong that nobody had thought of; the studio ends and the next start goes on', {
        error,
      })
    } finally {
      end()
    }
  })
}
