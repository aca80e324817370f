import { realTools, runTool } from '../processes/tools.ts'

/**
 * Small films with a known cutting list. A place is a painted picture larger than the frame; a camera looks at a part
 * of it, and somebody may dance in front. Everything follows from the seed.
 */
export type Random = () => number

/** mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Colour = readonly [luma: number, blue: number, red: number]

type Planes = readonly [luma: Float32Array, blue: Float32Array, red: Float32Array]
/** Painted when it is first looked at. */
export type Place = { readonly planes: Planes }

export type PlaceLook = {
  /** Middle of the brightness and how far it reaches to both sides. */
  readonly light?: number
  readonly contrast?: number
  readonly colour?: readonly [number, number]
  readonly things?: number
  /** 0: only smooth light; 1: rough everywhere. */
  readonly rough?: number
}

function smoothNoise(side: number, cell: number, random: Random): Float32Array {
  const count = Math.ceil(side / cell) + 2
  const grid = Float32Array.from({ length: count * count }, () => random() * 2 - 1)
  const out = new Float32Array(side * side)
  for (let y = 0; y < side; y += 1) {
    const iy = Math.floor(y / cell)
    const fy = y / cell - iy
    for (let x = 0; x < side; x += 1) {
      const ix = Math.floor(x / cell)
      const fx = x / cell - ix
      const at = iy * count + ix
      const upper = (grid[at] ?? 0) * (1 - fx) + (grid[at + 1] ?? 0) * fx
      const lower = (grid[at + count] ?? 0) * (1 - fx) + (grid[at + count + 1] ?? 0) * fx
      out[y * side + x] = upper * (1 - fy) + lower * fy
    }
  }
  return out
}

function paint(seed: number, look: PlaceLook): Planes {
  const random = randomFrom(seed)
  const { light = 70 + random() * 100, contrast = 60, things = 24, rough = 0.6 } = look
  const [blue, red] = look.colour ?? [128 + (random() - 0.5) * 50, 128 + (random() - 0.5) * 50]
  const side = 512
  const luma = new Float32Array(side * side).fill(light)
  const planes = [
    luma,
    new Float32Array(side * side).fill(blue),
    new Float32Array(side * side).fill(red),
  ] as const
  for (const [cell, share] of [
    [256, 0.8],
    [64, 0.5 * rough],
    [16, 0.35 * rough],
    [5, 0.25 * rough],
  ] as const) {
    const noise = smoothNoise(side, cell, random)
    noise.forEach((value, index) => (luma[index] = (luma[index] ?? 0) + value * share * contrast))
  }
  for (let thing = 0; thing < things; thing += 1) {
    const [x, y] = [random() * side, random() * side]
    const [width, height] = [15 + random() * 70, 15 + random() * 90]
    const level = light + (random() * 2 - 1) * contrast
    const tint = [blue + (random() - 0.5) * 60, red + (random() - 0.5) * 60]
    const round = random() < 0.4
    for (let py = Math.max(0, Math.floor(y)); py < Math.min(side, y + height); py += 1)
      for (let px = Math.max(0, Math.floor(x)); px < Math.min(side, x + width); px += 1) {
        const away = ((px - x) / width - 0.5) ** 2 + ((py - y) / height - 0.5) ** 2
        if (round && away > 0.25) continue
        const at = py * side + px
        luma[at] = level + ((luma[at] ?? 0) - light) * 0.4
        planes[1][at] = tint[0] ?? 128
        planes[2][at] = tint[1] ?? 128
      }
  }
  return planes
}

/** Of the places that were looked at last: two at a time are in sight, and each takes three megabytes. */
const painted = new Map<Place, Planes>()

/** A painted place: light, texture at several sizes, and things standing about. */
export function paintPlace(seed: number, look: PlaceLook = {}): Place {
  const place: Place = {
    get planes() {
      const planes = painted.get(place) ?? paint(seed, look)
      painted.delete(place)
      painted.set(place, planes)
      const [oldest] = painted.keys()
      if (painted.size > 4 && oldest) painted.delete(oldest)
      return planes
    },
  }
  return place
}

/** Where the camera looks: the middle of its view and how much of the place fits in, in pixels of the place. */
export type View = { readonly x: number; readonly y: number; readonly width: number; readonly turn?: number }

export type Dancer = {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly swing: number
  readonly colour: Colour
}

export type Picture = {
  readonly place: Place
  readonly view: View
  readonly dancers?: readonly Dancer[]
  /** Motion blur along the way from here, in pixels of the place. */
  readonly blur?: readonly [number, number]
}

export type FrameSize = { readonly width: number; readonly height: number }

