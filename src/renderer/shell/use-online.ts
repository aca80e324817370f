import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void) {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** False where this computer certainly has no network; true proves nothing, so nothing is held back because of it. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)
