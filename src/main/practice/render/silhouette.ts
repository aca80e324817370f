/** Brightness difference at which a pixel starts to count as subject, and at which it counts fully. */
const faint = 14
const clear = 44
/** Less of the picture than this is noise. */
const leastShare = 0.003
/** Horizontal slices of the subject, head first. */
export const bandCount = 5

/** Where the subject is in one frame, in pixels of the small picture. */
export type Silhouette = {
  readonly x: number
  readonly y: number
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
  /** Centre of each slice from head to feet; null where a slice is empty. */
  readonly bands: readonly (number | null)[]
  /** Mean height of what reaches out to the left and to the right, hands mostly; null when nothing does. */
  readonly reach: readonly [left: number | null, right: number | null]
}

type Size = { readonly width: number; readonly height: number }
type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

export function findSilhouette(frame: Uint8Array, background: Uint8Array, size: Size): Silhouette | null {
  const weight = frame.map((value, pixel) => subjectWeight(Math.abs(value - (background[pixel] ?? 0))))
  const columns = new Float64Array(size.width)
  const rows = new Float64Array(size.height)
  let mass = 0
  weight.forEach((value, pixel) => {
    const column = pixel % size.width
    const row = (pixel - column) / size.width
    columns[column] = (columns[column] ?? 0) + value
    rows[row] = (rows[row] ?? 0) + value
    mass += value
  })
  if (mass < leastShare * 255 * weight.length) return null
  const top = quantile(rows, mass * 0.02)
  const bottom = quantile(rows, mass * 0.98)
  const left = quantile(columns, mass * 0.02)
  const right = quantile(columns, mass * 0.98)
  const x = mean(columns) ?? 0
  const bands = Array.from({ length: bandCount }, (_, band) => {
    const height = (bottom - top + 1) / bandCount
    const slice = { left: 0, right: size.width, top: top + band * height, bottom: top + (band + 1) * height }
    return meanWithin(weight, size.width, slice, 'x', mass)
  })
  const side = 0.22 * (right - left)
  const reach = [
    meanWithin(weight, size.width, { left: 0, right: x - side, top: 0, bottom: size.height }, 'y', mass),
    meanWithin(
      weight,
      size.width,
      { left: x + side, right: size.width, top: 0, bottom: size.height },
      'y',
      mass,
    ),
  ] as const
  return { x, y: mean(rows) ?? 0, top, bottom, left, right, bands, reach }
}

const subjectWeight = (difference: number) =>
  Math.max(0, Math.min(255, ((difference - faint) * 255) / (clear - faint)))

/** Where the running sum of `weights` passes `target`, with the fraction of the bin. */
function quantile(weights: Float64Array, target: number): number {
  let sum = 0
  for (const [index, weight] of weights.entries()) {
    if (sum + weight >= target && weight > 0) return index + (target - sum) / weight
    sum += weight
  }
  return weights.length
}

function mean(weights: Float64Array): number | null {
  let sum = 0
  let moment = 0
  weights.forEach((weight, index) => {
    sum += weight
    moment += weight * (index + 0.5)
  })
  return sum > 0 ? moment / sum : null
}

/** Mean position of the subject inside a box along one axis; null when hardly anything of it is there. */
function meanWithin(
  weight: Uint8Array,
  width: number,
  box: Box,
  axis: 'x' | 'y',
  mass: number,
): number | null {
  let sum = 0
  let moment = 0
  for (let row = Math.max(0, Math.floor(box.top)); row < box.bottom; row++) {
    for (let column = Math.max(0, Math.floor(box.left)); column < box.right; column++) {
      const value = weight[row * width + column] ?? 0
      sum += value
      moment += value * ((axis === 'x' ? column : row) + 0.5)
    }
  }
  return sum > mass * 0.02 ? moment / sum : null
}
