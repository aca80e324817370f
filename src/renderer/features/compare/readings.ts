import type { Reading } from './pair-types.ts'

/** Hands every reading to whoever writes it into the page, past React: it comes with every frame. */
export type Readings = {
  readonly publish: (reading: Reading) => void
  /** Calls at once with the latest reading; the answer ends it. */
  readonly follow: (listener: (reading: Reading) => void) => () => void
}

export function createReadings(): Readings {
  const listeners = new Set<(reading: Reading) => void>()
  let latest: Reading = { time: 0, frames: { reference: 0, result: 0 } }
  return {
    publish: (reading) => {
      latest = reading
      for (const listener of listeners) listener(reading)
    },
    follow: (listener) => {
      listeners.add(listener)
      listener(latest)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
