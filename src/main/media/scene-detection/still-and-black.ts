import type { Span, Scan } from '../../../shared/domain/media.ts'
import type { Seconds } from '../../../shared/units.ts'
import { difference, type FrameSignature } from './frame-signature.ts'
import { findParts, findShift } from './same-scene.ts'

/** Joins adjacent moments into spans of at least `least`; gaps up to `bridge` do not split them. */
function createSpans(least: Seconds, bridge: Seconds = 0) {
  const spans: Span[] = []
  let open: Span | null = null
  // Sums of frame times have rounding errors below a microsecond.
  const enough = ({ start, end }: Span) => end - start >= least - 1e-6

  const end = () => {
    if (open && enough(open)) spans.push(open)
    open = null
  }
  return {
    /** `part` begins where the previous one ended, or later. */
    add: (part: Span): void => {
      if (open && part.start - open.end > bridge + 1e-6) end()
      open = { start: open?.start ?? part.start, end: part.end }
    },
    close: (): readonly Span[] => {
      end()
      return spans
    },
  }
}

/** The parts of `spans` outside `holes` that last at least `least`. */
function without(spans: readonly Span[], holes: readonly Span[], least: Seconds): readonly Span[] {
  return spans
    .flatMap((span) =>
      holes.reduce<readonly Span[]>(
        (pieces, hole) =>
          pieces.flatMap((piece) => [
            { start: piece.start, end: Math.min(piece.end, hole.start) },
            { start: Math.max(piece.start, hole.end), end: piece.end },
          ]),
        [span],
      ),
    )
    .filter(({ start, end }) => end - start >= least - 1e-6)
}

/** A repeated frame is encoded again and may differ a little, which downscaling averages out. */
const sameFrame = { mean: 0.3, spot: 1.5 }
/** Breathing and sensor noise stay below; a moving hand does not. */
const hardlyMoved = { mean: 1.2, spot: 6 }
const leastFrozen: Seconds = 0.5
const leastStill: Seconds = 1

/** As ffmpeg's own blackdetect has it: 98 % of the picture below a tenth of full brightness. */
const blackLevel = 16 + 219 * 0.1
const blackShare = 0.98
/** Longer than a single frame at any usual rate; anything shorter is not noticed. */
const leastBlack: Seconds = 0.06

const spot = 8

/** The largest mean change of any block, in levels. */
function strongest(a: FrameSignature, b: FrameSignature): number {
  const { width, height } = a.size
  let most = 0
  for (let y = 0; y < height; y += spot)
    for (let x = 0; x < width; x += spot) {
      let sum = 0
      let count = 0
      for (let row = y; row < Math.min(height, y + spot); row += 1)
        for (let at = row * width + x; at < row * width + Math.min(width, x + spot); at += 1) {
          sum += Math.abs((a.luma[at] ?? 0) - (b.luma[at] ?? 0))
          count += 1
        }
      most = Math.max(most, sum / count)
    }
  return most
}

const isBlack = ({ luma }: FrameSignature): boolean => {
  let dark = 0
  for (const value of luma) if (value < blackLevel) dark += 1
  return dark >= blackShare * luma.length
}

type Limit = typeof sameFrame

/** Compares every frame with the first of a quiet stretch, so that slow changes add up and end it. */
function createQuiet(limit: Limit, least: Seconds) {
  const spans = createSpans(least)
  let anchor: { readonly time: Seconds; readonly signature: FrameSignature } | null = null
  const until = (time: Seconds) => {
    if (anchor && time - anchor.time >= least - 1e-6) spans.add({ start: anchor.time, end: time })
  }
  return {
    take: (time: Seconds, signature: FrameSignature): void => {
      if (anchor) {
        const quiet =
          difference(anchor.signature, signature) <= limit.mean &&
          strongest(anchor.signature, signature) <= limit.spot
        if (quiet) return
        until(time)
      }
      anchor = { time, signature }
    },
    close: (end: Seconds): readonly Span[] => {
      until(end)
      return spans.close()
    },
  }
}

/** Finds frozen, still and black stretches. */
export function createCalmFinder() {
  const frozen = createQuiet(sameFrame, leastFrozen)
  const still = createQuiet(hardlyMoved, leastStill)
  const black = createSpans(leastBlack)
  let dark: Seconds | null = null
  const light = (time: Seconds) => {
    if (dark !== null) black.add({ start: dark, end: time })
    dark = null
  }
  return {
    take: (time: Seconds, signature: FrameSignature): void => {
      frozen.take(time, signature)
      still.take(time, signature)
      if (isBlack(signature)) dark ??= time
      else light(time)
    },
    /** Each moment counts once: as black first, then frozen, then still. */
    close: (end: Seconds): Pick<Scan, 'frozen' | 'still' | 'black'> => {
      light(end)
      const dim = black.close()
      const stopped = without(frozen.close(end), dim, leastFrozen)
      return {
        black: dim,
        frozen: stopped,
        still: without(still.close(end), [...dim, ...stopped], leastStill),
      }
    },
  }
}

/** The whole frame passes within a second: too fast for people and models to follow. */
const widthsPerSecond = 1
const leastFast: Seconds = 0.25
/** An occasional doubled frame does not end a pan. */
const bridge: Seconds = 0.07
/** With a smaller change, in levels, nothing large moved that fast. */
const leastChange = 4
/** A worse block match is not a match. */
const recognised = 0.72

/** How far the frame moved, in frame widths; null where the motion cannot be followed. */
function wayBetween(before: FrameSignature, now: FrameSignature): number | null {
  const parts = findParts(before, now)
  if (parts.match === null) return 0
  if (parts.match >= recognised) return parts.distance
  const shift = findShift(before, now)
  return shift.match >= 0.5 ? shift.distance : null
}

/** Finds motion too fast to follow. A single jump, as in a cut or a flash, is not motion. */
export function createFastFinder() {
  const spans = createSpans(leastFast, bridge)
  let before: { readonly time: Seconds; readonly signature: FrameSignature } | null = null
  return {
    take: (time: Seconds, signature: FrameSignature): void => {
      if (before && difference(before.signature, signature) >= leastChange) {
        const way = wayBetween(before.signature, signature)
        if (way === null || way / (time - before.time) >= widthsPerSecond)
          spans.add({ start: before.time, end: time })
      }
      before = { time, signature }
    },
    close: (): readonly Span[] => spans.close(),
  }
}
