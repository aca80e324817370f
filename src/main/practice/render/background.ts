import type { GrayFrames } from './silhouette.ts'

/** A pixel counts as moving when its brightness varies by more than this. */
const activeRange = 24
/** Enough samples to know the usual brightness of a pixel. */
const sampleCount = 41
/** A pixel within this distance counts as an even wall, and this share of the pixels must do so. */
const sameBrightness = 16
const evenShare = 0.6
const percentiles = [0.1, 0.3, 0.5, 0.7, 0.9]

/**
 * Estimates the clip without its subject. A moving pixel shows subject and background in turn. In front of an even
 * wall, the background is what looks most like the still pixels to the left and right: otherwise a dancer who stays in
 * one place would be taken for the wall. In front of a busy one, it is what the pixel shows most of the time.
 */
export function guessBackground({ width, height, frames }: GrayFrames): Uint8Array {
  const sorted = sortedLooks(frames)
  const at: Look = (pixel, share) => {
    const values = sorted[pixel]
    return values?.[Math.round(share * (values.length - 1))] ?? 0
  }
  const usual = Uint8Array.from(sorted, (_, pixel) => at(pixel, 0.5))
  const even = usual.slice()
  let moving = 0
  let fitting = 0
  for (let row = 0; row < height; row++) {
    for (const { pixel, wall, outer } of movingPixels(row * width, width, at)) {
      const shown = nearest(
        percentiles.map((share) => at(pixel, share)),
        wall,
      )
      even[pixel] = shown
      if (!outer) continue
      moving += 1
      if (Math.abs(shown - wall) < sameBrightness) fitting += 1
    }
  }
  return fitting > moving * evenShare ? even : usual
}

/** The brightness of a pixel at this quantile over time. */
type Look = (pixel: number, share: number) => number

type MovingPixel = { readonly pixel: number; readonly wall: number; readonly outer: boolean }

/** The moving part of a row; `wall` is the brightness that an even wall would have there. */
function movingPixels(start: number, width: number, at: Look): readonly MovingPixel[] {
  const columns = Array.from({ length: width }, (_, column) => column)
  const isActive = (column: number) => at(start + column, 0.95) - at(start + column, 0.05) > activeRange
  const from = columns.find(isActive)
  const to = columns.findLast(isActive)
  if (from === undefined || to === undefined) return []
  const left = at(start + Math.max(0, from - 2), 0.5)
  const right = at(start + Math.min(width - 1, to + 2), 0.5)
  return columns.slice(from, to + 1).map((column) => ({
    pixel: start + column,
    wall: left + ((right - left) * (column - from)) / Math.max(1, to - from),
    // The body may never leave the middle; further out the wall must be visible at times.
    outer: Math.abs(column - (from + to) / 2) > (to - from) / 4,
  }))
}

function sortedLooks(frames: readonly Uint8Array[]): Uint8Array[] {
  const count = Math.min(sampleCount, frames.length)
  const chosen = Array.from(
    { length: count },
    (_, n) => frames[Math.floor(((n + 0.5) * frames.length) / count)],
  )
  const pixels = frames[0]?.length ?? 0
  return Array.from({ length: pixels }, (_, pixel) =>
    Uint8Array.from(chosen, (frame) => frame?.[pixel] ?? 0).sort(),
  )
}

const nearest = (values: readonly number[], wanted: number): number =>
  values.reduce((best, value) => (Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best))
