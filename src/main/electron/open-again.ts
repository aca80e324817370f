import { spawn } from 'node:child_process'
import { sep } from 'node:path'
import type { App } from 'electron'

type Start = Pick<NodeJS.Process, 'env' | 'execPath' | 'argv'>
type StartFile = (file: string, args: readonly string[]) => void

/** The AppImage that this process runs from. A terminal that is one itself passes its own on, which is another program. */
function appImage({ env, execPath }: Start): string | null {
  const { APPIMAGE: file, APPDIR: mount } = env
  return file !== undefined && mount !== undefined && execPath.startsWith(mount + sep) ? file : null
}

const startFile: StartFile = (file, args) => {
  const program = spawn(file, args, { detached: true, stdio: 'ignore' })
  // It was moved or deleted while it ran: the studio closes, and opens the next time it is started.
  program.on('error', () => undefined)
  program.unref()
}

/**
 * Has the studio open again after its own end, for which the library must be closed. Electron's way starts a helper from
 * the place of the program, and that of an AppImage is gone with this process (electron-builder issue 1727): there the
 * file itself is started.
 */
export function openAgain(
  app: Pick<App, 'relaunch' | 'releaseSingleInstanceLock'>,
  start: Start = process,
  run = startFile,
): void {
  const file = appImage(start)
  // It starts at once, and must not find this instance in charge.
  app.releaseSingleInstanceLock()
  if (file === null) app.relaunch()
  else run(file, start.argv.slice(1))
}
