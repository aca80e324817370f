import { expect } from 'vitest'
import { framesAtTime } from '../../../src/shared/domain/pairs.ts'
import type { FrameList } from '../../../src/shared/domain/frames.ts'
import { momentTolerance, roundingTolerance } from '../../../src/shared/units.ts'
import type { EngineSide } from '../../../src/renderer/features/compare/engine/engine-types.ts'
import { createEngine } from '../../../src/renderer/features/compare/engine/engine.ts'
import type { Span } from '../../../src/renderer/features/compare/engine/clock.ts'
import type { FrameSource } from '../../../src/renderer/features/compare/engine/frame-source.ts'
import type { SoundTrack } from '../../../src/renderer/features/compare/engine/sound.ts'
import type { PairStatus, Reading } from '../../../src/renderer/features/compare/pair-types.ts'
import { createTimeline, type Timeline } from '../../../src/renderer/features/compare/shared-clock.ts'
import type { Sound } from '../../../src/renderer/features/compare/sound.ts'
import { FakePictures, numberOn } from './fake-frames.ts'
import { FakeScreen } from './fake-players.ts'

/** Pictures carry their side too, so that a picture of another side is a wrong one. */
const perSide = 4096
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
class FakeSource implements FrameSource {
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
    this.#asked.delete(frame)
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

export type Paint = {
  readonly frames: ReadonlyMap<number, number>
  readonly at: number
  readonly soft: boolean
}

/** These frames are what `framesAtTime` names for some moment: if for any, then for the earliest at which all have begun. */
function belongTogether({ sides, start }: Timeline, { frames }: Pick<Paint, 'frames'>): boolean {
  const begins = [...frames].map(([side, frame]) => {
    const list = sides[side]
    return list && frame > 0 ? (list.frameTimes[frame] ?? Infinity) - list.lead : start
  })
  const time = Math.max(...begins) - momentTolerance + roundingTolerance
  const named = framesAtTime(sides, time)
  return [...frames].every(([side, frame]) => named[side] === frame)
}

type FakeEngineOptions = {
  readonly arrival?: (side: number, frame: number) => number | null
  /** The same of the smaller copies. */
  readonly copyArrival?: (side: number, frame: number) => number | null
  readonly heard?: Sound
  /** Instead of fake sources. */
  readonly source?: (
    side: number,
    parts: { screen: FakeScreen; pictures: FakePictures; onFrame: () => void; onError: () => void },
  ) => FrameSource
}

/** The engine over fake sources. What was painted is read from the canvases. */
export function createFakeEngine(lists: readonly FrameList[], options: FakeEngineOptions = {}) {
  const { arrival = () => 5, copyArrival = () => 1, heard = 'none' } = options
  const screen = new FakeScreen()
  const pictures = new FakePictures(screen)
  const sound = new FakeSound(screen)
  const paints: Paint[] = []
  const wrong: Paint[] = []
  const readings: Reading[] = []
  const statuses: PairStatus[] = []
  const misread: { readonly reading: Reading; readonly frames: Paint['frames'] }[] = []
  let present = lists
  /** Of each side, which number its pictures carry. */
  let carried = lists.map((_, side) => side)
  const timelineFor = (leads: readonly number[]) =>
    createTimeline(present.map((list, side) => ({ ...list, lead: leads[side] ?? 0 })))
  let timelines: readonly [Timeline, ...Timeline[]] = [timelineFor([])]
  let heavy = 0
  let engine: ReturnType<typeof createEngine> | null = null
  const onFrame = () => engine?.frameArrived()
  const fakes: FakeSource[] = []
  const sourceFor = (side: number, { list = lists[side], comes = arrival } = {}) => {
    const source = new FakeSource({
      ...{ screen, pictures, side, onFrame },
      frames: list?.frameTimes.length ?? 0,
      arrival: (frame) => comes(side, frame),
    })
    fakes.push(source)
    return source
  }
  const numberOfSide = options.source ? 0 : perSide
  const onError = (side: number) => engine?.fail(side)
  /** What is said to be there is what was asked for last. */
  function expectSettled() {
    const reading = engine?.reading()
    if (reading && Math.abs(reading.time - reading.wanted) > roundingTolerance)
      misread.push({ reading, frames: paints.at(-1)?.frames ?? new Map<number, number>() })
  }
  const made = createEngine({
    sides: lists.map((frames, side) => ({
      frames,
      source:
        options.source?.(side, {
          screen,
          pictures,
          onFrame,
          onError: () => {
            onError(side)
          },
        }) ?? sourceFor(side),
    })),
    sound,
    heard,
    scheduler: screen.scheduler,
    onPaint: (shown) => {
      const frames = new Map(
        shown.map(({ side, image }) => [side, numberOn(image) - (carried[side] ?? side) * numberOfSide]),
      )
      const paint = { frames, at: screen.now, soft: shown.some(({ soft }) => soft) }
      paints.push(paint)
      const isClaimed = shown.every(({ side, frame }) => frames.get(side) === frame)
      if (!isClaimed || !timelines.some((timeline) => belongTogether(timeline, paint))) wrong.push(paint)
    },
    onStatus: (status) => {
      if (status.settled && statuses.at(-1)?.settled === false) expectSettled()
      statuses.push(status)
    },
    onReading: (reading) => {
      readings.push(reading)
      const frames = paints.at(-1)?.frames ?? new Map<number, number>()
      if (![...frames].every(([side, frame]) => reading.frames[side] === frame))
        misread.push({ reading, frames })
    },
    onHeavy: () => (heavy += 1),
    onUnreadable: onError,
  })
  engine = made
  return {
    ...{ screen, pictures, sound, paints, wrong, misread, readings, statuses, sourceFor },
    engine: made,
    sources: fakes,
    addCopy: (side: number) => {
      made.setCopy(side, sourceFor(side, { comes: copyArrival }))
    },
    heavy: () => heavy,
    timeline: () => timelines[0],
    /** Until it has settled, a pair that was being painted comes that belonged together before. */
    setLeads: (leads: readonly number[]) => {
      const before = made.status().settled ? timelines.slice(0, 1) : timelines
      timelines = [timelineFor(leads), ...before]
      made.setLeads(leads)
    },
    /** Those that stay by their number; a new one carries the number of its place. */
    setSides: (sides: readonly (number | EngineSide)[]) => {
      present = sides.flatMap((side) =>
        typeof side === 'number' ? present.slice(side, side + 1) : [side.frames],
      )
      carried = sides.map((side, place) => (typeof side === 'number' ? (carried[side] ?? side) : place))
      timelines = [timelineFor([])]
      const before = paints.at(-1)?.frames ?? new Map<number, number>()
      const stay = sides.flatMap((side, place) => {
        const frame = typeof side === 'number' ? before.get(side) : undefined
        return frame === undefined ? [] : [[place, frame] as const]
      })
      paints.push({ frames: new Map(stay), at: screen.now, soft: false })
      made.setSides(
        sides,
        sides.map(() => 0),
      )
    },
    release: () => {
      for (const source of fakes) source.release()
    },
    painted: () => paints.at(-1)?.frames ?? new Map<number, number>(),
  }
}

export type FakeEngine = ReturnType<typeof createFakeEngine>

/** What is painted, and what the counters say about it, are one pair. */
export function expectExact({ engine, wrong, misread, painted, timeline }: FakeEngine) {
  expect(wrong).toEqual([])
  expect(misread).toEqual([])
  const { time, frames } = engine.reading()
  for (const [side, frame] of painted()) expect(frames[side]).toBe(frame)
  expect(frames).toEqual(framesAtTime(timeline().sides, time))
}
