import type { FitChoices, PictureFrame } from './take.ts'
import { type Pixels, roundingTolerance } from '../units.ts'

export type Size = { readonly width: Pixels; readonly height: Pixels }
/** A part of a picture in whole pixels. */
export type Area = Size & { readonly left: Pixels; readonly top: Pixels }
/** Width divided by height. */
export type AspectRange = { readonly min: number; readonly max: number }

export type PictureLimits = {
  readonly minSide: Pixels | null
  readonly maxSide: Pixels | null
  readonly aspect: AspectRange | null
}

/** How an upright picture becomes the one that is sent. */
export type PictureLayout = {
  /** The part that is kept. */
  readonly kept: Area
  /** What is written. */
  readonly canvas: Size
  /** Where the kept part is on the canvas, scaled to this size; the rest is background. */
  readonly shown: Area
}

/** A crop's edge may be a rounding error away from the pixel it was drawn on. */

const whole = (size: Size): Area => ({ left: 0, top: 0, width: size.width, height: size.height })
const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/** Start and length of the whole pixels between two fractions of a side; never none. */
function pixelsBetween(from: number, to: number, side: Pixels): readonly [Pixels, Pixels] {
  const first = within(Math.ceil(from * side - roundingTolerance), 0, side - 1)
  const end = within(Math.floor(to * side + roundingTolerance), first + 1, side)
  return [first, end - first]
}

/** The whole pixels inside a frame. */
export function areaOf(frame: PictureFrame, size: Size): Area {
  const [left, width] = pixelsBetween(frame.x, frame.x + frame.width, size.width)
  const [top, height] = pixelsBetween(frame.y, frame.y + frame.height, size.height)
  return { left, top, width, height }
}

/** The frame around an area; `areaOf` gives the same area back. */
export const frameAround = (area: Area, size: Size): PictureFrame => ({
  x: area.left / size.width,
  y: area.top / size.height,
  width: area.width / size.width,
  height: area.height / size.height,
})

const hasAspect = ({ width, height }: Size, { min, max }: AspectRange) =>
  width >= min * height && width <= max * height

const nearestAspect = ({ width, height }: Size, range: AspectRange | null) =>
  range === null ? width / height : within(width / height, range.min, range.max)

/** The largest part of the aspect in the middle of an area. */
export function cropToAspect(area: Area, range: AspectRange | null): Area {
  if (range === null || hasAspect(area, range)) return area
  const aspect = nearestAspect(area, range)
  const ideal =
    area.width > aspect * area.height
      ? { width: aspect * area.height, height: area.height }
      : { width: area.width, height: area.width / aspect }
  const { width, height } = wholeSize(ideal, { aspect: range, least: 1, most: area }) ?? area
  return {
    left: area.left + Math.floor((area.width - width) / 2),
    top: area.top + Math.floor((area.height - height) / 2),
    width,
    height,
  }
}

type Bounds = {
  readonly aspect: AspectRange | null
  readonly least: Pixels
  readonly most: Size
}

/** How far from the ideal side a whole one is looked for: a narrow aspect is only met by a few pairs of sides. */
const reach = 64

/** The whole sides nearest to `ideal` that keep all bounds exactly; null where there are none near. */
function wholeSize(ideal: Size, { aspect, least, most }: Bounds): Size | null {
  const middle = Math.round(ideal.height)
  for (let step = 0; step <= reach * 2; step += 1) {
    const height = middle + (step % 2 === 0 ? -step / 2 : (step + 1) / 2)
    if (height < least || height > most.height) continue
    const narrowest = Math.max(least, Math.ceil((aspect?.min ?? 0) * height - roundingTolerance))
    const widest = Math.min(most.width, Math.floor((aspect?.max ?? Infinity) * height + roundingTolerance))
    if (narrowest > widest) continue
    const size = {
      width: within(Math.round((ideal.width * height) / ideal.height), narrowest, widest),
      height,
    }
    if (aspect === null || hasAspect(size, aspect)) return size
  }
  return null
}

/** By how much sides are scaled to be within the limits; null where no factor does it. */
function scaleInto({ width, height }: Size, { minSide, maxSide }: PictureLimits): number | null {
  const down = maxSide === null ? 1 : Math.min(1, maxSide / Math.max(width, height))
  const up = minSide === null ? down : Math.max(down, minSide / Math.min(width, height))
  return maxSide !== null && up * Math.max(width, height) > maxSide + roundingTolerance ? null : up
}

/** In the middle of the canvas, touching two opposite edges of it. */
function shownOn(canvas: Size, kept: Size, padded: boolean): Area {
  if (!padded) return whole(canvas)
  const scale = Math.min(canvas.width / kept.width, canvas.height / kept.height)
  const width = within(Math.round(kept.width * scale), 1, canvas.width)
  const height = within(Math.round(kept.height * scale), 1, canvas.height)
  return {
    left: Math.floor((canvas.width - width) / 2),
    top: Math.floor((canvas.height - height) / 2),
    width,
    height,
  }
}

/**
 * Which part of an upright picture is kept and how it is laid on what is written: first the user's frame, then the
 * aspect by padding or cropping, then the sides, with `scale` (at most 1) of the pixels' side that would be left. All
 * limits hold for the whole numbers. null where they contradict each other for this picture.
 */
export function layOut(
  size: Size,
  { crop, aspect }: Pick<FitChoices, 'aspect' | 'crop'>,
  limits: PictureLimits,
  scale = 1,
): PictureLayout | null {
  const framed = crop === null ? whole(size) : areaOf(crop, size)
  const kept = aspect === 'crop' ? cropToAspect(framed, limits.aspect) : framed
  const padded = limits.aspect !== null && !hasAspect(kept, limits.aspect)
  const ratio = padded ? nearestAspect(kept, limits.aspect) : kept.width / kept.height
  const full = {
    width: Math.max(kept.width, kept.height * ratio),
    height: Math.max(kept.height, kept.width / ratio),
  }
  const fitting = scaleInto(full, limits)
  if (fitting === null) return null
  const factor = Math.max(fitting * scale, (limits.minSide ?? 0) / Math.min(full.width, full.height))
  const most = limits.maxSide ?? Infinity
  const canvas =
    factor === 1 && !padded
      ? { width: kept.width, height: kept.height }
      : wholeSize(
          { width: full.width * factor, height: full.height * factor },
          { aspect: limits.aspect, least: limits.minSide ?? 1, most: { width: most, height: most } },
        )
  return canvas && { kept, canvas, shown: shownOn(canvas, kept, padded) }
}
