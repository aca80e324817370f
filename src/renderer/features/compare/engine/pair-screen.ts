import { framesAtTime } from '../../../../shared/domain/pairs.ts'
import { momentTolerance, type Seconds } from '../../../../shared/units.ts'
import { positionAt, timeOf, type Position, type Timeline } from '../shared-clock.ts'
import type { Span } from './clock.ts'
import type { FrameSource } from './frame-source.ts'
import type { Motion } from './frame-window.ts'
import { createShownFrames, type ShownFrame } from './shown-frames.ts'

/** `frames`: of every side, hidden or not. The sides may have been moved against each other since. */
type PaintedPair = { readonly time: Seconds; readonly frames: readonly number[] }

/** The pictures of all visible sides. What it paints are always the frames of one moment of the shared clock. */
export type PairScreen = {
  readonly setTimeline: (timeline: Timeline) => void
  readonly visible: () => readonly number[]
  readonly setVisible: (sides: readonly number[]) => void
  /** Tells every visible side which frame it has to have at this moment; `loop`: what is played again and again. */
  readonly want: (time: Seconds, motion: Motion, loop?: Span | null) => void
  /** All frames of this moment are there. */
  readonly has: (time: Seconds) => boolean
  /** So are the next ones. */
  readonly isReady: () => boolean
  /** A pair is being painted. */
  readonly isBusy: () => boolean
  /** Paints the pair of this moment, whose frames are there, and then calls `done`. */
  readonly paint: (time: Seconds, done: () => void) => void
  /** Of the moments whose frames are there, the nearest to a place, if it is nearer than what is painted. */
  readonly nearest: (position: Position) => Seconds | null
  /** What is painted, and of which moment; null before the first picture. */
  readonly painted: () => PaintedPair | null
  readonly replaceSource: (side: number, source: FrameSource) => void
  readonly close: () => void
}

type ScreenOptions = {
  readonly timeline: Timeline
  /** In the order of the timeline's sides. */
  readonly sources: readonly FrameSource[]
  readonly onPaint: (shown: readonly ShownFrame[]) => void
  readonly onUnreadable: (side: number, error: unknown) => void
}

/** How many steps around a place are searched for a pair that can be shown at once. */
const nearby = 60

export function createPairScreen({ onPaint, onUnreadable, ...options }: ScreenOptions): PairScreen {
  const sources = [...options.sources]
  let { timeline } = options
  let visible: readonly number[] = sources.map((_, side) => side)
  let painted: PaintedPair | null = null
  const shown = createShownFrames(onUnreadable)

  const framesOf = (time: Seconds) => {
    const frames = framesAtTime(timeline.sides, time)
    return visible.map((side) => ({ side, frame: frames[side] ?? 0 }))
  }
  const has = (time: Seconds) => framesOf(time).every(({ side, frame }) => sources[side]?.has(frame))

  /** The first and the last frame of every side in a loop. */
  const loopFrames = ({ start, end }: Span) => {
    const first = framesAtTime(timeline.sides, start)
    // At the end the next frame would begin.
    const last = framesAtTime(timeline.sides, Math.max(start, end - 2 * momentTolerance))
    return (side: number) => ({ first: first[side] ?? 0, last: last[side] ?? 0 })
  }

  return {
    setTimeline: (next) => {
      timeline = next
    },
    visible: () => visible,
    setVisible: (sides) => {
      visible = sides
    },
    want: (time, motion, loop = null) => {
      const looped = loop && loopFrames(loop)
      for (const { side, frame } of framesOf(time)) sources[side]?.want(frame, motion, looped && looped(side))
    },
    has,
    isReady: () => visible.every((side) => sources[side]?.isReady()),
    isBusy: shown.isBusy,
    paint: (time, done) => {
      const frames = framesAtTime(timeline.sides, time)
      shown.show(
        framesOf(time),
        (side, frame) => sources[side]?.get(frame) ?? null,
        (changed) => {
          painted = { time, frames }
          if (changed) onPaint(shown.all())
          done()
        },
      )
    },
    nearest: (position) => {
      if (painted === null) return null
      const closer = Math.abs(positionAt(timeline, painted.time).step - position.step) - 1
      for (let away = 1; away <= Math.min(nearby, closer); away += 1)
        for (const step of [position.step - away, position.step + away]) {
          const time = timeOf(timeline, { step, into: position.into })
          if (timeline.steps.frameTimes[step] !== undefined && has(time)) return time
        }
      return null
    },
    painted: () => painted,
    replaceSource: (side, source) => {
      sources[side]?.close()
      sources[side] = source
    },
    close: () => {
      shown.close()
      for (const source of sources) source.close()
    },
  }
}
