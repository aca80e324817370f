import { guessBackground } from './background.ts'
import { type GrayFrames, bandCount, findSilhouette, type Silhouette } from './silhouette.ts'

/** The pose of the subject in one frame, relative to its usual one, without units of length. */
export type Pose = {
  /** Sideways, as a share of the picture's width; positive is right. */
  readonly across: number
  /** How far the feet are below their usual place (negative: above), as a share of the subject's height. */
  readonly down: number
  /** Reaching up (positive) or crouching, as a share of the subject's height. */
  readonly stretch: number
  /** How far the head is to the right of the feet, as a share of the subject's height. */
  readonly lean: number
  /** The rest after the lean: the sideways bend of each slice from head to feet, as a share of the height. */
  readonly bend: readonly number[]
  /** How far the left and the right hand are raised, as a share of the subject's height. */
  readonly raise: readonly [left: number, right: number]
}

const noBend = Array.from({ length: bandCount }, () => 0)

/** Seconds of one breath. */
const breath = 3.2

/** Breathes and sways a little: nothing is claimed of a clip that shows nothing. */
const idlePose = (time: number): Pose => ({
  ...{ across: 0, down: 0, bend: noBend },
  stretch: 0.012 * Math.sin((2 * Math.PI * time) / breath),
  lean: 0.012 * Math.sin((2 * Math.PI * time) / (2 * breath)),
  raise: [0, 0],
})

/** With the subject found in fewer frames, what was found is chance. */
const enough = 0.5

/** Seconds of smoothing: less than a beat, more than the noise. */
const smoothing = 0.05

/**
 * Measures the motion of a clip, one pose per frame; a clip without motion gives idle ones. `breathe` yields to the
 * user interface, which shares this thread.
 */
export async function measurePoses(
  clip: GrayFrames,
  frameRate: number,
  breathe: () => Promise<void>,
): Promise<readonly Pose[]> {
  const background = guessBackground(clip)
  const found: (Silhouette | null)[] = []
  for (const [index, frame] of clip.frames.entries()) {
    if (index % 16 === 0) await breathe()
    found.push(findSilhouette(frame, background, clip))
  }
  if (found.filter((silhouette) => silhouette !== null).length < found.length * enough)
    return found.map((_, frame) => idlePose(frame / frameRate))

  const track = (read: (silhouette: Silhouette) => number | null) => {
    const filled = fillGaps(found.map((silhouette) => silhouette && read(silhouette)))
    return aroundMedian(smooth(filled, smoothing * frameRate))
  }
  const tall = Math.max(4, median(found.flatMap((one) => (one ? [one.bottom - one.top] : []))))
  const across = track((one) => one.x)
  const down = track((one) => one.bottom)
  // The centre of mass shows a crouch better than the top, which may be a raised hand.
  const stretch = track((one) => 2 * (one.bottom - one.y))
  const bands = noBend.map((_, band) => track((one) => offset(one.bands[band], one.x)))
  const reach = ([0, 1] as const).map((hand) => track((one) => offset(one.reach[hand], one.y)))
  const at = (values: readonly number[] | undefined, frame: number) => (values?.[frame] ?? 0) / tall

  return found.map((_, frame) => ({
    across: (across[frame] ?? 0) / clip.width,
    down: at(down, frame),
    stretch: at(stretch, frame),
    ...leanAndBend(bands.map((band) => at(band, frame))),
    raise: [-at(reach[0], frame), -at(reach[1], frame)],
  }))
}

/** Splits the offsets of the slices into a straight lean, fitted by least squares, and the rest. */
function leanAndBend(offsets: readonly number[]): Pick<Pose, 'lean' | 'bend'> {
  const middle = (offsets.length - 1) / 2
  const average = offsets.reduce((sum, value) => sum + value, 0) / offsets.length
  const moment = offsets.reduce((sum, value, index) => sum + value * (middle - index), 0)
  const spread = offsets.reduce((sum, _, index) => sum + (middle - index) ** 2, 0)
  const perSlice = moment / spread
  const bend = offsets.map((value, index) => value - average - perSlice * (middle - index))
  return { lean: perSlice * offsets.length, bend }
}

const offset = (value: number | null | undefined, from: number) =>
  typeof value === 'number' ? value - from : null

/** Frames without a measurement take the previous one, or the first one after. */
function fillGaps(values: readonly (number | null)[]): readonly number[] {
  let last = values.find((value) => value !== null) ?? 0
  return values.map((value) => (last = value ?? last))
}

/** Gaussian in both directions, so that nothing lags. */
function smooth(values: readonly number[], sigma: number): readonly number[] {
  const radius = Math.ceil(sigma * 2.5)
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, n) =>
    Math.exp(-((n - radius) ** 2) / (2 * sigma ** 2)),
  )
  return values.map((_, centre) => {
    let sum = 0
    let weights = 0
    for (const [n, weight] of kernel.entries()) {
      const value = values[centre + n - radius]
      if (value === undefined) continue
      sum += value * weight
      weights += weight
    }
    return sum / weights
  })
}

function aroundMedian(values: readonly number[]): readonly number[] {
  const middle = median(values)
  return values.map((value) => value - middle)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
