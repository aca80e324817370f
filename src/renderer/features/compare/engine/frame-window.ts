import type { Bytes } from '../../../../shared/units.ts'

/**
 * How the frames of a side are being looked at, which says where the next one will be. At a glance only one is wanted, and
 * the next may be anywhere.
 */
export type Motion = 'playing' | 'still' | 'back' | 'glance'

/** How many frames are kept around the wanted one. */
export type FrameWindow = {
  readonly ahead: number
  readonly behind: number
  /** With fewer frames than this left behind the wanted one, so many more are decoded: `fill`. */
  readonly refillBelow: number
  readonly fill: number
}

/** All decoded frames of a comparison together: two sides of 1080p keep 36 frames each. */
const budget: Bytes = 225_000_000
const maxFrames = 80
export const minFrames = 6

/** How many decoded frames a side may keep, with so many sides in memory. */
export const frameCapacity = (frame: Bytes, sides: number): number =>
  Math.min(Math.max(Math.floor(budget / sides / frame), minFrames), maxFrames)

export function windowFor(capacity: number, motion: Motion): FrameWindow {
  if (motion === 'playing') {
    const each = Math.min(8, Math.floor(capacity / 3))
    return { ahead: each, behind: each, refillBelow: 0, fill: 0 }
  }
  if (motion === 'glance') return { ahead: 0, behind: capacity, refillBelow: 0, fill: 0 }
  const ahead = motion === 'back' ? 0 : Math.min(8, capacity >> 2)
  const behind = capacity - ahead
  const refillBelow = Math.min(5, behind >> 2)
  return { ahead, behind, refillBelow, fill: Math.min(32, behind - refillBelow) }
}

/** A run of decoding that is under way, as far as planning is concerned. */
type Run = {
  /** The next packet to be fed. */
  readonly fed: number
  readonly willGive: (frame: number) => boolean
}

/** Frames from the first to the last, both included. */
export type FrameRange = { readonly first: number; readonly last: number }

/** The frames to have, the most urgent first: those ahead, and in a loop the ones it comes back to. */
export function neededFrames(
  wanted: number,
  last: number,
  { ahead }: FrameWindow,
  loop: FrameRange | null,
  capacity: number,
): readonly number[] {
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, nth) => from + nth)
  if (loop === null || wanted > loop.last) return range(wanted, Math.min(wanted + ahead, last))
  if (keepsWhole(loop, capacity) && wanted >= loop.first)
    return [...range(wanted, loop.last), ...range(loop.first, wanted - 1)]
  return range(wanted, Math.min(wanted + ahead, loop.last))
}

/** A short loop is decoded once. */
export const keepsWhole = ({ first, last }: FrameRange, capacity: number): boolean =>
  last - first + 1 <= capacity - 4

/** Where a long loop begins again: frames that are kept while the rest is played. */
export const loopHead = ({ first, last }: FrameRange, { ahead }: FrameWindow): FrameRange => ({
  first,
  last: Math.min(first + ahead, last),
})

type Wish = {
  /** In the order of their urgency. */
  readonly needed: readonly number[]
  readonly has: (frame: number) => boolean
  readonly packetOf: readonly number[]
  readonly keyOf: readonly number[]
  readonly run: Run | null
  /** Frames that a second run is about to deliver. */
  readonly fills: (frame: number) => boolean
}

/** What the decoder has to do next: begin for a frame at its key packet, or stay where it is; and how far to feed. */
export type FeedPlan = { readonly begin: number | null; readonly first: number; readonly feedTo: number }

/** A run reaches a frame without decoding more than a new one would. */
export const reaches = ({ fed, willGive }: Run, frame: number, keyOf: readonly number[]): boolean =>
  // A key packet that is still to come is a shorter way than everything before it.
  willGive(frame) && (keyOf[frame] ?? 0) <= fed

/** Null where everything that is needed is there or on its way. */
export function planFeed({ needed, has, packetOf, keyOf, run, fills }: Wish): FeedPlan | null {
  const missing = needed.filter((frame) => !has(frame) && !fills(frame))
  const [first] = missing
  if (first === undefined) return null
  // In a loop the next ones after the last are a new beginning.
  const row = missing.filter((frame, nth) => frame === first + nth)
  return {
    begin: run !== null && reaches(run, first, keyOf) ? null : (keyOf[first] ?? 0),
    first,
    feedTo: Math.max(...row.map((frame) => packetOf[frame] ?? 0)),
  }
}

/** The frames to decode backward, in a second run, so that stepping back finds them; null where enough are there. */
export function planFill(
  wanted: number,
  { refillBelow, fill }: FrameWindow,
  has: (frame: number) => boolean,
): FrameRange | null {
  let low = wanted
  while (low > 0 && has(low - 1)) low -= 1
  if (low === 0 || wanted - low >= refillBelow) return null
  return { first: Math.max(0, low - fill), last: low - 1 }
}
