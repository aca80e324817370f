import type { Scheduler, ClockedVideo, Player } from './player-side.ts'
import type { Seconds } from '../../../shared/units.ts'
import type { MeasuredDrift } from './keep-in-sync.ts'
import { noLoop, type Loop, type PerSide, type Side } from './shared-clock.ts'
import type { Sound } from './sound.ts'

export const speeds = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2] as const
export type Speed = (typeof speeds)[number]

export type PairStatus = {
  readonly phase: 'loading' | 'paused' | 'playing' | 'failed'
  /** Both sides are on the frame they were sent to. */
  readonly settled: boolean
  readonly speed: Speed
  readonly loop: Loop
  readonly sound: Sound
  /** Playing waits until both sides are back on frames that belong together. */
  readonly catchingUp: boolean
  /** Smaller copies of the right frames are shown until those of the files are decoded. */
  readonly sharpening: boolean
  /** The machine can't decode in time, so playing takes longer than the clip. */
  readonly slow: boolean
  /** The side that cannot be played. */
  readonly failed: Side | null
}

export const firstStatus = (sound: Sound): PairStatus => ({
  phase: 'loading',
  settled: false,
  speed: 1,
  loop: noLoop,
  sound,
  catchingUp: false,
  sharpening: false,
  slow: false,
  failed: null,
})

/** What the screen shows; too often for React. */
export type Reading = {
  /** The moment of the painted pair. */
  readonly time: Seconds
  /** Where it is on its way to; the same once it has settled. */
  readonly wanted: Seconds
  /** The painted frame of every side, the reference first. */
  readonly frames: readonly number[]
}

export type PlayerPair = {
  readonly status: () => PairStatus
  readonly reading: () => Reading
  readonly play: () => void
  readonly pause: () => void
  readonly toggle: () => void
  readonly seek: (time: Seconds) => void
  /** Like `seek`, but playing waits until `endScrub`. */
  readonly scrub: (time: Seconds) => void
  readonly endScrub: () => void
  readonly step: (frames: number) => void
  readonly setSpeed: (speed: Speed) => void
  readonly setLoop: (loop: Loop) => void
  readonly setSound: (sound: Sound) => void
  readonly setVolume: (volume: number) => void
  /** How far each side is ahead of the shared clock, the reference first. */
  readonly setLeads: (leads: readonly Seconds[]) => void
  readonly dispose: () => void
}

export type PairOptions = {
  readonly players: PerSide<Player>
  readonly videos: PerSide<ClockedVideo & { readonly hasSound: boolean }>
  readonly sound: Sound
  readonly volume: number
  readonly scheduler: Scheduler
  readonly onStatus: (status: PairStatus) => void
  readonly onReading: (reading: Reading) => void
  readonly onDrift: (measured: MeasuredDrift) => void
}

export const browserScheduler: Scheduler = {
  now: () => performance.now(),
  nextFrame: (run) => requestAnimationFrame(run),
  cancelFrame: (handle) => {
    cancelAnimationFrame(handle)
  },
}

/** Passes every reading to the code that writes it into the page, past React: it comes with every frame. */
export type Readings = {
  readonly publish: (reading: Reading) => void
  readonly latest: () => Reading
  /** Calls at once with the latest reading; the answer ends it. */
  readonly follow: (listener: (reading: Reading) => void) => () => void
}

export function createReadings(): Readings {
  const listeners = new Set<(reading: Reading) => void>()
  let latest: Reading = { time: 0, wanted: 0, frames: [] }
  return {
    publish: (reading) => {
      latest = reading
      for (const listener of listeners) listener(reading)
    },
    latest: () => latest,
    follow: (listener) => {
      listeners.add(listener)
      listener(latest)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
