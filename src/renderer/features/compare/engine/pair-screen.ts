import { framesAtTime } from '../../../../shared/domain/pairs.ts'
import { momentTolerance, type Seconds } from '../../../../shared/units.ts'
import { positionAt, timeOf, type Position, type Timeline } from '../shared-clock.ts'
import type { Span } from './clock.ts'
import type { FrameSource } from './frame-source.ts'
import type { Motion } from './frame-window.ts'
import { createShownFrames, type ShownFrame } from './shown-frames.ts'
import { createSmallCopies } from './small-copies.ts'

/**
 * `frames`: of every side, hidden or not. The sides may have been moved against each other since. `soft`: a visible one is
 * from a smaller copy, or from a file that has been replaced since.
 */
type PaintedPair = { readonly time: Seconds; readonly frames: readonly number[]; readonly soft: boolean }

/** The pictures of all visible sides. What it paints are always the frames of one moment of the shared clock. */
export type PairScreen = {
  readonly setTimeline: (timeline: Timeline) => void
  readonly visible: () => readonly number[]
  readonly setVisible: (sides: readonly number[]) => void
  /** Tells every visible side which frame it has to have at this moment; `loop`: what is played again and again. */
  readonly want: (time: Seconds, motion: Motion, loop?: Span | null) => void
  /**
   * Asks the smaller copies for this moment. `alone`: nothing is asked of the files that have one, because the next moment
   * is about to be asked for.
   */
  readonly glance: (time: Seconds, alone: boolean) => void
  /**
   * Asks them for this moment first: decoding the files beside them would keep them waiting, so those rest until it is
   * painted. False where a copy is missing, or nothing new would be painted.
   */
  readonly glanceFirst: (time: Seconds, motion: Motion) => boolean
  /** Asks them for the newest of the moments that came meanwhile. */
  readonly proceed: () => void
  /** All frames of this moment are there, from the files themselves. */
  readonly has: (time: Seconds) => boolean
  /** So are the next ones. */
  readonly isReady: () => boolean
  /** A pair is being painted. */
  readonly isBusy: () => boolean
  /** Paints the pair of this moment, whose frames are there, from copies where there is nothing else; then calls `done`. */
  readonly paint: (time: Seconds, done: () => void) => void
  /** Of the moments whose frames are there, the nearest to a place, if it is nearer than what is painted. */
  readonly nearest: (position: Position) => Seconds | null
  /** What is painted, and of which moment; null before the first picture. */
  readonly painted: () => PaintedPair | null
  readonly replaceSource: (side: number, source: FrameSource) => void
  /** A smaller copy of a side; null: it has none any more. */
  readonly setCopy: (side: number, copy: FrameSource | null) => void
  /** What is painted may come from a copy. */
  readonly allowSoft: (allowed: boolean) => void
  /** Other sides from now on, in the order of this timeline: those that stay by their number, and new ones. */
  readonly setSides: (
    timeline: Timeline,
    sides: readonly (number | { readonly source: FrameSource })[],
  ) => void
  /** Resolves once nothing on the screen is from such a copy, or nothing else will come. */
  readonly sharp: () => Promise<void>
  /** Nobody need wait for that any more. */
  readonly endWaiting: () => void
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
  let sources = [...options.sources]
  let { timeline } = options
  let visible: readonly number[] = sources.map((_, side) => side)
  let painted: PaintedPair | null = null
  let softAllowed = true
  /** What the files are to be asked for, once it has been painted from the copies. */
  let afterGlance: { readonly time: Seconds; readonly motion: Motion } | null = null
  let awaiting: readonly (() => void)[] = []
  const copies = createSmallCopies()
  const shown = createShownFrames(onUnreadable)

  const framesOf = (time: Seconds) => {
    const frames = framesAtTime(timeline.sides, time)
    return inSight().map((side) => ({ side, frame: frames[side] ?? 0 }))
  }
  /** A side may be asked for before it is open. */
  const inSight = () => visible.filter((side) => side < sources.length)
  const isSharp = (side: number, frame: number) => sources[side]?.has(frame) === true
  const has = (time: Seconds) => framesOf(time).every(({ side, frame }) => isSharp(side, frame))
  const canPaint = (time: Seconds) =>
    framesOf(time).every(
      ({ side, frame }) => isSharp(side, frame) || (softAllowed && copies.has(side, frame)),
    )

  /** The first and the last frame of every side in a loop. */
  const loopFrames = ({ start, end }: Span) => {
    const first = framesAtTime(timeline.sides, start)
    // At the end the next frame would begin.
    const last = framesAtTime(timeline.sides, Math.max(start, end - 2 * momentTolerance))
    return (side: number) => ({ first: first[side] ?? 0, last: last[side] ?? 0 })
  }

  const want = (time: Seconds, motion: Motion, loop: Span | null = null) => {
    afterGlance = null
    const looped = loop && loopFrames(loop)
    for (const { side, frame } of framesOf(time)) sources[side]?.want(frame, motion, looped && looped(side))
  }

  function endWaiting() {
    for (const resolve of awaiting) resolve()
    awaiting = []
  }

  return {
    setTimeline: (next) => {
      timeline = next
    },
    visible: inSight,
    setVisible: (sides) => {
      visible = sides
    },
    want,
    glance: (time, alone) => {
      afterGlance = null
      const frames = framesOf(time)
      const hasCopy = (side: number) => softAllowed && copies.isThere(side)
      for (const { side, frame } of frames) if (alone && !hasCopy(side)) sources[side]?.want(frame, 'still')
      const missing = frames.filter(({ side, frame }) => hasCopy(side) && !isSharp(side, frame))
      if (missing.length > 0) copies.want({ time, frames: missing })
    },
    glanceFirst: (time, motion) => {
      const missing = framesOf(time).filter(({ side, frame }) => !isSharp(side, frame))
      if (!softAllowed || painted?.time === time || missing.length === 0) return false
      if (!missing.every(({ side }) => copies.isThere(side))) return false
      for (const { side, frame } of missing) sources[side]?.rest(frame)
      copies.want({ time, frames: missing })
      afterGlance = { time, motion }
      return true
    },
    proceed: copies.proceed,
    has,
    isReady: () => inSight().every((side) => sources[side]?.isReady()),
    isBusy: shown.isBusy,
    paint: (time, done) => {
      const frames = framesAtTime(timeline.sides, time)
      const asked = framesOf(time).map((one) => ({ ...one, soft: !isSharp(one.side, one.frame) }))
      shown.show(
        asked,
        ({ side, frame, soft }) => (soft ? copies.get(side, frame) : sources[side]?.get(frame)) ?? null,
        (changed) => {
          painted = { time, frames, soft: asked.some(({ soft }) => soft) }
          if (changed) onPaint(shown.all())
          if (afterGlance?.time === time) want(time, afterGlance.motion)
          done()
        },
      )
    },
    nearest: (position) => {
      if (painted === null) return null
      const distance = (time: Seconds) => Math.abs(positionAt(timeline, time).step - position.step)
      const closer = distance(painted.time) - 1
      for (let away = 0; away <= Math.min(nearby, closer); away += 1)
        for (const step of [position.step - away, position.step + away]) {
          const time = timeOf(timeline, { step, into: position.into })
          if (timeline.steps.frameTimes[step] !== undefined && canPaint(time)) return time
        }
      const arrived = copies.arrived()
      return arrived !== null && distance(arrived) <= closer && canPaint(arrived) ? arrived : null
    },
    painted: () => painted,
    replaceSource: (side, source) => {
      sources[side]?.close()
      sources[side] = source
      shown.forget(side)
      if (painted) painted = { ...painted, soft: true }
    },
    setCopy: (side, copy) => {
      if (copy === null) copies.remove(side)
      else copies.add(side, copy)
    },
    allowSoft: (allowed) => {
      softAllowed = allowed
    },
    setSides: (next, sides) => {
      timeline = next
      // A new one may have been asked for before it was open.
      const wasVisible = (side: (typeof sides)[number], place: number) =>
        visible.includes(typeof side === 'number' ? side : place)
      visible = sides.flatMap((side, place) => (wasVisible(side, place) ? [place] : []))
      const before = sources
      sources = sides.flatMap((side) =>
        typeof side === 'number' ? before.slice(side, side + 1) : [side.source],
      )
      for (const source of before) if (!sources.includes(source)) source.close()
      for (const source of sources) source.share(sources.length)
      const stays = sides.map((side) => (typeof side === 'number' ? side : null))
      copies.setSides(stays)
      const soft = shown.all().some((one) => one.soft && stays.includes(one.side))
      shown.reset()
      if (painted === null) return
      const { time, frames } = painted
      const named = framesAtTime(timeline.sides, time)
      painted = {
        time,
        frames: stays.map((side, place) => (side === null ? named[place] : frames[side]) ?? 0),
        soft,
      }
    },
    sharp: () =>
      new Promise((resolve) => {
        awaiting = [...awaiting, resolve]
        if (painted?.soft !== true) endWaiting()
      }),
    endWaiting,
    close: () => {
      endWaiting()
      shown.close()
      copies.close()
      for (const source of sources) source.close()
    },
  }
}
