import type { Seconds } from '../../../shared/units.ts'
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

/**
 * The clock that both sides share. The reference shows what it has at `t`, the result what it has at `t + offset`;
 * where a side has nothing, it holds its first or last frame.
 */
export type Timeline = {
  readonly videos: PerSide<FrameList>
  readonly offset: Seconds
  readonly start: Seconds
  readonly end: Seconds
  /** The moments between which frame steps go: the frames of the finer side, then those the other has beyond them. */
  readonly steps: FrameList
}

/**
 * A place on the timeline that stepping can leave and return to exactly: a step and how far into it, so that no sum of
 * rounded times decides which frame is shown.
 */
export type Position = { readonly step: number; readonly into: number }

export function createTimeline(videos: PerSide<FrameList>, offset: Seconds): Timeline {
  const start = Math.min(0, 0 - offset)
  const end = Math.max(videos.reference.duration, videos.result.duration - offset)
  const timeline = { videos, offset, start, end }
  const fine = finerSide(videos)
  const main = startsOf(timeline, fine)
  const [first = 0] = main
  const last = first + videos[fine].duration - (videos[fine].frameTimes[0] ?? 0)
  const gap = typicalFrame(videos[fine]) / 2
  const rest = startsOf(timeline, otherSide(fine))
  const before = rest.filter((time) => time < first - gap)
  const after = rest.filter((time) => time > last - gap)
  return { ...timeline, steps: { frameTimes: [...before, ...main, ...after], duration: end } }
}

/** The side with the higher frame rate; the reference when they are the same. */
function finerSide({ reference, result }: PerSide<FrameList>): Side {
  return typicalFrame(result) < typicalFrame(reference) * 0.99 ? 'result' : 'reference'
}

function startsOf(timeline: Pick<Timeline, 'videos' | 'offset'>, side: Side): readonly Seconds[] {
  return timeline.videos[side].frameTimes.map((time) => time - lead(timeline, side))
}

/** How far a side's own time is ahead of the shared clock. */
export const lead = ({ offset }: Pick<Timeline, 'offset'>, side: Side): Seconds =>
  side === 'result' ? offset : 0

const clampTime = ({ start, end }: Timeline, time: Seconds): Seconds => Math.min(Math.max(time, start), end)

export function positionAt(timeline: Timeline, time: Seconds): Position {
  const wanted = clampTime(timeline, time)
  const step = frameAt(timeline.steps.frameTimes, wanted)
  const { start, end } = intervalOf(timeline.steps, step)
  return { step, into: Math.min(Math.max((wanted - start) / (end - start), 0), 1) }
}

export function timeOf(timeline: Timeline, { step, into }: Position): Seconds {
  const { start, end } = intervalOf(timeline.steps, step)
  const length = end - start
  // Never so near to the end of the step that the tolerance of `frameAt` would already see the next one.
  return start + Math.min(into * length, Math.max(length - 0.002, length / 2))
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
  const video = timeline.videos[side]
  const ahead = lead(timeline, side)
  const own = time + ahead
  const [frame = 0] = framesAtTime([{ frameTimes: video.frameTimes, lead: ahead }], time)
  const last = video.frameTimes.length - 1
  return { frame, time: insideFrame(video, frame, own), active: own >= 0 && frame < last }
}

/** True where playing on would show nothing new. */
export function isAtEnd(timeline: Timeline, time: Seconds): boolean {
  return sides.every((side) => {
    const last = timeline.videos[side].frameTimes.length - 1
    return wantedAt(timeline, side, time).frame === last
  })
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
