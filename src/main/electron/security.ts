import type { App, WebContents } from 'electron'
import type { Log } from '../system/ports.ts'
import { isAppUrl, type AppOrigin } from './origin.ts'

type Guarded = Pick<WebContents, 'on' | 'setWindowOpenHandler'>
type Navigation = { readonly url: string; readonly preventDefault: () => void }

/** Keeps one web contents on the studio's own page: nowhere to go, nothing to open, nothing to attach. */
function guardContents(contents: Guarded, origin: AppOrigin, log: Log): void {
  const stayHome = (navigation: Navigation) => {
    if (isAppUrl(navigation.url, origin)) return
    navigation.preventDefault()
    log('a navigation away from the studio was stopped')
  }
  // `will-navigate` alone misses subframes and redirects.
  contents.on('will-navigate', stayHome)
  contents.on('will-frame-navigate', stayHome)
  contents.on('will-redirect', stayHome)
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Guards every web contents there will ever be, not only those that this app means to make. */
export function guardEveryContents(app: Pick<App, 'on'>, origin: AppOrigin, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, origin, log)
  })
}
