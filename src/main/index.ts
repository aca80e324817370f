import { homedir } from 'node:os'
import { join } from 'node:path'
import electron from 'electron'
import { openCore } from './api/open-core.ts'
import { beforeReady, closeBeforeQuit, type Leaving } from './electron/lifecycle.ts'
import { createFaceServices } from './electron/dialogs.ts'
import { createIpc } from './electron/ipc.ts'
import { openAgain } from './electron/open-again.ts'
import { studioPlace, createStage } from './electron/window.ts'
import { mediaBase } from './electron/protocol.ts'
import { createVault, vaultFile } from './electron/secrets.ts'
import { openSettings } from './electron/settings.ts'
import { showStudio } from './electron/show.ts'
import { exitOnUncaught, createLog } from './system/log.ts'
import { openIntake } from './core/open-intake.ts'
import type { WindowNotice } from '../shared/domain/views.ts'
import { environmentSecrets, keptOrEnvironment, homeFolder } from './system/environment.ts'
import { openDesktopNetwork } from './network/open-network.ts'

const { app, dialog, ipcMain, safeStorage, session, shell } = electron
const { platform, env, resourcesPath } = process

const log = createLog((text) => process.stderr.write(text), homedir())
exitOnUncaught(process, log, () => {
  // A studio that cannot even start must not start again and again.
  if (process.uptime() > 60) openAgain(app)
  app.exit(1)
})
const place = studioPlace({
  home: homeFolder(env, platform),
  packaged: app.isPackaged,
  developmentServer: env['ELECTRON_RENDERER_URL'],
  appPath: app.getAppPath(),
  resourcesPath,
})
const { home, resources } = place
const stage = createStage()
const ipc = createIpc({ ipcMain, origin: place.origin, log })

/** What the next page has to tell of the one before. */
let untold: WindowNotice | null = null

async function start(): Promise<void> {
  let leaving: Leaving | null = null
  const core = await openCore({
    home,
    root: app.getAppPath(),
    resources,
    mediaBase,
    network: openDesktopNetwork(env, (url) => session.defaultSession.resolveProxy(url)),
    settings: openSettings(ipcMain, home),
    secrets: keptOrEnvironment(
      createVault({ safeStorage, platform, file: vaultFile(join(home, 'keys.json')), log }),
      environmentSecrets(env),
    ),
    face: () =>
      createFaceServices({
        ...{ dialog, shell, home, window: stage.current, version: app.getVersion() },
        downloads: () => app.getPath('downloads'),
        takeNotice: () => {
          const notice = untold
          untold = null
          return notice
        },
      }),
    bin: (path) => shell.trashItem(path),
    announce: ipc.announce,
    // The helper that starts it again reads where the library is now.
    onMoved: () => {
      leaving?.again()
    },
    log,
  })
  if (!core.ok) {
    dialog.showErrorBox('Understudy couldn’t open', `${core.problem.message} ${core.problem.advice ?? ''}`)
    app.exit(7)
    return
  }
  const { close } = core.value
  const intake = await openIntake(home, core.value)
  leaving = closeBeforeQuit(app, {
    close: () => {
      stage.leave()
      return close()
    },
    openAgain: () => {
      openAgain(app)
    },
    log,
  })
  const onGone = (notice: WindowNotice) => {
    untold = notice
  }
  showStudio(electron, { core: core.value, intake, place, ipc, stage, log, onGone })
}

app.on('window-all-closed', () => {
  if (platform !== 'darwin') app.quit()
})
const leave = beforeReady(electron, {
  ...{ place, raise: stage.raise, log },
  openSite: (url) => void shell.openExternal(url),
})
if (leave !== null) app.exit(leave)
// Not awaited: `ready` comes only after this module has been evaluated.
else
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      log('Understudy couldn’t start', { error })
      app.exit(7)
    })
