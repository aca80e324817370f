import type { App } from 'electron'

/** True for the first instance. A second one only brings the first to the front, and must then quit. */
export function holdSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  focus: () => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', focus)
  return true
}
