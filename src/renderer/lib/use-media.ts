import { useSyncExternalStore } from 'react'

/** Whether the window fits a media query now. */
function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => {
        media.removeEventListener('change', listener)
      }
    },
    () => window.matchMedia(query).matches,
  )
}

/**
 * How much room the window has: narrow ones keep the desk in a sheet, slim ones have no list
 * at the side, low ones fold the reel, then the trim too.
 */
export function useRoominess(): {
  readonly isNarrow: boolean
  readonly isSlim: boolean
  readonly isLow: boolean
  readonly isTiny: boolean
} {
  return {
    isNarrow: useMedia('(max-width: 1099px)'),
    isSlim: useMedia('(max-width: 759px)'),
    isLow: useMedia('(max-height: 799px)'),
    isTiny: useMedia('(max-height: 559px)'),
  }
}
