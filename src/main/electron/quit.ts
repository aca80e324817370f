import type { App } from 'electron'
import type { Log } from '../ports.ts'

/** Holds the exit back until the core has ended its processes and closed the library. */
export function closeBeforeQuit(app: Pick<App, 'on' | 'quit'>, close: () => Promise<void>, log: Log): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
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
        app.quit()
      })
  })
}
