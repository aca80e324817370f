import type { App } from 'electron'
import type { Log } from '../system/ports.ts'

type Closing = Pick<App, 'on' | 'quit' | 'releaseSingleInstanceLock'>
type Parts = {
  readonly close: () => Promise<void>
  readonly openAgain: () => void
  readonly log: Log
}

/**
 * Holds the exit back until the core has ended its processes and closed the library. Whoever starts the studio
 * meanwhile reaches this instance, which is on its way out: it opens again after its own end.
 */
export function closeBeforeQuit(app: Closing, { close, openAgain, log }: Parts): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  let again = false
  app.on('second-instance', () => {
    again ||= state !== 'open'
  })
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void close()
      .catch((error: unknown) => {
        log('the studio did not close cleanly', { error })
      })
      .finally(() => {
        state = 'closed'
        // The library is free: from here on a new start needs nobody to make room.
        app.releaseSingleInstanceLock()
        if (again) openAgain()
        app.quit()
      })
  })
}
