import { join } from 'node:path'
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import type { Milliseconds } from '../../shared/units.ts'
import type { WindowNotice } from '../../shared/domain/views.ts'
import type { Log } from '../system/ports.ts'
import { createLoopGuard, openedEmpty, windowGone } from './mishaps.ts'
import { appOrigin, type AppOrigin } from './security.ts'

type WindowPlan = {
  readonly preload: string
  readonly icon: string
  readonly dark: boolean
  readonly packaged: boolean
}

/** What is not named here keeps Electron's safe default; `webSecurity` and its kin are never touched. */
export function windowOptions({
  preload,
  icon,
  dark,
  packaged,
}: WindowPlan): BrowserWindowConstructorOptions {
  return {
    // Electron keeps position, size and display mode under this name, and off screens that are gone.
    name: 'studio',
    windowStatePersistence: true,
    title: 'Understudy',
    icon,
    width: 1360,
    height: 860,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: dark ? '#101216' : '#eceef1',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Chromium would fetch dictionaries from its own servers.
      spellcheck: false,
      devTools: !packaged,
    },
  }
}

type Shown = Pick<BrowserWindow, 'on' | 'once' | 'show' | 'loadURL' | 'webContents'>

type Parts = {
  readonly log: Log
  readonly now: () => Milliseconds
  /** Told before the page is loaded again. */
  readonly onGone: (notice: WindowNotice) => void
  /** Asked when the page ends again and again; true for one more try, without the files that were open. */
  readonly askAgain: () => Promise<boolean>
}

/** Loads the page, shows it once painted, and loads it again when its process dies or hangs: takes live elsewhere. */
export function openPage(window: Shown, url: string, { log, now, onGone, askAgain }: Parts): void {
  const guard = createLoopGuard(now)
  const openAgain = (notice: WindowNotice) => {
    onGone(notice)
    window.webContents.reload()
  }
  window.once('ready-to-show', () => {
    window.show()
  })
  window.webContents.on('render-process-gone', (_event, details) => {
    log(`the window's process ended: ${details.reason}`)
    if (details.reason === 'clean-exit') return
    if (guard.mayTry()) {
      openAgain(windowGone(details.reason))
      return
    }
    askAgain()
      .then((wanted) => {
        guard.forget()
        if (wanted) openAgain(openedEmpty)
      })
      .catch((error: unknown) => {
        log('the question about the window couldn’t be shown', { error })
      })
  })
  // Chromium says so only after half a minute; the end of the process brings the page back as above.
  window.on('unresponsive', () => {
    log('the window isn’t responding')
    window.webContents.forcefullyCrashRenderer()
  })
  window.loadURL(url).catch((error: unknown) => {
    log('the window couldn’t load its page', { error })
  })
}

/** Brings a window to the front, also when it is minimised or hidden. */
function focusWindow(window: Pick<BrowserWindow, 'isMinimized' | 'restore' | 'show' | 'focus'>): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** Holds the one window of the studio. */
export type Stage = {
  readonly current: () => BrowserWindow | null
  /** Brings it to the front, and opens it again if it was closed. Before `ready` there is nothing to bring. */
  readonly raise: () => void
  readonly ready: (make: () => BrowserWindow) => void
  /** From now on no window is opened: the studio closes. */
  readonly leave: () => void
}

export function createStage(): Stage {
  let window: BrowserWindow | null = null
  let make: (() => BrowserWindow) | null = null
  const raise = () => {
    if (window !== null) {
      focusWindow(window)
      return
    }
    if (make === null) return
    window = make()
    window.on('closed', () => {
      window = null
    })
  }
  return {
    current: () => window,
    raise,
    ready: (maker) => {
      make = maker
      raise()
    },
    leave: () => {
      make = null
    },
  }
}

/** The folders and addresses of this start. */
export type Place = {
  /** The folder of the library, the same for all faces. */
  readonly home: string
  readonly resources: string
  readonly renderer: string
  readonly preload: string
  readonly origin: AppOrigin
}

type Start = {
  readonly home: string
  readonly packaged: boolean
  /** electron-vite's, which serves the page while it is worked on. */
  readonly developmentServer: string | undefined
  readonly appPath: string
  readonly resourcesPath: string
}

/** A packaged build believes no development server. */
export function studioPlace({ home, packaged, developmentServer, appPath, resourcesPath }: Start): Place {
  return {
    home,
    resources: join(packaged ? resourcesPath : appPath, 'resources'),
    renderer: join(appPath, 'out/renderer'),
    preload: join(appPath, 'out/preload/index.cjs'),
    origin: appOrigin(packaged ? undefined : developmentServer),
  }
}
