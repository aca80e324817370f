import { type Affine, apply, inverse, type Point } from './affine.ts'

/** Three bytes a pixel, row by row. */
export type Canvas = { readonly width: number; readonly height: number; readonly pixels: Uint8Array }

/** Four bytes a pixel; the colours are multiplied with the opacity. */
export type Sprite = {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
  /** What is between a pixel and its neighbours to the right and below: most of a drawing is of one colour. */
  readonly between: Uint8Array
}
const [nothing, one, several] = [0, 1, 2]

/** Knows of each pixel whether something has to be mixed there. */
export function createSprite({ width, height, pixels }: Omit<Sprite, 'between'>): Sprite {
  const between = new Uint8Array(width * height).fill(several)
  const colours = new Uint32Array(new Uint8Array(pixels).buffer)
  const isClear = (x: number, y: number) => pixels[(y * width + x) * 4 + 3] === 0
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const at = y * width + x
      const colour = colours[at]
      const same =
        colours[at + 1] === colour && colours[at + width] === colour && colours[at + width + 1] === colour
      if (!same) continue
      if (isClear(x, y)) between[at] = nothing
      else if (pixels[at * 4 + 3] === 255) between[at] = one
    }
  }
  return { width, height, pixels, between }
}

export type Colour = readonly [red: number, green: number, blue: number]

/** Lays a sprite on the canvas; `place` leads from its pixels to those of the canvas. */
export function drawSprite(canvas: Canvas, sprite: Sprite, place: Affine): void {
  const corners = [0, sprite.width].flatMap((x) => [0, sprite.height].map((y) => apply(place, { x, y })))
  const area = clipped(canvas, corners, 1)
  const [a, b, c, d, e, f] = inverse(place)
  const { width, height, pixels: source, between } = sprite
  const { pixels } = canvas
  for (let row = area.top; row < area.bottom; row++) {
    // The middle of a pixel; the sprite's own pixels have their middles at halves too.
    const u0 = c * (row + 0.5) + e + a * 0.5 - 0.5
    const v0 = d * (row + 0.5) + f + b * 0.5 - 0.5
    const inU = span(u0, a, width)
    const inV = span(v0, b, height)
    const from = Math.max(area.left, Math.ceil(Math.max(inU[0], inV[0])))
    const to = Math.min(area.right - 1, Math.floor(Math.min(inU[1], inV[1])))
    let at = (row * canvas.width + from) * 3
    for (let column = from; column <= to; column++, at += 3) {
      const u = u0 + a * column
      const v = v0 + b * column
      const spot = u < 0 || v < 0 ? -1 : (v | 0) * width + (u | 0)
      const kind = spot < 0 ? several : between[spot]
      if (kind === nothing) continue
      if (kind === one) {
        pixels[at] = source[spot * 4] ?? 0
        pixels[at + 1] = source[spot * 4 + 1] ?? 0
        pixels[at + 2] = source[spot * 4 + 2] ?? 0
      } else blend(canvas, at, sprite, u, v)
    }
  }
}

/** Between which steps a value that starts at `start` and grows by `step` is on the sprite, or half on its edge. */
function span(start: number, step: number, length: number): readonly [number, number] {
  const [least, most] = [-1, length]
  if (Math.abs(step) < 1e-9) return start > least && start < most ? [-Infinity, Infinity] : [1, 0]
  const ends = [(least - start) / step, (most - start) / step] as const
  return step > 0 ? ends : [ends[1], ends[0]]
}

