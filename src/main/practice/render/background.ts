import type { GrayFrames } from './gray-frames.ts'

/** How far a pixel must ever stray from its usual brightness to count as moving. */
const activeRange = 24
/** Enough looks at each pixel to know what it is most of the time. */
const looks = 41
const percentiles = [0.1, 0.3, 0.5, 0.7, 0.9]

/**
 * The clip without its subject, as well as it can be guessed. Where something moves, a pixel shows subject and
 * background by turns; which is which is decided by what the still pixels left and right of the motion look like.
 * Without that, a dancer who stays in one place would be taken for background and the wall for the dancer.
 */
export function guessBackground({ width, height, frames }: GrayFrames): Uint8Array {
  const sorted = sortedLooks(frames)
  const at = (pixel: number, share: number) =>
    sorted[pixel]?.[Math.round(share * (sorted[pixel].length - 1))] ?? 0
  const background = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    const start = row * width
    const isActive = (column: number) => at(start + column, 0.95) - at(start + column, 0.05) > activeRange
    const columns = Array.from({ length: width }, (_, column) => column)
    const from = columns.find(isActive) ?? width
    const to = columns.findLast(isActive) ?? -1
    const left = at(start + Math.max(0, from - 2), 0.5)
    const right = at(start + Math.min(width - 1, to + 2), 0.5)
    for (const column of columns) {
      const pixel = start + column
      const inside = column >= from && column <= to
      const wall = left + ((right - left) * (column - from)) / Math.max(1, to - from)
      background[pixel] = inside
        ? nearest(
            percentiles.map((share) => at(pixel, share)),
            wall,
          )
        : at(pixel, 0.5)
    }
  }
  return background
}

function sortedLooks(frames: readonly Uint8Array[]): Uint8Array[] {
  const count = Math.min(looks, frames.length)
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