function paintDancer(frame: Float32Array, { width, height }: FrameSize, dancer: Dancer): void {
  const unit = dancer.size * height
  const limbs = [
    [0, -0.42, 0.1, 0.12],
    [0, -0.08, 0.14, 0.26],
    [Math.sin(dancer.swing) * 0.28, -0.2 + Math.cos(dancer.swing) * 0.12, 0.12, 0.06],
    [-Math.cos(dancer.swing) * 0.28, -0.2 + Math.sin(dancer.swing) * 0.12, 0.12, 0.06],
    [0.08 + Math.sin(dancer.swing) * 0.06, 0.34, 0.06, 0.22],
    [-0.08 - Math.cos(dancer.swing) * 0.06, 0.34, 0.06, 0.22],
  ] as const
  const count = width * height
  limbs.forEach(([dx, dy, rx, ry], limb) => {
    const [cx, cy] = [dancer.x * width + dx * unit, dancer.y * height + dy * unit]
    for (let y = Math.max(0, Math.floor(cy - ry * unit)); y < Math.min(height, cy + ry * unit); y += 1)
      for (let x = Math.max(0, Math.floor(cx - rx * unit)); x < Math.min(width, cx + rx * unit); x += 1) {
        if (((x - cx) / (rx * unit)) ** 2 + ((y - cy) / (ry * unit)) ** 2 > 1) continue
        const at = y * width + x
        frame[at] = dancer.colour[0] + (limb === 0 ? 40 : limb === 1 ? 0 : 20)
        frame[count + at] = dancer.colour[1]
        frame[2 * count + at] = dancer.colour[2]
      }
  })
}

/** One frame as three full planes. */
export function film({ place, view, dancers = [], blur }: Picture, size: FrameSize): Float32Array {
  const { width, height } = size
  const count = width * height
  const frame = new Float32Array(3 * count)
  const scale = view.width / width
  const [cos, sin] = [Math.cos(view.turn ?? 0), Math.sin(view.turn ?? 0)]
  const exposures = blur ? 6 : 1
  const { planes } = place
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const rx = (x - width / 2) * scale
      const ry = (y - height / 2) * scale
      const at = y * width + x
      for (let exposure = 0; exposure < exposures; exposure += 1) {
        const part = exposure / exposures
        const px = view.x + rx * cos - ry * sin + (blur?.[0] ?? 0) * part
        const py = view.y + rx * sin + ry * cos + (blur?.[1] ?? 0) * part
        const ix = Math.floor(px)
        const iy = Math.floor(py)
        const fx = px - ix
        const fy = py - iy
        // The place repeats itself on all sides.
        const here = (iy & 511) * 512 + (ix & 511)
        const right = (iy & 511) * 512 + ((ix + 1) & 511)
        const below = ((iy + 1) & 511) * 512 + (ix & 511)
        const across = ((iy + 1) & 511) * 512 + ((ix + 1) & 511)
        const a = (1 - fx) * (1 - fy)
        const b = fx * (1 - fy)
        const c = (1 - fx) * fy
        const d = fx * fy
        for (let plane = 0; plane < 3; plane += 1) {
          const from = planes[plane] ?? planes[0]
          const seen =
            (from[here] ?? 0) * a + (from[right] ?? 0) * b + (from[below] ?? 0) * c + (from[across] ?? 0) * d
          const to = plane * count + at
          frame[to] = (frame[to] ?? 0) + seen / exposures
        }
      }
    }
  for (const dancer of dancers) paintDancer(frame, size, dancer)
  return frame
}

export const mixed = (a: Float32Array, b: Float32Array, share: number): Float32Array =>
  a.map((value, index) => value * (1 - share) + (b[index] ?? 0) * share)

/** Lighter or darker, as a flash, a lamp or a fade makes it; colours fade with darkness. */
export function lit(frame: Float32Array, gain: number, added = 0): Float32Array {
  const count = frame.length / 3
  return frame.map((value, index) =>
    index < count ? 16 + (value - 16) * gain + added : 128 + (value - 128) * Math.min(1, gain),
  )
}

export function plainFrame({ width, height }: FrameSize, [luma, blue, red]: Colour): Float32Array {
  const frame = new Float32Array(3 * width * height).fill(luma, 0, width * height)
  return frame.fill(blue, width * height, 2 * width * height).fill(red, 2 * width * height)
}

export function grainy(frame: Float32Array, grain: number, random: Random): Float32Array {
  const count = frame.length / 3
  return frame.map((value, index) => (index < count ? value + (random() + random() - 1) * grain : value))
}

function packed(frame: Float32Array): Uint8Array {
  const bytes = new Uint8ClampedArray(frame.length)
  for (let at = 0; at < frame.length; at += 1) bytes[at] = Math.round(frame[at] ?? 0)
  return new Uint8Array(bytes.buffer)
}

/** Codes frames as a real file; `options` come last and may change everything. */
export async function encodeFilm(
  path: string,
  frames: Iterable<Float32Array>,
  { width, height }: FrameSize,
  rate: number,
  options: readonly string[] = [],
): Promise<string> {
  async function* input() {
    for (const frame of frames) yield packed(frame)
  }
  const exit = await runTool({
    command: (await realTools()).ffmpeg,
    args: [
      ...['-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'yuv444p', '-s', `${width}x${height}`],
      ...['-r', String(rate), '-i', 'pipe:0', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23'],
      ...['-g', '60', '-pix_fmt', 'yuv420p', ...options, '-y', `file:${path}`],
    ],
    input: input(),
    wallLimit: 120_000,
  })
  if (exit.exitCode !== 0) throw new Error(exit.stderr)
  return path
}
