import { createChunker } from '../../media/scene-detection/frame-signature.ts'
import type { RunTool } from '../../system/ports.ts'
import { guardedInput, type ClipFacts } from '../examine.ts'

/** Brightness difference at which a pixel starts to count as subject, and at which it fully counts. */
const faint = 14
const clear = 44
/** A smaller share of the frame is noise. */
const leastShare = 0.003
/** Horizontal slices of the subject, head first. */
export const bandCount = 5

/** The subject in one frame, in pixels of the small image. */
export type Silhouette = {
  readonly x: number
  readonly y: number
  readonly top: number
  readonly bottom: number
  /** Middle of each slice from head to feet; null where a slice is empty. */
  readonly bands: readonly (number | null)[]
  /** Mean height of what reaches out to the left and right, mostly hands; null when nothing does. */
  readonly reach: readonly [left: number | null, right: number | null]
}

type Size = { readonly width: number; readonly height: number }
type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

export function findSilhouette(frame: Uint8Array, background: Uint8Array, size: Size): Silhouette | null {
  const weight = frame.map((value, pixel) => subjectWeight(Math.abs(value - (background[pixel] ?? 0))))
  const whole = { left: 0, right: size.width, top: 0, bottom: size.height }
  const columns = profile(weight, size, whole, 'x', 1)
  const rows = profile(weight, size, whole, 'y', 1)
  if (!columns || !rows) return null
  const mass = total(columns)
  if (mass < leastShare * 255 * weight.length) return null
  const top = quantile(rows, 0.02)
  const bottom = quantile(rows, 0.98)
  const x = mean(columns)
  const bands = Array.from({ length: bandCount }, (_, band) => {
    const height = (bottom - top) / bandCount
    const slice = { ...whole, top: top + band * height, bottom: top + (band + 1) * height }
    const found = profile(weight, size, slice, 'x', mass)
    // The median, because an outstretched arm is thin and must not pull the body along.
    return found && quantile(found, 0.5)
  })
  const side = 0.22 * (quantile(columns, 0.98) - quantile(columns, 0.02))
  const reach = [
    profile(weight, size, { ...whole, right: x - side }, 'y', mass),
    profile(weight, size, { ...whole, left: x + side }, 'y', mass),
  ].map((flank) => flank && mean(flank))
  return { x, y: mean(rows), top, bottom, bands, reach: [reach[0] ?? null, reach[1] ?? null] }
}

const subjectWeight = (difference: number) =>
  Math.max(0, Math.min(255, ((difference - faint) * 255) / (clear - faint)))

const total = (weights: Float64Array) => weights.reduce((sum, weight) => sum + weight, 0)

const mean = (weights: Float64Array): number =>
  weights.reduce((moment, weight, index) => moment + weight * (index + 0.5), 0) / total(weights)

/** Where the running sum of `weights` passes a share of the total, with the fraction of the bin. */
function quantile(weights: Float64Array, share: number): number {
  const target = total(weights) * share
  let sum = 0
  for (const [index, weight] of weights.entries()) {
    if (sum + weight >= target && weight > 0) return index + (target - sum) / weight
    sum += weight
  }
  return weights.length
}

/** The weights inside a box, projected onto one axis; null when there is hardly any subject. */
function profile(
  weight: Uint8Array,
  size: Size,
  box: Box,
  axis: 'x' | 'y',
  mass: number,
): Float64Array | null {
  const bins = new Float64Array(axis === 'x' ? size.width : size.height)
  let sum = 0
  for (let row = Math.max(0, Math.floor(box.top)); row < Math.min(size.height, box.bottom); row++) {
    for (let column = Math.max(0, Math.floor(box.left)); column < Math.min(size.width, box.right); column++) {
      const value = weight[row * size.width + column] ?? 0
      const bin = axis === 'x' ? column : row
      bins[bin] = (bins[bin] ?? 0) + value
      sum += value
    }
  }
  return sum > mass * 0.02 ? bins : null
}

/** Small grey frames of a clip, one per result frame, with one byte per pixel, row by row. */
export type GrayFrames = {
  readonly width: number
  readonly height: number
  readonly frames: readonly Uint8Array[]
}

const width = 64

/** Decodes the clip at its own constant frame rate; null when ffmpeg cannot. */
export async function readGrayFrames(
  clip: string,
  facts: ClipFacts,
  tool: { readonly run: RunTool; readonly ffmpeg: string },
  signal: AbortSignal,
): Promise<GrayFrames | null> {
  const height = Math.max(2, Math.round((width * facts.height) / facts.width))
  const rate = `${String(facts.frameRate.num)}/${String(facts.frameRate.den)}`
  const filters = `fps=${rate},scale=${String(width)}:${String(height)}:flags=area,format=gray`
  const frames: Uint8Array[] = []
  const chunker = createChunker(width * height, (frame) => frames.push(frame.slice()))
  const exit = await tool.run({
    command: tool.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-threads', '2', ...guardedInput, '-i', `file:${clip}`],
      ...['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', filters, '-f', 'rawvideo', 'pipe:1'],
    ],
    signal,
    wallLimit: 120_000,
    stallLimit: 30_000,
    onOutput: chunker.take,
  })
  return exit.ended === 'exit' && exit.exitCode === 0 && frames.length > 0 ? { width, height, frames } : null
}
