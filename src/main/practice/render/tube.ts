import type { Point } from './affine.ts'
import { type Area, type Canvas, clipped, type Colour, mix } from './canvas.ts'

/** A part of a tube, from one distance along it to another. */
type Band = { readonly from: number; readonly to: number; readonly colour: Colour; readonly radius?: number }

/** A limb of even thickness along a line: round where it starts. */
export type Tube = {
  readonly path: readonly Point[]
  readonly radius: number
  readonly colour: Colour
  readonly bands?: readonly Band[]
  readonly end: 'round' | 'flat'
}

/** Draws a tube with smooth edges. */
export function drawTube(canvas: Canvas, tube: Tube): void {
  const { path, radius, colour, bands = [], end } = tube
  const widest = Math.max(radius, ...bands.map((band) => band.radius ?? 0)) + 1
  const area = clipped(canvas, path, widest)
  const width = area.right - area.left
  if (width <= 0 || area.bottom <= area.top) return
  const { near, along, length } = distances(path, area, widest)
  let cell = 0
  for (let row = area.top; row < area.bottom; row++) {
    let at = (row * canvas.width + area.left) * 3
    for (const last = cell + width; cell < last; cell++, at += 3) {
      const squared = near[cell] ?? Infinity
      if (squared > widest * widest) continue
      const away = Math.sqrt(squared)
      const place = along[cell] ?? 0
      const inside = end === 'flat' ? share(length - place) : 1
      mix(canvas.pixels, at, colour, share(radius - away) * inside)
      for (const band of bands) {
        if (place < band.from - 1 || place > band.to + 1) continue
        const cover = Math.min(share(place - band.from), share(band.to - place))
        mix(canvas.pixels, at, band.colour, cover * share((band.radius ?? radius) - away) * inside)
      }
    }
  }
}

/** How much of a pixel is inside when its middle is this far from the edge. */
const share = (inside: number) => Math.max(0, Math.min(1, inside + 0.5))

/** Kept from tube to tube: making room for each would take longer than drawing it. */
let room = { near: new Float32Array(0), along: new Float32Array(0) }

/** For each pixel of the area: the squared distance to the line, and how far along the line that is. */
function distances(path: readonly Point[], area: Area, reach: number) {
  const width = area.right - area.left
  const cells = width * (area.bottom - area.top)
  if (room.near.length < cells) room = { near: new Float32Array(cells), along: new Float32Array(cells) }
  const { near, along } = room
  near.fill(Infinity, 0, cells)
  let length = 0
  for (const [index, from] of path.entries()) {
    const to = path[index + 1]
    if (!to) break
    const long = Math.hypot(to.x - from.x, to.y - from.y)
    if (long < 1e-6) continue
    const alongX = (to.x - from.x) / long
    const alongY = (to.y - from.y) / long
    // Beyond the end the distance continues, so that a flat end can be cut there.
    const most = index === path.length - 2 ? Infinity : long
    const left = Math.max(area.left, Math.floor(Math.min(from.x, to.x) - reach))
    const right = Math.min(area.right, Math.ceil(Math.max(from.x, to.x) + reach))
    const top = Math.max(area.top, Math.floor(Math.min(from.y, to.y) - reach))
    const bottom = Math.min(area.bottom, Math.ceil(Math.max(from.y, to.y) + reach))
    for (let y = top; y < bottom; y++) {
      const py = y + 0.5 - from.y
      let cell = (y - area.top) * width + left - area.left
      for (let x = left; x < right; x++, cell++) {
        const px = x + 0.5 - from.x
        const free = px * alongX + py * alongY
        const held = free < 0 ? 0 : free > long ? long : free
        const offX = px - alongX * held
        const offY = py - alongY * held
        const squared = offX * offX + offY * offY
        if (squared >= (near[cell] ?? 0)) continue
        near[cell] = squared
        along[cell] = length + Math.min(most, Math.max(0, free))
      }
    }
    length += long
  }
  return { near, along, length }
}

/** A limb that bends softly: from its root past its joint to its end. */
export function bentPath(root: Point, joint: Point, end: Point, pieces = 8): readonly Point[] {
  // The curve passes between the joint and the straight line, nearer to the joint.
  const pull = 1.55
  const middle = { x: (root.x + end.x) / 2, y: (root.y + end.y) / 2 }
  const handle = { x: middle.x + (joint.x - middle.x) * pull, y: middle.y + (joint.y - middle.y) * pull }
  return Array.from({ length: pieces + 1 }, (_, piece) => {
    const t = piece / pieces
    const [before, at, after] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2]
    return {
      x: before * root.x + at * handle.x + after * end.x,
      y: before * root.y + at * handle.y + after * end.y,
    }
  })
}
