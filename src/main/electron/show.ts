import type * as ElectronModule from 'electron'
import type { Core } from '../api/open-core.ts'
import { systemClock } from '../system/clock.ts'
import type { Intake } from '../files/intake.ts'
import type { WindowNotice } from '../../shared/domain/views.ts'
import { ok } from '../../shared/outcome.ts'
import type { Log } from '../system/ports.ts'
import { createBundle, serveSchemes } from './protocol.ts'
import type { Ipc } from './ipc.ts'
import { menuTemplate } from './menu.ts'
import { createNotices, createTaskbar, showProgress } from './desktop-status.ts'
import { lockPermissions } from './security.ts'
import { type Place, type Stage, openPage, windowOptions } from './window.ts'
import { onReturn } from './lifecycle.ts'
import { helperGone } from './mishaps.ts'

type Electron = Pick<
  typeof ElectronModule,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'Menu'
  | 'nativeTheme'
  | 'Notification'
  | 'powerMonitor'
  | 'protocol'
  | 'session'
  | 'shell'
>
type Parts = {
  readonly core: Core
  readonly intake: Intake
  readonly place: Place
  readonly ipc: Ipc
  readonly stage: Stage
  readonly log: Log
  /** Keeps what the next page is to tell. */
  readonly onGone: (notice: WindowNotice) => void
}

/**
 * Whether to open a window once more that ended again and again. What it shows may be what ends it, so it opens without.
 */
async function askAgain({ app, dialog }: Electron, core: Core): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Understudy',
    message: 'The window keeps stopping.',
    detail: 'You can open it without the current files. Your takes keep running, even after you quit.',
    buttons: ['Open without files', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) app.quit()
  // Not while the library is being moved: what is open moves with it.
  else
    await core.admit(() => {
      core.studio.desk.clear()
      return Promise.resolve(ok(null))
    })
  return response === 0
}

function showWindow(electron: Electron, { core, place, ipc, stage, log, onGone }: Parts): void {
  const { app, BrowserWindow, nativeTheme } = electron
  stage.ready(() => {
    const window = new BrowserWindow(
      windowOptions({
        preload: place.preload,
        icon: `${place.resources}/icons/icon.png`,
        dark: nativeTheme.shouldUseDarkColors,
        packaged: app.isPackaged,
      }),
    )
    ipc.attach(window)
    openPage(window, place.origin.start, {
      ...{ log, onGone, now: systemClock.now },
      askAgain: () => askAgain(electron, core),
    })
    return window
  })
  app.on('activate', stage.raise)
}

/** Tells the desktop around the window how the takes are doing. */
function followTakes({ Notification }: Electron, { core, stage }: Parts): void {
  const known = core.studio.takes.list()
  const notify = createNotices(known, {
    show: (options) => new Notification(options),
    wanted: () => Notification.isSupported() && core.studio.settings.read().notifications,
    audible: () => core.studio.settings.read().notificationSound && stage.current() === null,
    watching: () => stage.current()?.isFocused() ?? false,
    focus: stage.raise,
  })
  const taskbar = createTaskbar(known, (progress) => {
    const window = stage.current()
    if (window !== null) showProgress(window, progress)
  })
  core.onTake((take) => {
    notify(take)
    taskbar(take)
  })
}

/** Puts the core on stage: locks first, then the window. */
export function showStudio(electron: Electron, parts: Parts): void {
  const { core, place, ipc, log } = parts
  const { app, Menu, powerMonitor, protocol, session, shell } = electron
  lockPermissions(session.defaultSession)
  serveSchemes(protocol, {
    bundle: createBundle(place.renderer, place.origin.host),
    media: core.fileTokens.serve,
    page: place.origin,
  })
  ipc.answer({ ...core, intake: parts.intake })
  app.on('child-process-gone', (_event, details) => {
    log(`a helper process of the window ended: ${details.type}, ${details.reason}`)
    const notice = helperGone(details)
    if (notice !== null) ipc.announce('window:notice', notice)
  })
  const template = menuTemplate({
    platform: process.platform,
    packaged: app.isPackaged,
    showLibrary: () => void shell.openPath(place.home),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  followTakes(electron, parts)
  onReturn(powerMonitor, () => {
    core.studio.takes.lookAtAll().catch((error: unknown) => {
      log('takes couldn’t be checked after a pause', { error })
    })
  })
  showWindow(electron, parts)
}
