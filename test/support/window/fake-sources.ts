import type { Span } from '../../../src/renderer/features/compare/engine/clock.ts'
import type { FrameSource } from '../../../src/renderer/features/compare/engine/frame-source.ts'
import type { SoundTrack } from '../../../src/renderer/features/compare/engine/sound.ts'
import type { FakePictures } from './fake-frames.ts'
import type { FakeScreen } from './fake-players.ts'

/** Pictures carry their side too, so that a picture of another side is a wrong one. */
export const perSide = 4096
const behind = 8
const ahead = 16

type SourceOptions = {
  readonly screen: FakeScreen
  readonly pictures: FakePictures
  readonly side: number
  readonly frames: number
  /** Milliseconds from the wish to the picture; null: not before `release`. */
  readonly arrival: (frame: number) => number | null
  readonly onFrame: () => void
}

/** A source whose frames come when a test says so, in any order. */
export class FakeSource implements FrameSource {
  readonly #options: SourceOptions
  readonly #frames = new Map<number, VideoFrame>()
  readonly #asked = new Set<number>()
  #wanted = 0
  #closed = false
  #released = false
  /** How often a frame was wanted. */
  wants = 0

  constructor(options: SourceOptions) {
    this.#options = options
  }

  #keeps(frame: number): boolean {
    return frame >= this.#wanted - behind && frame <= this.#wanted + ahead
  }

  want(frame: number): void {
    this.wants += 1
    this.#wanted = frame
    for (const [known, picture] of this.#frames)
      if (!this.#keeps(known)) {
        picture.close()
        this.#frames.delete(known)
      }
    const last = Math.min(frame + behind, this.#options.frames - 1)
    for (let next = frame; next <= last; next += 1) this.#ask(next)
  }

  rest(): void {
    this.#asked.clear()
  }

  #ask(frame: number): void {
    if (this.#closed || this.#asked.has(frame) || this.#frames.has(frame)) return
    this.#asked.add(frame)
    const delay = this.#released ? 0 : this.#options.arrival(frame)
    if (delay !== null)
      this.#options.screen.later(delay, () => {
        this.#arrive(frame)
      })
  }

  #arrive(frame: number): void {
    if (!this.#asked.delete(frame)) return
    if (this.#closed || !this.#keeps(frame) || this.#frames.has(frame)) return
    const { pictures, side, onFrame } = this.#options
    this.#frames.set(frame, pictures.make(side * perSide + frame, frame))
    onFrame()
  }

  /** Everything that was held back comes, and from now on everything at once. */
  release(): void {
    this.#released = true
    for (const frame of [...this.#asked]) this.#arrive(frame)
  }

  get(frame: number): VideoFrame | null {
    return this.#frames.get(frame) ?? null
  }
  has(frame: number): boolean {
    return this.#frames.has(frame)
  }
  isReady(): boolean {
    const last = Math.min(this.#wanted + behind, this.#options.frames - 1)
    for (let next = this.#wanted; next <= last; next += 1) if (!this.has(next)) return false
    return true
  }
  decoded(): number {
    return this.#frames.size
  }
  held(): number {
    return this.#frames.size
  }
  share(): void {
    // Its window has a size of its own.
  }
  close(): void {
    this.#closed = true
    for (const picture of this.#frames.values()) picture.close()
    this.#frames.clear()
  }
}

/** A sound device that takes a while to begin and whose clock is its own. */
export class FakeSound implements SoundTrack {
  /** Milliseconds until anything is heard; null: never. */
  begins: number | null = 50
  rate = 1
  ready = true
  readonly starts: { readonly from: number; readonly at: number; readonly loop: Span | null }[] = []
  #playing: { readonly at: number; readonly speed: number } | null = null
  readonly #screen: FakeScreen

  constructor(screen: FakeScreen) {
    this.#screen = screen
  }

  isReady(): boolean {
    return this.ready
  }
  start(from: number, speed: number, loop: Span | null): void {
    this.starts.push({ from, at: this.#screen.now, loop })
    this.#playing = { at: this.#screen.now, speed }
  }
  stop(): void {
    this.#playing = null
  }
  get isOn(): boolean {
    return this.#playing !== null
  }
  played(now: number): number | null {
    if (this.#playing === null || this.begins === null) return null
    const heard = now - this.#playing.at - this.begins
    return heard < 0 ? null : (heard / 1000) * this.#playing.speed * this.rate
  }
  hear(): boolean {
    return true
  }
  setVolume(): void {
    // Nobody listens.
  }
  place(): void {
    // Only where it starts matters.
  }
  setSides(): void {
    this.stop()
  }
  dispose(): void {
    this.stop()
  }
}
