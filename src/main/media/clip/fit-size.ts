import type { Pixels } from '../../../shared/units.ts'

export type Size = { readonly width: Pixels; readonly height: Pixels }

export type Sides = { readonly minSide: Pixels | null; readonly maxSide: Pixels | null }

const even = (value: number) => Math.max(2, Math.round(value / 2) * 2)
const evenDown = (value: number) => Math.floor(value / 2) * 2
const evenUp = (value: number) => Math.ceil(value / 2) * 2

/**
 * Even sides from `minSide` to `maxSide` in the same shape, scaled down or up as little as that takes; null where no
 * size of that shape lies between the two. Rounding breaks neither limit.
 */
export function fitSize({ width, height }: Size, { minSide, maxSide }: Sides): Size | null {
  const most = maxSide === null ? Number.POSITIVE_INFINITY : evenDown(maxSide)
  const least = minSide === null ? 2 : evenUp(minSide)
  const longer = Math.max(width, height)
  const shorter = Math.min(width, height)
  // A side that only rounding has to move keeps the picture unscaled.
  const wanted = minSide !== null && shorter < minSide ? minSide / shorter : 1
  const scale = maxSide === null ? wanted : Math.min(wanted, maxSide / longer)
  if (minSide !== null && shorter * scale < minSide - 0.5) return null
  if (least > most) return null
  const fit = (side: Pixels) => Math.min(most, Math.max(least, even(side * scale)))
  return { width: fit(width), height: fit(height) }
}

/** Even sides, the longer one at most `maxSide`. */
export function atMost({ width, height }: Size, maxSide: Pixels): Size {
  const scale = Math.min(1, maxSide / Math.max(width, height))
  const fit = (side: Pixels) => Math.max(2, Math.min(evenDown(maxSide), even(side * scale)))
  return { width: fit(width), height: fit(height) }
}

/** The same picture with about `share` of the pixels; null when that is too small for `minSide`. */
export function shrink(size: Size, share: number, minSide: Pixels | null): Size | null {
  const scale = Math.sqrt(share)
  const smaller = { width: even(size.width * scale), height: even(size.height * scale) }
  return Math.min(smaller.width, smaller.height) < (minSide ?? 64) ? null : smaller
}
