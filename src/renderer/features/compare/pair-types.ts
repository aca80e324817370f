import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import type { MeasuredDrift } from './keep-in-sync.ts'
import type { Loop } from './loop.ts'
import type { ClockedVideo, Player } from './player-side.ts'
import type { Sound } from './sound.ts'
import type { PerSide, Side } from './shared-clock.ts'

export const speeds = [0.25, 0.5, 1] as const
export type Speed = (typeof speeds)[number]

export type Scheduler = {
  readonly now: () => Milliseconds
  /** Before the next repaint. */
  readonly nextFrame: (run: () => void) => number
  readonly cancelFrame: (handle: number) => void
}

export type PairStatus = {
  readonly phase: 'loading' | 'paused' | 'playing' | 'failed'
  /** Both sides stand on the frame they were sent to. */
  readonly settled: boolean
  readonly speed: Speed
  readonly loop: Loop
  readonly sound: Sound
  /** Playing waits until both sides are back on frames that belong together. */
  readonly catchingUp: boolean
  /** The side that cannot be played. */
  readonly failed: Side | null
}

/** What the screen shows at this moment; too often for React. */
export type Reading = { readonly time: Seconds; readonly frames: PerSide<number> }

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
  readonly setOffset: (offset: Seconds) => void
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
