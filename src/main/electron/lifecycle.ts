import { join } from 'node:path'
import type { App, Protocol, PowerMonitor } from 'electron'
import type { Log } from '../system/ports.ts'
import { guardEveryContents, openDoor } from './security.ts'
import type { Place } from './window.ts'
import { schemes } from './protocol.ts'

/** True for the first instance. A second one only brings the first to the front, and must then quit. */
function holdSingleInstance(app: Pick<App, 'requestSingleInstanceLock' | 'on'>, focus: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', focus)
  return true
}

type Early = {
  readonly app: Pick<
    App,
    | 'isPackaged'
    | 'commandLine'
    | 'on'
    | 'setPath'
    | 'setName'
    | 'setAppUserModelId'
    | 'enableSandbox'
    | 'requestSingleInstanceLock'
  >
  readonly protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>
}

const appId = 'app.understudy.studio'

type BeforeReady = {
  readonly place: Place
  readonly raise: () => void
  /** Opens a website in the system's browser. */
  readonly openSite: (url: string) => void
  readonly log: Log
}

/** What must be settled before the app is ready. Null to continue, else the exit code to leave with at once. */
export function beforeReady(
  { app, protocol }: Early,
  { place, raise, openSite, log }: BeforeReady,
): number | null {
  const door = openDoor(app.commandLine, app.isPackaged)
  if (door !== undefined) {
    log(`--${door} is refused because it would give another program access to Understudy`)
    return 2
  }
  app.setName('Understudy')
  // Windows shows notifications only for an app that says who it is.
  app.setAppUserModelId(appId)
  // The lock of the single instance is in this folder, so each library has its own.
  app.setPath('userData', join(place.home, 'window'))
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged(schemes)
  guardEveryContents(app, place.origin, { openSite, log })
  return holdSingleInstance(app, raise) ? null : 0
}

type Closing = Pick<App, 'on' | 'quit' | 'releaseSingleInstanceLock'>
type Parts = {
  readonly close: () => Promise<void>
  readonly openAgain: () => void
  readonly log: Log
}

/** Quits, and opens again after the end. */
export type Leaving = { readonly again: () => void }

/**
 * Holds the exit back until the core has ended its processes and closed the library. Anyone who starts the studio
 * meanwhile reaches this instance, which is on its way out: it opens again after its own end.
 */
export function closeBeforeQuit(app: Closing, { close, openAgain, log }: Parts): Leaving {
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
        log('Understudy didn’t close cleanly', { error })
      })
      .finally(() => {
        state = 'closed'
        // The library is free: from here on, another start doesn't have to wait.
        app.releaseSingleInstanceLock()
        if (again) openAgain()
        app.quit()
      })
  })
  return {
    again: () => {
      again = true
      app.quit()
    },
  }
}

/** Calls back when the machine has been away: answers may be waiting, and timers stood still. */
export function onReturn(powerMonitor: Pick<PowerMonitor, 'on'>, back: () => void): void {
  powerMonitor.on('resume', back)
  powerMonitor.on('unlock-screen', back)
}
