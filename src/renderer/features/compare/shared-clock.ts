import { momentTolerance, roundingTolerance, type Seconds } from '../../../shared/units.ts'
import {
  frameAt,
  insideFrame,
  intervalOf,
  typicalFrame,
  type FrameList,
} from '../../../shared/domain/frames.ts'
import { framesAtTime } from '../../../shared/domain/pairs.ts'

export const sides = ['reference', 'result'] as const
export type Side = (typeof sides)[number]
export type PerSide<T> = Readonly<Record<Side, T>>

export const otherSide = (side: Side): Side => (side === 'reference' ? 'result' : 'reference')

/** One video on the shared clock: at `t` it shows what it has at `t + lead` of its own. */
export type TimelineSide = FrameList & { readonly lead: Seconds }

/** The clock that all sides share. Where a side has nothing, it holds its first or last frame. */
export type Timeline = {
  readonly sides: readonly TimelineSide[]
  readonly start: Seconds
  readonly end: Seconds
  /** The moments between which frame steps go: the frames of the finest side, then those others have beyond them. */
  readonly steps: FrameList
}

/**
 * A place on the timeline that stepping can leave and return to exactly: a step and how far into it, so that no sum of
 * rounded times decides which frame is shown. Just before a step begins, `into` is a little below 0.
 */
export type Position = { readonly step: number; readonly into: number }

export function createTimeline(given: readonly TimelineSide[]): Timeline {
  const start = Math.min(...given.map(({ lead: ahead }) => 0 - ahead))
  const end = Math.max(...given.map(({ duration, lead: ahead }) => duration - ahead))
  const fine = finestSide(given)
  const main = startsOf(fine)
  const [first = 0] = main
  const last = first + fine.duration - (fine.frameTimes[0] ?? 0)
  const gap = typicalFrame(fine) / 2
  const rest = [...new Set(given.filter((side) => side !== fine).flatMap(startsOf))].sort((a, b) => a - b)
  const before = rest.filter((time) => time < first - gap)
  const after = rest.filter((time) => time > last - gap)
  return { sides: given, start, end, steps: { frameTimes: [...before, ...main, ...after], duration: end } }
}

/** Reference and one result; `offset` is how far the result's own time is ahead of the shared clock. */
export const pairTimeline = (videos: PerSide<FrameList>, offset: Seconds): Timeline =>
  createTimeline([
    { ...videos.reference, lead: 0 },
    { ...videos.result, lead: offset },
  ])

/** The side with the highest frame rate; the first of those that are the same. */
const finestSide = (given: readonly TimelineSide[]): TimelineSide =>
  given.reduce((fine, side) => (typicalFrame(side) < typicalFrame(fine) * 0.99 ? side : fine))

const startsOf = (side: TimelineSide): readonly Seconds[] => side.frameTimes.map((time) => time - side.lead)

const place: PerSide<number> = { reference: 0, result: 1 }

/** One side of a pair. */
export function sideOf(timeline: Timeline, side: Side): TimelineSide {
  const found = timeline.sides[place[side]]
  if (found === undefined) throw new Error(`There is no ${side} on this timeline`)
  return found
}

/** How far a side's own time is ahead of the shared clock. */
export const lead = (timeline: Timeline, side: Side): Seconds => sideOf(timeline, side).lead

const clampTime = ({ start, end }: Timeline, time: Seconds): Seconds => Math.min(Math.max(time, start), end)

export function positionAt(timeline: Timeline, time: Seconds): Position {
  const wanted = clampTime(timeline, time)
  const step = frameAt(timeline.steps.frameTimes, wanted)
  const { start, end } = intervalOf(timeline.steps, step)
  return { step, into: Math.min(Math.max(wanted - start, -momentTolerance) / (end - start), 1) }
}

export function timeOf(timeline: Timeline, { step, into }: Position): Seconds {
  const { start, end } = intervalOf(timeline.steps, step)
  const length = end - start
  // As near to the edges as `frameAt` sees this step, and no nearer: a place that moves may turn another side's frame.
  const first = roundingTolerance - momentTolerance
  const last = Math.max(length - momentTolerance - roundingTolerance, length / 2)
  return start + Math.min(Math.max(into * length, first), last)
}

export function stepBy(timeline: Timeline, position: Position, count: number): Position {
  const last = timeline.steps.frameTimes.length - 1
  return { step: Math.min(Math.max(position.step + count, 0), last), into: position.into }
}

export type Wanted = {
  readonly frame: number
  /** Where the player has to go to show it. */
  readonly time: Seconds
  /** False where this side has nothing left to play: it holds its first or last frame. */
  readonly active: boolean
}

/** What one side has to show at `time` of the shared clock. */
export function wantedAt(timeline: Timeline, side: Side, time: Seconds): Wanted {
  const video = sideOf(timeline, side)
  const own = time + video.lead
  const [frame = 0] = framesAtTime([video], time)
  const last = video.frameTimes.length - 1
  return { frame, time: insideFrame(video, frame, own), active: own >= 0 && frame < last }
}

/** True where playing on would show nothing new. */
export function isAtEnd(timeline: Timeline, time: Seconds): boolean {
  const frames = framesAtTime(timeline.sides, time)
  return timeline.sides.every(({ frameTimes }, side) => frames[side] === frameTimes.length - 1)
}

export type Loop = {
  readonly on: boolean
  /** Null: from the start. */
  readonly from: Seconds | null
  /** The frame shown at this moment is the last one of the loop. Null: to the end. */
  readonly to: Seconds | null
}

export const noLoop: Loop = { on: false, from: null, to: null }

type Bounds = Pick<Timeline, 'start' | 'end'>

/** Marks the beginning. Past the end, the loop moves and keeps its length. */
export function loopFrom(loop: Loop, from: Seconds, { start, end }: Bounds): Loop {
  if (loop.to === null || loop.to > from) return { on: true, from, to: loop.to }
  const length = loop.to - (loop.from ?? start)
  return { on: true, from, to: Math.min(from + length, end) }
}

/** Marks the end. Before the beginning, the loop moves and keeps its length. */
export function loopTo(loop: Loop, to: Seconds, { start, end }: Bounds): Loop {
  if (loop.from === null || loop.from < to) return { on: true, from: loop.from, to }
  const length = (loop.to ?? end) - loop.from
  return { on: true, from: Math.max(to - length, start), to }
}

export const loopStart = (timeline: Timeline, loop: Loop): Seconds =>
  (loop.on ? loop.from : null) ?? timeline.start

/** Where the loop ends: after its last frame was shown in full. */
export function loopEnd(timeline: Timeline, loop: Loop): Seconds {
  if (!loop.on || loop.to === null) return timeline.end
  return intervalOf(timeline.steps, positionAt(timeline, loop.to).step).end
}
