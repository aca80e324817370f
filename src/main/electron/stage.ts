import type { BrowserWindow } from 'electron'
import { focusWindow } from './window.ts'

/** Holds the one window of the studio. */
export type Stage = {
  readonly current: () => BrowserWindow | null
  /** To the front; opened anew when it was closed. Before `ready` there is nothing to bring. */
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
