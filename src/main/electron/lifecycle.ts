import { join } from 'node:path'
import type { App, Protocol } from 'electron'
import type { Log } from '../system/ports.ts'
import { guardEveryContents } from './security.ts'
import type { Place } from './place.ts'
import { schemes } from './protocol.ts'
import { holdSingleInstance } from './single-instance.ts'
import { openDoor } from './switches.ts'

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

/** What must be settled before the app is ready. Null to go on, else the exit code to leave with at once. */
export function beforeReady(
  { app, protocol }: Early,
  { place, raise, log }: { readonly place: Place; readonly raise: () => void; readonly log: Log },
): number | null {
  const door = openDoor(app.commandLine, app.isPackaged)
  if (door !== undefined) {
    log(`--${door} is refused: it would let another program into the studio`)
    return 2
  }
  app.setName('Understudy')
  // Windows shows notifications only for an app that says who it is.
  app.setAppUserModelId(appId)
  // The lock of the single instance lies in this folder, so each library has its own.
  app.setPath('userData', join(place.home, 'window'))
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged(schemes)
  guardEveryContents(app, place.origin, log)
  return holdSingleInstance(app, raise) ? null : 0
}
