import { providerSites } from '../../shared/rules/providers.ts'
import { contentPolicy } from '../api/content-policy.ts'
import type { App, WebContents, Session, CommandLine } from 'electron'
import type { Log } from '../system/ports.ts'

/** Where the studio's own page lives. `URL.origin` is "null" for custom schemes, so protocol and host are compared. */
export type AppOrigin = { readonly protocol: string; readonly host: string; readonly start: string }

/** The packaged page, or electron-vite's development server when its address is given. */
export function appOrigin(developmentUrl: string | undefined): AppOrigin {
  const start = developmentUrl ?? 'app://studio/index.html'
  const { protocol, host } = new URL(start)
  return { protocol, host, start }
}

/** True for the exact origin only: another host, a port, a user name or another scheme is somewhere else. */
export function isAppUrl(text: string, origin: AppOrigin): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  return (
    url.protocol === origin.protocol && url.host === origin.host && url.username === '' && url.password === ''
  )
}

type Guarded = Pick<WebContents, 'on' | 'setWindowOpenHandler'>
type Navigation = { readonly url: string; readonly preventDefault: () => void }

type Guards = {
  /** Opens a website in the system's browser. */
  readonly openSite: (url: string) => void
  readonly log: Log
}

/**
 * Keeps one web contents on the studio's own page: nowhere to go, nothing to open, nothing to attach. The websites of the
 * services open in the system's browser.
 */
function guardContents(contents: Guarded, origin: AppOrigin, { openSite, log }: Guards): void {
  const stayHome = (navigation: Navigation) => {
    if (isAppUrl(navigation.url, origin)) return
    navigation.preventDefault()
    log('a navigation away from Understudy was stopped')
  }
  // `will-navigate` alone misses subframes and redirects.
  contents.on('will-navigate', stayHome)
  contents.on('will-frame-navigate', stayHome)
  contents.on('will-redirect', stayHome)
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    // Chromium adds the slash of an empty path.
    const site = [...providerSites].find((one) => new URL(one).href === url)
    if (site !== undefined) openSite(site)
    return { action: 'deny' }
  })
}

/** Guards every web contents there will ever be, not only those that this app means to make. */
export function guardEveryContents(app: Pick<App, 'on'>, origin: AppOrigin, guards: Guards): void {
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, origin, guards)
  })
}

type Lockable = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'on'
>

const allowed: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write'])

/** Denies what web content may ask for. Most web APIs check before they request, so both handlers are needed. */
export function lockPermissions(session: Lockable): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(allowed.has(permission))
  })
  session.setPermissionCheckHandler((_contents, permission) => allowed.has(permission))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer(null)
  })
  // Results are saved by the main process; a download would put a file where the user didn't choose to have one.
  session.on('will-download', (event) => {
    event.preventDefault()
  })
}

// No fuse covers remote debugging (electron/fuses issue 2); for `--inspect` this is the second lock beside the fuse.
const doors = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-publish-uid',
]

/** The first switch that would open a packaged studio to another program; undefined when there is none. */
export function openDoor(commandLine: Pick<CommandLine, 'hasSwitch'>, packaged: boolean): string | undefined {
  return packaged ? doors.find((name) => commandLine.hasSwitch(name)) : undefined
}

export const contentSecurityPolicy = contentPolicy('media:')
