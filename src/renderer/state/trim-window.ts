import type { ClipFacts, ClipWindow } from '../../shared/domain/media.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import { numericLimit } from '../../shared/rules/window.ts'
import type { Orientation } from '../../shared/domain/take.ts'
import type { Seconds } from '../../shared/units.ts'

export type WindowLimits = { readonly min: Seconds; readonly max: Seconds }

/** Where frames begin and end: frame `i` is shown from `edges[i]` to `edges[i + 1]`, so there is one edge more than frames. */
export type Edges = readonly Seconds[]

/** The performed part as edges: its first frame is `from`, its last `to - 1`. */
export type FrameSpan = { readonly from: number; readonly to: number }

export function windowLimits(model: ModelRules | undefined, orientation: Orientation): WindowLimits {
  return {
    min: (model && numericLimit(model, 'clip.duration.min', orientation)) ?? 0,
    max: (model && numericLimit(model, 'clip.duration.max', orientation)) ?? Number.POSITIVE_INFINITY,
  }
}

export function edgesOf(frameTimes: readonly Seconds[], duration: Seconds): Edges {
  return [...frameTimes, Math.max(duration, (frameTimes.at(-1) ?? 0) + 0.001)]
}

/** Where the frames are while only their number is known. */
export const evenEdges = ({ frames, duration }: Pick<ClipFacts, 'frames' | 'duration'>): Edges =>
  Array.from({ length: frames + 1 }, (_, index) => (index * duration) / Math.max(1, frames))

const clamp = (value: number, min: number, max: number): number =>
  Math.min(Math.max(value, min), Math.max(min, max))

export const frameCount = (edges: Edges): number => edges.length - 1
export const edgeTime = (edges: Edges, edge: number): Seconds => edges[edge] ?? edges.at(-1) ?? 0
export const spanLength = (edges: Edges, { from, to }: FrameSpan): Seconds =>
  edgeTime(edges, to) - edgeTime(edges, from)

/** The last edge that is not after `time`; the first one where all are. */
function lastUpTo(edges: Edges, time: Seconds): number {
  let low = 0
  let high = edges.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (edgeTime(edges, middle) <= time) low = middle
    else high = middle - 1
  }
  return low
}

/** The first edge that is not before `time`; the last one where all are. */
function firstFrom(edges: Edges, time: Seconds): number {
  const before = lastUpTo(edges, time)
  return edgeTime(edges, before) >= time ? before : Math.min(before + 1, edges.length - 1)
}

export function nearestEdge(edges: Edges, time: Seconds): number {
  const before = lastUpTo(edges, time)
  const after = Math.min(before + 1, edges.length - 1)
  return time - edgeTime(edges, before) <= edgeTime(edges, after) - time ? before : after
}

/** Sums of frame times are never quite even: a hundredth of a frame over a limit is rounding. The preparation says the same. */
const limitTolerance = (edges: Edges): Seconds =>
  (0.01 * edgeTime(edges, frameCount(edges))) / frameCount(edges)

/** Which places one end of the part may have while the other stays. */
type Reach = { readonly least: number; readonly most: number }

const minLength = (edges: Edges, { min }: WindowLimits) => Math.min(min, edgeTime(edges, frameCount(edges)))

function reachOfTo(edges: Edges, from: number, limits: WindowLimits): Reach {
  const start = edgeTime(edges, from)
  const least = firstFrom(edges, start + minLength(edges, limits) - limitTolerance(edges))
  const most = lastUpTo(edges, start + limits.max + limitTolerance(edges))
  return { least: Math.max(from + 1, least), most: Math.max(from + 1, most) }
}

function reachOfFrom(edges: Edges, to: number, limits: WindowLimits): Reach {
  const end = edgeTime(edges, to)
  const least = firstFrom(edges, end - limits.max - limitTolerance(edges))
  const most = lastUpTo(edges, end - minLength(edges, limits) + limitTolerance(edges))
  return { least: Math.min(to - 1, least), most: Math.min(to - 1, most) }
}

/** The current part. Without a length it is as long as allowed. */
export function spanOf(edges: Edges, window: ClipWindow, limits: WindowLimits): FrameSpan {
  const from = Math.min(nearestEdge(edges, window.start), frameCount(edges) - 1)
  const to =
    window.length === null
      ? reachOfTo(edges, from, limits).most
      : nearestEdge(edges, edgeTime(edges, from) + window.length)
  return { from, to: Math.max(from + 1, to) }
}

