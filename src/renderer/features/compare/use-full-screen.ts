import { useSyncExternalStore } from 'react'

const follow = (heard: () => void) => {
  document.addEventListener('fullscreenchange', heard)
  return () => {
    document.removeEventListener('fullscreenchange', heard)
  }
}

const isFull = () => Boolean(document.fullscreenElement)

export type FullScreen = {
  readonly isOn: boolean
  readonly toggle: () => void
  /** Whether there was a full screen to leave. */
  readonly leave: () => boolean
}

/**
 * Shows the page on the whole screen, in which the comparison then covers everything else. Not the comparison alone:
 * dialogs, tooltips and notices are outside of it and would be open but unseen.
 */
export function useFullScreen(): FullScreen {
  const isOn = useSyncExternalStore(follow, isFull)
  // A window that may not fill the screen stays as it is.
  const refused = () => undefined
  const leave = () => {
    if (!isFull()) return false
    document.exitFullscreen().catch(refused)
    return true
  }
  return {
    isOn,
    leave,
    toggle: () => {
      if (!leave()) document.documentElement.requestFullscreen().catch(refused)
    },
  }
}
