import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  anApp,
  anEvent,
  anIpcMain,
  aPowerMonitor,
  aProtocol,
  aSafeStorage,
  aSession,
  aWindow,
} from './electron-double.ts'
import type { WindowProbe } from './electron-double.ts'

/*
 * Stands in for the module `electron` in a plain Node process, so that the real composition root runs on the real core
 * where Electron itself cannot be had. What the journey looks at is exported beside it.
 */

export const windows: WindowProbe[] = []
export const notices: string[] = []
export const revealed: string[] = []
export const protocol = aProtocol()
const wire = anIpcMain()
export const { invoke } = wire
/** Whoever listens to messages that are no calls of the contract. */
export const listeners = new EventEmitter()

const app = Object.assign(anApp(), {
  getAppPath: () => join(import.meta.dirname, '../../..'),
  getVersion: () => '0.1.0',
  getPath: () => tmpdir(),
  whenReady: () => new Promise((ready) => setImmediate(ready)),
  exit: (code: number) => process.exit(code),
  // As Electron does it: asked first, gone only when nobody prevents it.
  quit: () => {
    const event = anEvent({})
    app.emit('will-quit', event)
    if (!event.prevented) app.emit('gone')
  },
})

class Notification extends EventEmitter {
  static isSupported = () => true
  readonly title: string
  constructor({ title }: { readonly title: string }) {
    super()
    this.title = title
  }
  show() {
    notices.push(this.title)
  }
}

const electron = {
  app,
  protocol,
  Notification,
  ipcMain: Object.assign(listeners, wire.ipcMain),
  powerMonitor: aPowerMonitor(),
  safeStorage: aSafeStorage({ backend: 'basic_text' }),
  session: { defaultSession: aSession() },
  nativeTheme: { shouldUseDarkColors: true },
  Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: () => undefined },
  shell: { showItemInFolder: (path: string) => revealed.push(path) },
  dialog: {
    showErrorBox: (title: string, text: string) => process.stderr.write(`${title}: ${text}\n`),
    showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [process.env['MOVE_TO'] ?? ''] }),
    showSaveDialog: () => Promise.resolve({ canceled: false, filePath: process.env['SAVE_TO'] ?? '' }),
  },
  BrowserWindow: function (options: unknown) {
    const window = aWindow(options)
    windows.push(window)
    return window
  },
}

// eslint-disable-next-line no-restricted-exports -- The module it stands for has a default export.
export { electron as default }
