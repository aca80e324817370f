import type { Scheduler, Player } from '../../../src/renderer/features/compare/player-side.ts'

/** Screens, sound devices and decoders as they are: late, uneven and each with a clock of its own. No real time passes. */

const refresh = 1000 / 60

type Task = { readonly at: number; readonly run: () => void }

/** A clock that only `advance` moves, and the screen that goes with it. */
export class FakeScreen {
  now = 1000
  #tasks: Task[] = []
  #nextRefresh = 1000 + refresh
  #frames = new Map<number, () => void>()
  #handle = 0
  readonly players: FakePlayer[] = []

  readonly scheduler: Scheduler = {
    now: () => this.now,
    nextFrame: (run) => {
      this.#handle += 1
      this.#frames.set(this.#handle, run)
      return this.#handle
    },
    cancelFrame: (handle) => {
      this.#frames.delete(handle)
    },
  }

  later(delay: number, run: () => void): void {
    this.#tasks.push({ at: this.now + delay, run })
  }

  /** Lets this many milliseconds pass, with the promises that hang on what happens. */
  async advance(duration: number): Promise<void> {
    const end = this.now + duration
    for (;;) {
      this.#tasks.sort((a, b) => a.at - b.at)
      const [task] = this.#tasks
      const next = Math.min(task?.at ?? Infinity, this.#nextRefresh)
      if (next > end) break
      this.now = next
      if (task && task.at <= this.#nextRefresh) {
        this.#tasks.shift()
        task.run()
      } else {
        this.#nextRefresh += refresh
        this.#repaint()
      }
      await settle()
    }
    this.now = end
  }

  #repaint(): void {
    const frames = [...this.#frames.values()]
    this.#frames.clear()
    for (const run of frames) run()
    for (const player of this.players) player.repaint()
  }
}

/** Promise chains of the engine are short. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve()
}

export type FakePlayerOptions = {
  readonly frameTimes: readonly number[]
  readonly duration: number
  /** When the first frame begins on this player's clock. */
  readonly clockStart?: number
  /** Milliseconds from `play()` to moving. */
  readonly startTime?: () => number
  readonly seekTime?: () => number
  /** How fast this player's clock runs beside the screen's. */
  readonly clock?: number
  /** Says whether this player misses a screen refresh. */
  readonly misses?: () => boolean
  /** What it is from the beginning on, before anybody listens. */
  readonly opened?: Partial<Pick<FakePlayer, 'videoWidth' | 'readyState' | 'error'>>
  /** What it takes for its duration, by default its end. */
  readonly endsAt?: number
}

type FrameCallback = Parameters<Player['requestVideoFrameCallback']>[0]

export class FakePlayer extends EventTarget implements Player {
  muted = false
  preservesPitch = true
  volume = 1
  seeking = false
  videoWidth = 640
  readyState = 4
  error: object | null = null
  /** Every time that was seeked to. */
  readonly seeks: number[] = []
  readonly rates: number[] = []

  readonly #screen: FakeScreen
  readonly #options: FakePlayerOptions
  #time = 0
  #since = 0
  #rate = 1
  #state: 'paused' | 'starting' | 'moving' = 'paused'
  #round = 0
  #shown = -1
  #callbacks = new Map<number, FrameCallback>()
  #handle = 0

  constructor(screen: FakeScreen, options: FakePlayerOptions) {
    super()
    this.#screen = screen
    this.#options = options
    Object.assign(this, options.opened)
    screen.players.push(this)
  }

  get currentTime(): number {
    return this.#place() + (this.#options.clockStart ?? 0)
  }

  get duration(): number {
    const { endsAt, duration, clockStart = 0 } = this.#options
    return endsAt ?? duration + clockStart
  }

  /** Seconds from the first frame. */
  #place(): number {
    if (this.#state !== 'moving') return this.#time
    const { clock = 1, duration } = this.#options
    const passed = ((this.#screen.now - this.#since) / 1000) * this.#rate * clock
    return Math.min(this.#time + passed, duration)
  }

  set currentTime(time: number) {
    this.seeks.push(time)
    this.seeking = true
    this.#hold()
    const place = time - (this.#options.clockStart ?? 0)
    this.#time = Math.min(Math.max(place, 0), this.#options.duration)
    const resumes = this.#state === 'moving'
    if (resumes) this.#state = 'starting'
    const round = ++this.#round
    this.#screen.later(this.#options.seekTime?.() ?? 30, () => {
      if (round !== this.#round) return
      this.seeking = false
      this.#shown = -1
      if (this.#state === 'starting') this.#move()
      this.dispatchEvent(new Event('seeked'))
    })
  }

  get playbackRate(): number {
    return this.#rate
  }

  set playbackRate(rate: number) {
    this.#hold()
    this.#rate = rate
    this.rates.push(rate)
  }

  get ended(): boolean {
    return this.#state === 'moving' && this.#place() >= this.#options.duration
  }

  get paused(): boolean {
    return this.#state === 'paused'
  }

  /** The frame on the screen. */
  get frame(): number {
    return this.#frameNow()
  }

  play(): Promise<void> {
    this.#state = 'starting'
    const round = ++this.#round
    this.#screen.later(this.#options.startTime?.() ?? 10, () => {
      if (round === this.#round && this.#state === 'starting') this.#move()
    })
    return Promise.resolve()
  }

  pause(): void {
    this.#hold()
    this.#state = 'paused'
  }

  /** Stands still for a while, as a player whose decoder has no time. */
  hiccup(duration: number): void {
    if (this.#state !== 'moving') return
    this.#hold()
    this.#state = 'starting'
    const round = ++this.#round
    this.#screen.later(duration, () => {
      if (round === this.#round && this.#state === 'starting') this.#move()
    })
  }

  requestVideoFrameCallback(callback: FrameCallback): number {
    this.#handle += 1
    this.#callbacks.set(this.#handle, callback)
    return this.#handle
  }

  cancelVideoFrameCallback(handle: number): void {
    this.#callbacks.delete(handle)
  }

  repaint(): void {
    if (this.seeking || this.#options.misses?.()) return
    const frame = this.#frameNow()
    if (frame === this.#shown) return
    this.#shown = frame
    const callbacks = [...this.#callbacks.values()]
    this.#callbacks.clear()
    const mediaTime = (this.#options.frameTimes[frame] ?? 0) + (this.#options.clockStart ?? 0)
    for (const callback of callbacks)
      callback(this.#screen.now, { mediaTime, expectedDisplayTime: this.#screen.now + refresh })
  }

  #frameNow(): number {
    return Math.max(
      this.#options.frameTimes.findLastIndex((time) => time <= this.#place()),
      0,
    )
  }

  #move(): void {
    this.#state = 'moving'
    this.#since = this.#screen.now
  }

  #hold(): void {
    this.#time = this.#place()
    this.#since = this.#screen.now
  }
}

export const steadyTimes = (rate: number, seconds: number): readonly number[] =>
  Array.from({ length: Math.round(rate * seconds) }, (_, frame) => frame / rate)

/** The same numbers for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