/** Takes the sprite between four of its pixels; beyond its edge it is clear. No closure: this runs for every edge. */
function blend({ pixels }: Canvas, at: number, sprite: Sprite, u: number, v: number): void {
  const { width, height, pixels: source } = sprite
  const x = Math.floor(u)
  const y = Math.floor(v)
  const toRight = x < width - 1 ? u - x : 0
  const toLeft = x < 0 ? 0 : 1 - (u - x)
  const toBottom = y < height - 1 ? v - y : 0
  const toTop = y < 0 ? 0 : 1 - (v - y)
  const top = Math.max(0, y) * width
  const bottom = Math.min(height - 1, y + 1) * width
  const left = Math.max(0, x)
  const right = Math.min(width - 1, x + 1)
  const one = (top + left) * 4
  const two = (top + right) * 4
  const three = (bottom + left) * 4
  const four = (bottom + right) * 4
  const ofOne = toTop * toLeft
  const ofTwo = toTop * toRight
  const ofThree = toBottom * toLeft
  const ofFour = toBottom * toRight
  const alpha =
    ofOne * (source[one + 3] ?? 0) +
    ofTwo * (source[two + 3] ?? 0) +
    ofThree * (source[three + 3] ?? 0) +
    ofFour * (source[four + 3] ?? 0)
  if (alpha === 0) return
  const under = 1 - alpha / 255
  for (let channel = 0; channel < 3; channel++) {
    pixels[at + channel] =
      under * (pixels[at + channel] ?? 0) +
      ofOne * (source[one + channel] ?? 0) +
      ofTwo * (source[two + channel] ?? 0) +
      ofThree * (source[three + channel] ?? 0) +
      ofFour * (source[four + channel] ?? 0) +
      0.5
  }
}

/** Mixes a colour into one pixel. */
export function mix(pixels: Uint8Array, at: number, colour: Colour, share: number): void {
  if (share <= 0) return
  const under = 1 - share
  pixels[at] = colour[0] * share + under * (pixels[at] ?? 0) + 0.5
  pixels[at + 1] = colour[1] * share + under * (pixels[at + 1] ?? 0) + 0.5
  pixels[at + 2] = colour[2] * share + under * (pixels[at + 2] ?? 0) + 0.5
}

export type Shade = Point & {
  readonly wide: number
  readonly high: number
  readonly colour: Colour
  readonly opacity: number
}

/** A shadow on the floor: an ellipse that fades out over the outer half. */
export function drawShade(canvas: Canvas, { x, y, wide, high, colour, opacity }: Shade): void {
  const area = clipped(
    canvas,
    [
      { x: x - wide, y: y - high },
      { x: x + wide, y: y + high },
    ],
    0,
  )
  for (let row = area.top; row < area.bottom; row++) {
    for (let column = area.left; column < area.right; column++) {
      const away = Math.hypot((column + 0.5 - x) / wide, (row + 0.5 - y) / high)
      if (away >= 1) continue
      const share = Math.min(1, (1 - away) * 2)
      mix(canvas.pixels, (row * canvas.width + column) * 3, colour, opacity * share * share * (3 - 2 * share))
    }
  }
}

export type Area = {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The pixels around these points that are on the canvas; right and bottom are not included. */
export function clipped({ width, height }: Canvas, points: readonly Point[], border: number): Area {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  return {
    left: Math.max(0, Math.floor(Math.min(...xs) - border)),
    right: Math.min(width, Math.ceil(Math.max(...xs) + border)),
    top: Math.max(0, Math.floor(Math.min(...ys) - border)),
    bottom: Math.min(height, Math.ceil(Math.max(...ys) + border)),
  }
}

/** A small copy, at most this long: each pixel is the mean of those it stands for. */
export function shrink(picture: Canvas, side: number): Canvas {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const sums = new Float64Array(width * height * 3)
  const counts = new Uint32Array(width * height)
  const columns = Uint32Array.from({ length: picture.width }, (_, x) =>
    Math.floor((x * width) / picture.width),
  )
  for (let y = 0; y < picture.height; y++) {
    const row = Math.floor((y * height) / picture.height) * width
    for (let x = 0; x < picture.width; x++) {
      const cell = row + (columns[x] ?? 0)
      const from = (y * picture.width + x) * 3
      for (let channel = 0; channel < 3; channel++) {
        const at = cell * 3 + channel
        sums[at] = (sums[at] ?? 0) + (picture.pixels[from + channel] ?? 0)
      }
      counts[cell] = (counts[cell] ?? 0) + 1
    }
  }
  const pixels = Uint8Array.from(sums, (sum, at) => Math.round(sum / (counts[Math.floor(at / 3)] ?? 1)))
  return { width, height, pixels }
}

/** A canvas of its own with the same picture. A buffer's own `slice` would be the same memory. */
export const copyOf = ({ width, height, pixels }: Canvas): Canvas => ({
  width,
  height,
  pixels: new Uint8Array(pixels),
})
