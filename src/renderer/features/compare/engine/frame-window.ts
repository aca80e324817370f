import type { Bytes } from '../../../../shared/units.ts'

/** How the frames of a side are being looked at, which says where the next one will be. */
export type Motion = 'playing' | 'still' | 'back'

/** How many frames are kept around the wanted one. */
export type FrameWindow = {
  readonly ahead: number
  readonly behind: number
  /** With fewer frames than this left behind the wanted one, so many more are decoded: `fill`. */
  readonly refillBelow: number
  readonly fill: number
}

/** All decoded frames of a comparison together: two sides of 1080p keep 45 frames each. */
const budget: Bytes = 280_000_000
const maxFrames = 80
const minFrames = 6

type Sized = { readonly width: number; readonly height: number; readonly tenBit: boolean }

/** How many decoded frames a side may keep, with so many sides in memory. */
export function frameCapacity({ width, height, tenBit }: Sized, sides: number): number {
  const bytes = width * height * (tenBit ? 3 : 1.5)
  return Math.min(Math.max(Math.floor(budget / sides / bytes), minFrames), maxFrames)
}

export function windowFor(capacity: number, motion: Motion): FrameWindow {
  if (motion === 'playing') {
    const each = Math.min(8, Math.floor(capacity / 3))
    return { ahead: each, behind: each, refillBelow: 0, fill: 0 }
  }
  const ahead = motion === 'back' ? Math.min(2, capacity >> 2) : Math.min(8, capacity >> 2)
  const behind = capacity - ahead
  const refillBelow = Math.min(9, behind >> 2)
  return { ahead, behind, refillBelow, fill: Math.min(32, behind - refillBelow) }
}

/** A run of decoding that is under way, as far as planning is concerned. */
type Run = {
  readonly from: number
  readonly fed: number
  readonly willGive: (frame: number) => boolean
}

type Wish = {
  readonly wanted: number
  /** The last frame there is. */
  readonly last: number
  readonly window: FrameWindow
  readonly has: (frame: number) => boolean
  readonly packetOf: readonly number[]
  readonly keyOf: readonly number[]
  readonly run: Run | null
  /** Frames that a second run is about to deliver. */
  readonly fills: (frame: number) => boolean
}

/** What the decoder has to do next: begin at a key packet, or stay where it is; and how far to feed. */
export type FeedPlan = { readonly begin: number | null; readonly feedTo: number }

/** Null where everything around the wanted frame is there or on its way. */
export function planFeed({ wanted, last, window, has, packetOf, keyOf, run, fills }: Wish): FeedPlan | null {
  const missing: number[] = []
  for (let frame = wanted; frame <= Math.min(wanted + window.ahead, last); frame += 1)
    if (!has(frame) && !fills(frame)) missing.push(frame)
  const [first] = missing
  if (first === undefined) return null
  const key = keyOf[first] ?? 0
  // A key packet that is still to come is a shorter way than everything before it.
  const goesOn = run !== null && run.willGive(first) && key <= run.fed
  return {
    begin: goesOn ? null : key,
    feedTo: Math.max(...missing.map((frame) => packetOf[frame] ?? 0)),
  }
}

/** The frames to decode backward, in a second run, so that stepping back finds them; null where enough are there. */
export function planFill(
  wanted: number,
  { refillBelow, fill }: FrameWindow,
  has: (frame: number) => boolean,
): { readonly first: number; readonly last: number } | null {
  let low = wanted
  while (low > 0 && has(low - 1)) low -= 1
  if (low === 0 || wanted - low >= refillBelow) return null
  return { first: Math.max(0, low - fill), last: low - 1 }
}
