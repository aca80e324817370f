import type { PictureFrame } from '../../../../shared/domain/take.ts'
import {
  areaOf,
  cropToAspect,
  frameAround,
  type Area,
  type AspectRange,
  type Size,
} from '../../../../shared/domain/picture-geometry.ts'
import type { Pixels } from '../../../../shared/units.ts'

/** The edges that a handle moves: −1 the near one, 1 the far one, 0 none. */
export type Handle = { readonly name: string; readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 }

export const handles: readonly Handle[] = [
  { name: 'top left corner', x: -1, y: -1 },
  { name: 'top edge', x: 0, y: -1 },
  { name: 'top right corner', x: 1, y: -1 },
  { name: 'right edge', x: 1, y: 0 },
  { name: 'bottom right corner', x: 1, y: 1 },
  { name: 'bottom edge', x: 0, y: 1 },
  { name: 'bottom left corner', x: -1, y: 1 },
  { name: 'left edge', x: -1, y: 0 },
]

export type Bounds = {
  /** The whole picture. */
  readonly size: Size
  /** What the model takes; null where it says nothing. */
  readonly aspect: AspectRange | null
  /** The shortest side that is of use. */
  readonly least: Pixels
}

const clamp = (value: number, least: number, most: number) =>
  Math.min(Math.max(value, least), Math.max(least, most))

const round = ({ left, top, width, height }: Area): Area => ({
  left: Math.round(left),
  top: Math.round(top),
  width: Math.round(width),
  height: Math.round(height),
})

export const wholeOf = ({ width, height }: Size): Area => ({ left: 0, top: 0, width, height })

export const areaOfCrop = (crop: PictureFrame | null, size: Size): Area =>
  crop === null ? wholeOf(size) : areaOf(crop, size)

/** null where the area is all of the picture. */
export function cropOfArea(area: Area, size: Size): PictureFrame | null {
  const isWhole = area.width >= size.width && area.height >= size.height
  return isWhole ? null : frameAround(area, size)
}

/** Where the frame begins: as it was left, or the largest part that the model takes. */
export const startingArea = (crop: PictureFrame | null, { size, aspect }: Bounds): Area =>
  crop === null ? cropToAspect(wholeOf(size), aspect) : areaOf(crop, size)

/** Moves the frame; it stops at the edges of the picture. */
export const moveArea = (
  area: Area,
  by: { readonly x: Pixels; readonly y: Pixels },
  { size }: Bounds,
): Area =>
  round({
    ...area,
    left: clamp(area.left + by.x, 0, size.width - area.width),
    top: clamp(area.top + by.y, 0, size.height - area.height),
  })

/** The sides nearest to the wanted ones that the model takes and that there is room for. */
function fitSides(wanted: Size, room: Size, { aspect, least }: Bounds): Size {
  const shortest = Math.min(least, room.width, room.height)
  const width = clamp(Math.round(wanted.width), shortest, room.width)
  const height = clamp(Math.round(wanted.height), shortest, room.height)
  if (aspect === null) return { width, height }
  // The side that is too long for the other one gives way, as far as it may; then the other one follows.
  const slim = clamp(width, Math.ceil(height * aspect.min), Math.floor(height * aspect.max))
  if (slim <= room.width) return { width: slim, height }
  return {
    width: room.width,
    height: clamp(height, Math.ceil(room.width / aspect.max), Math.floor(room.width / aspect.min)),
  }
}

/** The position of a side that is anchored at the far end, at the near end, or in the middle. */
function place(start: number, before: number, after: number, moved: -1 | 0 | 1, most: number): number {
  if (moved === 1) return start
  if (moved === -1) return start + before - after
  return clamp(start + (before - after) / 2, 0, most - after)
}

/** Draws one handle of the frame; the opposite side stays where it is, and the aspect stays one that the model takes. */
export function dragHandle(
  area: Area,
  { x, y }: Pick<Handle, 'x' | 'y'>,
  by: { readonly x: Pixels; readonly y: Pixels },
  bounds: Bounds,
): Area {
  const { size, aspect } = bounds
  const room = {
    width: x === 1 ? size.width - area.left : x === -1 ? area.left + area.width : size.width,
    height: y === 1 ? size.height - area.top : y === -1 ? area.top + area.height : size.height,
  }
  const wanted = { width: area.width + x * by.x, height: area.height + y * by.y }
  // Drawing an edge beyond the aspect takes the other side along instead of stopping there.
  if (aspect !== null && y === 0)
    wanted.height = clamp(wanted.height, wanted.width / aspect.max, wanted.width / aspect.min)
  const sides = fitSides(wanted, room, bounds)
  return round({
    ...sides,
    left: place(area.left, area.width, sides.width, x, size.width),
    top: place(area.top, area.height, sides.height, y, size.height),
  })
}

/** Makes the frame larger or smaller about its middle, with its aspect kept. */
export function scaleArea(area: Area, factor: number, bounds: Bounds): Area {
  const { size, least } = bounds
  const most = Math.min(size.width / area.width, size.height / area.height)
  const fewest = Math.min(1, Math.min(least, size.width, size.height) / Math.min(area.width, area.height))
  const by = clamp(factor, fewest, most)
  const sides = fitSides(
    { width: Math.round(area.width * by), height: Math.round(area.height * by) },
    size,
    bounds,
  )
  const left = area.left + (area.width - sides.width) / 2
  const top = area.top + (area.height - sides.height) / 2
  return moveArea({ ...sides, left, top }, { x: 0, y: 0 }, bounds)
}
