import { expect } from 'vitest'
import { framesAtTime } from '../../../src/shared/domain/pairs.ts'
import type { FrameList } from '../../../src/shared/domain/frames.ts'
import { momentTolerance, roundingTolerance } from '../../../src/shared/units.ts'
import type { EngineSide } from '../../../src/renderer/features/compare/engine/engine-types.ts'
import { createEngine } from '../../../src/renderer/features/compare/engine/engine.ts'
import type { FrameSource } from '../../../src/renderer/features/compare/engine/frame-source.ts'
import type { PairStatus, Reading } from '../../../src/renderer/features/compare/pair-types.ts'
import { createTimeline, type Timeline } from '../../../src/renderer/features/compare/shared-clock.ts'
import type { Sound } from '../../../src/renderer/features/compare/sound.ts'
import { FakePictures, numberOn } from './fake-frames.ts'
import { FakeSound, FakeSource, perSide } from './fake-sources.ts'
import { FakeScreen } from './fake-players.ts'

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
