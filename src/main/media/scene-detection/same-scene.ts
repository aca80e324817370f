import { type FrameSignature, colourDistance, difference } from './frame-signature.ts'

/** The side of a block to find in the other frame, in pixels of a signature. */
const block = 8
/** The search distance: a ninth of the frame width in one frame is faster than people move. */
const search = 7
/** Detail below this many levels (root mean square) is noise or flat, and tells nothing about the scene. */
const faint = 2.2

type Parts = {
  /** How well the blocks of a frame are found nearby, from 0 to 1; null where none has detail. */
  readonly match: number | null
  /** The same without moving the blocks. */
  readonly inPlace: number
  /** Share of the blocks with detail that have left their place. */
  readonly moved: number
  /** How far the blocks moved on average, in frame widths. */
  readonly distance: number
  /** Share of the blocks that have detail. */
  readonly covered: number
}

/** Positions of blocks along a side; the last one ends at the edge. */
function starts(length: number): readonly number[] {
  const count = Math.max(1, Math.ceil(length / block))
  return Array.from({ length: count }, (_, nth) =>
    count === 1 ? 0 : Math.round((nth * (length - block)) / (count - 1)),
  )
}

function correlation(
  a: FrameSignature,
  b: FrameSignature,
  x: number,
  y: number,
  u: number,
  v: number,
): number {
  const { width } = a.size
  let dot = 0
  let left = 0
  let right = 0
  for (let row = 0; row < block; row += 1) {
    let p = (y + row) * width + x
    let q = (v + row) * width + u
    for (let column = 0; column < block; column += 1, p += 1, q += 1) {
      const one = a.detail[p] ?? 0
      const other = b.detail[q] ?? 0
      dot += one * other
      left += one * one
      right += other * other
    }
  }
  // The constant keeps noise in a flat area from looking like a perfect match.
  return dot <= 0 ? 0 : dot / Math.sqrt((left + 64) * (right + 64))
}

function rms(signature: FrameSignature, x: number, y: number): number {
  let sum = 0
  for (let row = 0; row < block; row += 1)
    for (let column = 0; column < block; column += 1)
      sum += (signature.detail[(y + row) * signature.size.width + x + column] ?? 0) ** 2
  return Math.sqrt(sum / (block * block))
}

/** Searches for every block of one frame near its place in the other. */
export function findParts(a: FrameSignature, b: FrameSignature): Parts {
  const { width, height } = a.size
  const rows = starts(height)
  const columns = starts(width)
  let weight = 0
  let match = 0
  let inPlace = 0
  let moved = 0
  let distance = 0
  let detailed = 0
  for (const y of rows)
    for (const x of columns) {
      const strength = rms(a, x, y)
      if (strength < faint) continue
      detailed += 1
      // Weighted so that neither one sharp edge nor many faint ones dominate.
      const share = Math.sqrt(strength)
      const still = correlation(a, b, x, y, x, y)
      let best = still
      let way = 0
      if (still < 0.97)
        for (let v = Math.max(0, y - search); v <= Math.min(height - block, y + search); v += 1)
          for (let u = Math.max(0, x - search); u <= Math.min(width - block, x + search); u += 1) {
            const found = correlation(a, b, x, y, u, v)
            if (found <= best) continue
            best = found
            way = Math.hypot(u - x, v - y)
          }
      weight += share
      match += share * best
      inPlace += share * still
      moved += share * (still < 0.5 ? 1 : 0)
      distance += share * way
    }
  const covered = detailed / (rows.length * columns.length)
  if (weight === 0) return { match: null, inPlace: 1, moved: 0, distance: 0, covered }
  return {
    match: match / weight,
    inPlace: inPlace / weight,
    moved: moved / weight,
    distance: distance / weight / width,
    covered,
  }
}

type Plane = { readonly width: number; readonly height: number; readonly values: Float32Array }

/** The detail at half size, which is enough to find a shift of the whole frame. */
function halved({ size, detail }: FrameSignature): Plane {
  const width = size.width >> 1
  const height = size.height >> 1
  const values = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = 2 * y * size.width + 2 * x
      values[y * width + x] =
        ((detail[at] ?? 0) +
          (detail[at + 1] ?? 0) +
          (detail[at + size.width] ?? 0) +
          (detail[at + size.width + 1] ?? 0)) /
        4
    }
  return { width, height, values }
}