const microseconds = (time: Seconds) => Math.round(time * 1e6) / 1e6

/** What is kept of a part that was chosen by its ends. */
export type Kept = {
  /** The length that the user chose before, in seconds. One that the limits cut off now outlives a move of the part. */
  readonly wish?: Seconds | null
  /** The length was typed: it is the user's own, also where it is the longest allowed. */
  readonly own?: boolean
}

/** One that is as long as allowed has no length, so that it grows with the limit, unless it is the user's own. */
export function windowOf(
  edges: Edges,
  { from, to }: FrameSpan,
  limits: WindowLimits,
  { wish = null, own = false }: Kept = {},
): ClipWindow {
  const start = microseconds(edgeTime(edges, from))
  if (!own && to === reachOfTo(edges, from, limits).most)
    return { start, length: isCut({ start, length: wish }, limits) ? wish : null }
  const length = spanLength(edges, { from, to })
  const legal = Math.abs(length - clamp(length, limits.min, limits.max)) <= limitTolerance(edges)
  return { start, length: microseconds(legal ? clamp(length, limits.min, limits.max) : length) }
}

/** Moves the whole part; it keeps its length as far as the clip and the limits let it. */
export function moveSpan(edges: Edges, span: FrameSpan, to: number, limits: WindowLimits): FrameSpan {
  const length = spanLength(edges, span)
  const latest = reachOfFrom(edges, frameCount(edges), { ...limits, min: length }).most
  const from = clamp(to, 0, latest)
  const { least, most } = reachOfTo(edges, from, limits)
  return { from, to: clamp(nearestEdge(edges, edgeTime(edges, from) + length), least, most) }
}

/** `push`: past its limit an end takes the other one along, instead of stopping there. */
export type Push = { readonly push: boolean }

/** Moves the in-point to an edge. The part is never shorter or longer than allowed. */
export function moveIn(
  edges: Edges,
  span: FrameSpan,
  to: number,
  { push, ...limits }: WindowLimits & Push,
): FrameSpan {
  const { least, most } = reachOfFrom(edges, span.to, limits)
  if (!push || (to >= least && to <= most)) return { from: clamp(to, least, most), to: span.to }
  const from = clamp(to, 0, reachOfFrom(edges, frameCount(edges), limits).most)
  const reach = reachOfTo(edges, from, limits)
  const wanted = to < least ? reach.most : nearestEdge(edges, edgeTime(edges, from) + spanLength(edges, span))
  return { from, to: clamp(wanted, reach.least, reach.most) }
}

/** Moves the out-point to an edge: the end of the last performed frame. */
export function moveOut(
  edges: Edges,
  span: FrameSpan,
  to: number,
  { push, ...limits }: WindowLimits & Push,
): FrameSpan {
  const { least, most } = reachOfTo(edges, span.from, limits)
  if (!push || (to >= least && to <= most)) return { from: span.from, to: clamp(to, least, most) }
  const end = clamp(to, reachOfTo(edges, 0, limits).least, frameCount(edges))
  const reach = reachOfFrom(edges, end, limits)
  const wanted = to > most ? reach.least : nearestEdge(edges, edgeTime(edges, end) - spanLength(edges, span))
  return { from: clamp(wanted, reach.least, reach.most), to: end }
}

/** The shortest part allowed that begins at an edge, or as late as the clip lets it. */
export function shortestFrom(edges: Edges, at: number, limits: WindowLimits): FrameSpan {
  const from = clamp(at, 0, reachOfFrom(edges, frameCount(edges), limits).most)
  return { from, to: reachOfTo(edges, from, limits).least }
}

/** Where the out-point may be for the current in-point. */
export const legalOut = (edges: Edges, { from }: FrameSpan, limits: WindowLimits): Reach =>
  reachOfTo(edges, from, limits)

export const isTooShort = (edges: Edges, { min }: WindowLimits): boolean =>
  edgeTime(edges, frameCount(edges)) < min - limitTolerance(edges)

/** The user chose more than the limits let through. */
export const isCut = ({ length }: ClipWindow, { max }: WindowLimits): boolean =>
  length !== null && length > max

/** What counts of the user's wish under these limits. The wish itself stays as it is, for when they are wider again. */
export const usedWindow = (wish: ClipWindow, limits: WindowLimits): ClipWindow =>
  isCut(wish, limits) ? { start: wish.start, length: null } : wish
