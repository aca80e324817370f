/** One frame as a decoder shows it by default; pure. */
export type FrameSample = {
  /** As displayed: rotated, with its pixel aspect ratio. */
  readonly width: number
  readonly height: number
  /** Brightness in `grid` by `grid` cells, for every aspect ratio. */
  readonly cells: readonly number[]
}

const grid = 24
/** Samples of a cell in each direction; all pixels of a large frame would take longer and add nothing. */
const samples = 4

function cellsOf(pixels: Uint8Array, width: number, height: number): readonly number[] {
  const at = (place: number, side: number) =>
    Math.min(side - 1, Math.floor((place * side) / (grid * samples)))
  const cell = (nth: number) => {
    const [left, top] = [(nth % grid) * samples, Math.floor(nth / grid) * samples]
    let sum = 0
    for (let one = 0; one < samples * samples; one += 1) {
      const [x, y] = [left + (one % samples), top + Math.floor(one / samples)]
      sum += pixels[at(y, height) * width + at(x, width)] ?? 0
    }
    return sum / (samples * samples)
  }
  return Array.from({ length: grid * grid }, (_, nth) => cell(nth))
}

/** The first frame of a grey YUV4MPEG2 stream; null where there is none. */
export function readSample(stream: Uint8Array): FrameSample | null {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength)
  const end = bytes.indexOf('\n')
  const header = bytes.toString('latin1', 0, Math.max(0, end))
  const number = (name: string) => Number(new RegExp(` ${name}(\\d+)`).exec(header)?.[1] ?? 0)
  const [width, height] = [number('W'), number('H')]
  const frame = bytes.indexOf('\n', end + 1) + 1
  const pixels = bytes.subarray(frame, frame + width * height)
  if (!header.startsWith('YUV4MPEG2 ') || width * height === 0 || pixels.length < width * height) return null
  const [across = 0, down = 0] = (/ A(\d+):(\d+)/.exec(header) ?? []).slice(1).map(Number)
  const aspect = across / down
  // Players ignore such extreme values as well.
  const stretched = aspect > 0.1 && aspect < 10 ? aspect : 1
  return { width: width * stretched, height, cells: cellsOf(pixels, width, height) }
}

/** The eight symmetries of a square, the identity first. */
const ways = [0, 1, 2, 3, 4, 5, 6, 7].map((way) => (x: number, y: number) => {
  const [across, down] = way & 4 ? [y, x] : [x, y]
  return (way & 2 ? grid - 1 - down : down) * grid + (way & 1 ? grid - 1 - across : across)
})

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** The standard deviation of brightness, in levels. */
const contrast = (cells: readonly number[]) => {
  const middle = mean(cells)
  return Math.sqrt(mean(cells.map((cell) => (cell - middle) ** 2)))
}

/** The correlation of two frames, independent of brightness and contrast: 1 for the same, 0 for unrelated. */
function likeness(left: readonly number[], right: readonly number[]): number {
  const [one, other] = [mean(left), mean(right)]
  const together = mean(left.map((cell, nth) => (cell - one) * ((right[nth] ?? 0) - other)))
  return together / (contrast(left) * contrast(right))
}

/** With less contrast, in levels, the orientation cannot be determined. */
const leastContrast = 3
/** Another orientation must match clearly better: many frames are nearly symmetric. */
const clearly = 0.15
const recognised = 0.6

/** Whether its orientation can be determined. */
export const isTelling = (sample: FrameSample): boolean => contrast(sample.cells) >= leastContrast

/** Rounding of both sides to even numbers, and a small margin. */
const shapeSlack = ({ width, height }: FrameSample) => 2 / width + 2 / height + 0.002

/** How a prepared frame differs from its source, for a problem’s detail; null for not at all. */
export function unlikeSource(source: FrameSample, prepared: FrameSample): string | null {
  const stretch = prepared.width / prepared.height / (source.width / source.height)
  const size = ({ width, height }: FrameSample) =>
    `${String(Math.round(width))} × ${String(Math.round(height))}`
  if (Math.abs(Math.log(stretch)) > shapeSlack(prepared))
    return `it shows ${size(prepared)} where the clip shows ${size(source)}`
  if (!isTelling(source) || !isTelling(prepared)) return null
  const fits = ways.map((way) =>
    likeness(
      source.cells,
      Array.from(source.cells, (_, nth) => prepared.cells[way(nth % grid, Math.floor(nth / grid))] ?? 0),
    ),
  )
  const [asItIs = 0, ...turned] = fits
  const best = Math.max(...turned)
  return best > recognised && best > asItIs + clearly ? 'it is rotated or mirrored' : null
}