function overlapCorrelation(a: Plane, b: Plane, dx: number, dy: number): number {
  const { width, height } = a
  let dot = 0
  let left = 0
  let right = 0
  for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y += 1) {
    let p = y * width + Math.max(0, -dx)
    let q = (y + dy) * width + Math.max(0, dx)
    for (let x = Math.max(0, -dx); x < Math.min(width, width - dx); x += 1, p += 1, q += 1) {
      const one = a.values[p] ?? 0
      const other = b.values[q] ?? 0
      dot += one * other
      left += one * one
      right += other * other
    }
  }
  return dot <= 0 ? 0 : dot / Math.sqrt((left + 1) * (right + 1))
}

type Shift = {
  readonly match: number
  /** In frame widths. */
  readonly distance: number
}

/** With a larger shift the frames overlap too little to tell a match from chance. */
const maxShift = 0.6

function bestShift(a: Plane, b: Plane, most: number): Shift {
  let match = 0
  let distance = 0
  const acrossMost = Math.round(a.width * most)
  const downMost = Math.round(a.height * most)
  for (let dy = -downMost; dy <= downMost; dy += 1)
    for (let dx = -acrossMost; dx <= acrossMost; dx += 1) {
      const found = overlapCorrelation(a, b, dx, dy)
      if (found <= match) continue
      match = found
      distance = Math.hypot(dx, dy) / a.width
    }
  return { match, distance }
}

/** The best shift of the whole frame, as a camera pan makes it. */
export const findShift = (a: FrameSignature, b: FrameSignature): Shift =>
  bestShift(halved(a), halved(b), maxShift)

/** A block match this good means the same scene; different scenes reach 0.63 by chance, a rotating one 0.67. */
const recognised = 0.65
/** The match of a whole-frame shift; different scenes reach 0.65 where they overlap little. */
const shifted = 0.7
const surely = 0.85
/** From this distance on, motion of a person or the camera does not explain the colours. */
const newColours = 15
/** New shapes in the same colours are another view of the same place: two places are hardly ever that similar. */
const sameColours = 8
/** With less detail than this, only brightness and colours are left to compare. */
const bare = 0.12
/** Then only a change this many times larger than those around it counts. */
const bareAlone = 4
/** A smaller colour distance means the same place. */
const sameLight = 12
/** A jump never changes brightness by this much; switching a lamp does. */
const lamp = 25
/** Share of detailed blocks that have to move at once for a jump. */
const displaced = 0.12

/** `same`: nothing new; `jump`: the same scene from elsewhere; `other`: another scene. */
type Relation = 'same' | 'jump' | 'other'

const mean = (there: Parts, back: Parts) => ((there.match ?? 0) + (back.match ?? 0)) / 2

/** With hardly any detail, brightness and colours decide, then what little detail there is. */
function relateBare(a: FrameSignature, b: FrameSignature, match: number | null): Relation {
  if (findShift(a, b).match >= shifted) return 'same'
  if (colourDistance(a, b) >= sameLight) return 'other'
  return match === null || match >= 0.5 ? 'same' : 'other'
}

/** `alone`: how many times larger this change is than those around it. */
export function relate(a: FrameSignature, b: FrameSignature, alone: number): Relation {
  const there = findParts(a, b)
  const back = findParts(b, a)
  const match = mean(there, back)
  if (Math.min(there.covered, back.covered) < bare) {
    if (alone < bareAlone) return 'same'
    return relateBare(a, b, there.match === null && back.match === null ? null : match)
  }
  const recoloured = colourDistance(a, b)
  const shift = findShift(a, b).match
  // New colours and nothing in place: matching blocks are chance, unless all moved the same way.
  const elsewhere = recoloured >= newColours && Math.max(there.inPlace, back.inPlace) < 0.35
  if (shift >= (elsewhere ? surely : shifted) || (match >= recognised && !elsewhere)) {
    // Switching a lamp moves shadows, but no people.
    const moved = Math.max(there.moved, back.moved) >= displaced && recoloured < lamp
    return moved ? 'jump' : 'same'
  }
  return recoloured < sameColours ? 'jump' : 'other'
}

/** Whether `b` shows the scene of `a` again after a change of this size. */
export function comesBack(a: FrameSignature, b: FrameSignature, change: number): boolean {
  const left = difference(a, b) / change
  if (left >= 0.5) return false
  const there = findParts(a, b)
  const back = findParts(b, a)
  if (there.match === null || back.match === null) return left < 0.25
  const match = mean(there, back)
  return match >= recognised || (left < 0.25 && match >= 0.5)
}
