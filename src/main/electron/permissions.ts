import type { Session } from 'electron'

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
  // Results are saved by the main process; a download would put a file where nobody chose to have one.
  session.on('will-download', (event) => {
    event.preventDefault()
  })
}
