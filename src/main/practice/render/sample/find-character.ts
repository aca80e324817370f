import { type Canvas, shrink } from '../canvas.ts'
import type { Rig } from './rig.ts'

/** Where the sample's picture is in another one: its scale, and its upper left corner. */
export type Placement = { readonly scale: number; readonly x: number; readonly y: number }

/** The longer side, in pixels, of what is searched, and of what the place is then refined on. */
const coarse = 60
const fine = 240
/** The mean difference of a colour, in levels: compression and rounding stay below, another picture does not. */
const same = 12
/** As different as this, the picture is certainly there, and whole. */
const exact = 4
/** At least this share of the character must be in the picture. */
const leastSeen = 0.6
/** Of the picture, in each of the main colours. */
const leastColour = 0.01
/** After this many cells a place is given up that is far off. */
const firstCells = 20

/**
 * Finds the sample's character in a picture, also when that was cropped, padded, scaled or compressed. Null when it is
 * another picture.
 */
export function findCharacter(picture: Canvas, rig: Rig): Placement | null {
  const print = printOf(rig)
  const [columns, rows] = rig.size
  const fits = Math.min(picture.width / columns, picture.height / rows)
  const whole = {
    scale: fits,
    x: (picture.width - columns * fits) / 2,
    y: (picture.height - rows * fits) / 2,
  }
  const small = shrink(picture, fine)
  if (!hasColours(small, rig)) return null
  const clear = sumsOf(small)
  const larger = clear.width / picture.width
  if (difference(clear, print, times(whole, larger), exact) < exact) return whole
  const first = search(sumsOf(shrink(small, coarse)), print, rig)
  if (!first) return null
  const found = refine(clear, print, times(first, fine / coarse), rig)
  return found && times(found, 1 / larger)
}

const times = ({ scale, x, y }: Placement, by: number): Placement => ({
  scale: scale * by,
  x: x * by,
  y: y * by,
})

/** Whether there is enough of the two main colours: most other pictures are told by that, without a search. */
function hasColours({ pixels }: Canvas, { leg, arm }: Rig): boolean {
  return [leg.fur, arm.sleeve].every(([red, green, blue]) => {
    let found = 0
    for (let at = 0; at < pixels.length; at += 3) {
      const [x = 0, y = 0, z = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]]
      if (Math.abs(x - red) + Math.abs(y - green) + Math.abs(z - blue) < 60) found += 3
    }
    return found > pixels.length * leastColour
  })
}

/** Tries every place at every likely scale on a small copy. */
function search(small: Sums, print: Print, { size: [columns, rows] }: Rig): Placement | null {
  let best: { away: number; place: Placement | null } = { away: same * 2, place: null }
  const fits = Math.min(small.width / columns, small.height / rows)
  for (let step = -14; step <= 16; step++) {
    const scale = fits * 1.045 ** step
    const [wide, high] = [columns * scale, rows * scale]
    for (let y = -high * 0.45; y <= small.height - high * 0.55; y++) {
      for (let x = -wide * 0.45; x <= small.width - wide * 0.55; x++) {
        const away = difference(small, print, { scale, x, y }, best.away)
        if (away < best.away) best = { away, place: { scale, x, y } }
      }
    }
  }
  return best.place
}

/** Goes to the best place nearby, in ever smaller steps; null when it is not good enough. */
function refine(
  clear: Sums,
  print: Print,
  start: Placement,
  { size: [columns, rows] }: Rig,
): Placement | null {
  let best = { away: difference(clear, print, start, Infinity), place: start }
  for (let step = fine / coarse; step > 0.1; step /= 1.5) {
    const { place } = best
    for (const grow of [-1, 0, 1]) {
      for (const down of [-1, 0, 1]) {
        for (const across of [-1, 0, 1]) {
          // Grows around the middle.
          const by = (grow * step) / rows
          const next = {
            scale: place.scale + by,
            x: place.x + across * step - (by * columns) / 2,
            y: place.y + down * step - (by * rows) / 2,
          }
          const away = difference(clear, print, next, best.away)
          if (away < best.away) best = { away, place: next }
        }
      }
    }
  }
  return best.away < same ? best.place : null
}

