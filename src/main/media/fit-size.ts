import type { Pixels } from '../../shared/units.ts'

export type Size = { readonly width: Pixels; readonly height: Pixels }

type Sides = { readonly minSide: Pixels | null; readonly maxSide: Pixels | null }

const even = (value: number) => Math.max(2, Math.round(value / 2) * 2)

/** Even sides at most `maxSide` long, by scaling down; rounding never takes a side below `minSide`. */
export function fitSize({ width, height }: Size, { minSide, maxSide }: Sides): Size {
  const scale = maxSide === null ? 1 : Math.min(1, maxSide / Math.max(width, height))
  const fit = (side: Pixels) => {
    const rounded = even(side * scale)
    if (maxSide !== null && rounded > maxSide) return rounded - 2
    if (minSide !== null && side * scale >= minSide - 0.5 && rounded < minSide) return rounded + 2
    return rounded
  }
  return { width: fit(width), height: fit(height) }
}

/** The same picture with about `share` of the pixels; null when that is too small for `minSide`. */
export function shrink(size: Size, share: number, minSide: Pixels | null): Size | null {
  const scale = Math.sqrt(share)
  const smaller = { width: even(size.width * scale), height: even(size.height * scale) }
  return Math.min(smaller.width, smaller.height) < (minSide ?? 64) ? null : smaller
}
