import type { Span, Scan } from '../../../shared/domain/media.ts'
import type { Seconds } from '../../../shared/units.ts'
import { difference, type Look } from './frame-signature.ts'
import { findParts, findShift } from './same-scene.ts'

/** Joins what is true from moment to moment into spans of at least `least`; holes up to `bridge` do not part them. */
function createSpans(least: Seconds, bridge: Seconds = 0) {
  const spans: Span[] = []
  let open: Span | null = null
  // Sums of frame times carry noise beyond the microsecond.
  const enough = ({ start, end }: Span) => end - start >= least - 1e-6

  const end = () => {
    if (open && enough(open)) spans.push(open)
    open = null
  }
  return {
    /** `part` begins where the one before ended, or later. */
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

/** What is left of `spans` outside of `holes`, in pieces of at least `least`. */
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

/** A repeated frame is coded again and may come out a little different, which a small picture averages away. */
const sameFrame = { mean: 0.3, spot: 1.5 }
/** Breathing and the grain of a sensor stay below; a hand that moves does not. */
const hardlyMoved = { mean: 1.2, spot: 6 }
const leastFrozen: Seconds = 0.5
const leastStill: Seconds = 1

/** As ffmpeg's own blackdetect has it: 98 % of the picture below a tenth of full brightness. */
const blackLevel = 16 + 219 * 0.1
const blackShare = 0.98
/** Longer than a single frame at any usual rate: less is a flash, and seen by nobody. */
const leastBlack: Seconds = 0.06

const spot = 8

/** The largest change of any part of the picture, in levels. */
function strongest(a: Look, b: Look): number {
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

const isBlack = ({ luma }: Look): boolean => {
  let dark = 0
  for (const value of luma) if (value < blackLevel) dark += 1
  return dark >= blackShare * luma.length
}

type Limit = typeof sameFrame

/** Holds every frame against the first of a quiet stretch, so that slow changes add up and end it. */
function createQuiet(limit: Limit, least: Seconds) {
  const spans = createSpans(least)
  let anchor: { readonly time: Seconds; readonly look: Look } | null = null
  const until = (time: Seconds) => {
    if (anchor && time - anchor.time >= least - 1e-6) spans.add({ start: anchor.time, end: time })
  }
  return {
    take: (time: Seconds, look: Look): void => {
      if (anchor) {
        const quiet =
          difference(anchor.look, look) <= limit.mean && strongest(anchor.look, look) <= limit.spot
        if (quiet) return
        until(time)
      }
      anchor = { time, look }
    },
    close: (end: Seconds): readonly Span[] => {
      until(end)
      return spans.close()
    },
  }
}

/** Stretches in which nothing or hardly anything moves, and black ones. */
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
    take: (time: Seconds, look: Look): void => {
      frozen.take(time, look)
      still.take(time, look)
      if (isBlack(look)) dark ??= time
      else light(time)
    },
    /** Each moment is told once: black before frozen, frozen before still. */
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

/** The whole picture passes by within a second: nobody follows what is in it, and neither does a model. */
const widthsPerSecond = 1
const leastFast: Seconds = 0.25
/** A doubled frame now and then does not end a pan. */
const bridge: Seconds = 0.07
/** Below this many levels nothing large can have moved that fast. */
const leastChange = 4
/** Parts found less well than this were not found. */
const recognised = 0.72

/** How far the picture moved between two frames, in its widths; null where it cannot be followed at all. */
function wayBetween(before: Look, now: Look): number | null {
  const parts = findParts(before, now)
  if (parts.match === null) return 0
  if (parts.match >= recognised) return parts.distance
  const shift = findShift(before, now)
  return shift.match >= 0.5 ? shift.distance : null
}

/** Motion too fast to follow. A single jump, as a cut or a flash makes it, is not motion. */
export function createFastFinder() {
  const spans = createSpans(leastFast, bridge)
  let before: { readonly time: Seconds; readonly look: Look } | null = null
  return {
    take: (time: Seconds, look: Look): void => {
      if (before && difference(before.look, look) >= leastChange) {
        const way = wayBetween(before.look, look)
        if (way === null || way / (time - before.time) >= widthsPerSecond)
          spans.add({ start: before.time, end: time })
      }
      before = { time, look }
    },
    close: (): readonly Span[] => spans.close(),
  }
}
