import { useSyncExternalStore } from 'react'

/** One clock for everything in the window that counts seconds; it stops while nothing shows it. */
function createTicker() {
  const listeners = new Set<() => void>()
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    now = Date.now()
    listeners.forEach((listener) => {
      listener()
    })
  }
  return {
    now: () => now,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      if (timer === undefined) {
        now = Date.now()
        timer = setInterval(tick, 1000)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}

const ticker = createTicker()

/** Wall-clock milliseconds, renewed once a second. */
export const useNow = (): number => useSyncExternalStore(ticker.subscribe, ticker.now)

const never = () => () => undefined

/** The day it is; noticed when something is drawn, not at midnight. */
export const useToday = (): string => useSyncExternalStore(never, () => new Date().toDateString())