type Cell = {
  /** The middle, in pixels of the picture. */
  readonly x: number
  readonly y: number
  readonly colour: readonly [number, number, number]
  /** More where the character is than where the wall is. */
  readonly weight: number
}
type Print = {
  readonly cells: readonly Cell[]
  /** Of one cell, in pixels of the picture. */
  readonly side: number
  readonly weight: number
}

function printOf({ size, print: { columns, rows, colours }, ground }: Rig): Print {
  const bytes = Buffer.from(colours, 'base64')
  const side = size[0] / columns
  const cells = Array.from({ length: columns * rows }, (_, cell): Cell => {
    const [red = 0, green = 0, blue = 0] = bytes.subarray(cell * 3, cell * 3 + 3)
    const fromWall = Math.abs(red - ground[0]) + Math.abs(green - ground[1]) + Math.abs(blue - ground[2])
    return {
      x: ((cell % columns) + 0.5) * side,
      y: (Math.floor(cell / columns) + 0.5) * side,
      colour: [red, green, blue],
      weight: fromWall < 12 ? 0.25 : 1,
    }
  })
  // From all over the picture, what counts most first: a wrong place is then known after a few.
  const mixed = cells
    .map((_, index) => cells[(index * 271) % cells.length])
    .filter((cell) => cell !== undefined)
  return {
    cells: mixed.toSorted((one, other) => other.weight - one.weight),
    side,
    weight: cells.reduce((sum, { weight }) => sum + weight, 0),
  }
}

/** The mean difference between the character's colours and the picture's, or Infinity once it is above the limit. */
function difference(
  on: Sums,
  { cells, side, weight }: Print,
  { scale, x, y }: Placement,
  limit: number,
): number {
  let [sum, seen, tried] = [0, 0, 0]
  const half = (side * scale) / 2
  for (const cell of cells) {
    const [column, row] = [cell.x * scale + x, cell.y * scale + y]
    if (column < 0 || row < 0 || column >= on.width || row >= on.height) continue
    const away = awayFrom(on, cell.colour, { column, row, half })
    sum += away * cell.weight
    seen += cell.weight
    tried += 1
    if (sum > limit * weight || (tried === firstCells && sum > 2 * limit * seen)) return Infinity
  }
  return seen < weight * leastSeen ? Infinity : sum / seen
}

/** How far the mean of a block is from a colour. */
function awayFrom(
  { width, height, sums }: Sums,
  colour: Cell['colour'],
  { column, row, half }: { readonly column: number; readonly row: number; readonly half: number },
): number {
  const left = Math.max(0, Math.round(column - half))
  const top = Math.max(0, Math.round(row - half))
  const right = Math.min(width, Math.max(left + 1, Math.round(column + half)))
  const bottom = Math.min(height, Math.max(top + 1, Math.round(row + half)))
  const pixels = (right - left) * (bottom - top)
  const line = (width + 1) * 3
  let away = 0
  for (let channel = 0; channel < 3; channel++) {
    const at = (x: number, y: number) => sums[y * line + x * 3 + channel] ?? 0
    const mean = (at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)) / pixels
    away += Math.abs(mean - (colour[channel] ?? 0)) / 3
  }
  return away
}

/** A small copy of a picture: at each corner of its pixels the sum of all colours above and to the left. */
type Sums = { readonly width: number; readonly height: number; readonly sums: Float64Array }

function sumsOf({ width, height, pixels }: Canvas): Sums {
  const line = (width + 1) * 3
  const sums = new Float64Array(line * (height + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * 3; x++) {
      const at = (y + 1) * line + x + 3
      const [left, above, both] = [sums[at - 3] ?? 0, sums[at - line] ?? 0, sums[at - line - 3] ?? 0]
      sums[at] = left + above - both + (pixels[y * width * 3 + x] ?? 0)
    }
  }
  return { width, height, sums }
}
