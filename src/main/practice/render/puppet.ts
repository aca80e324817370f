import type { Pose } from './poses.ts'
import type { Stage } from './scene.ts'
import type { Pixels } from '../../../shared/units.ts'

/** A pose in stage pixels, within the limits of the character image. */
type Bend = {
  readonly across: number
  readonly down: number
  /** 1 is unchanged. */
  readonly tall: number
  /** The angle of the upper body against the feet, in radians; positive leans right. */
  readonly lean: number
  readonly spine: readonly number[]
  readonly raise: readonly [left: number, right: number]
}

/** Small motion is enlarged by up to this factor, to be visible. */
const largestGain = 2
const visibleAcross = 0.06
const largestLean = (11 * Math.PI) / 180

/**
 * Fits the motion of a clip to the character: one gain for all frames keeps proportions, and limits keep the image from
 * tearing.
 */
export function fitPoses(poses: readonly Pose[], stage: Stage): readonly Bend[] {
  const view = { width: stage.width * stage.finer, height: stage.height * stage.finer }
  const { x, top, bottom, halfWidth } = stage.figure
  const tall = bottom - top
  const room = Math.min(x, view.width - x)
  // On a plain background the character may move until it touches the side; in a photo only as far as the edges can
  // stretch.
  const leaning = 0.45 * tall * Math.max(...poses.map((pose) => Math.abs(Math.sin(leanOf(pose)))))
  const farthest = stage.plain ? Math.max(room - halfWidth - leaning, 0.06 * view.width) : 0.09 * view.width
  const reached = Math.max(...poses.map((pose) => Math.abs(pose.across)), 1e-6)
  const wanted = Math.max(reached, Math.min(visibleAcross, reached * largestGain))
  const gain = Math.min(wanted * view.width, farthest) / reached
  const raised = (share: number) => within(share * tall, -0.1 * tall, 0.1 * tall)

  const headroom = stage.plain ? top : 0.03 * tall

  return poses.map((pose) => ({
    across: pose.across * gain,
    down: within(pose.down * tall, -headroom, 0.08 * tall),
    tall: 1 + within(pose.stretch, -0.16, Math.min(0.07, (headroom * 0.8) / tall)),
    lean: leanOf(pose),
    spine: pose.bend.map((share) => within(share * tall, -0.03 * tall, 0.03 * tall)),
    raise: [raised(pose.raise[0]), raised(pose.raise[1])],
  }))
}

const leanOf = (pose: Pose) => within(Math.atan(pose.lean), -largestLean, largestLean)

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))

type Point = { readonly x: number; readonly y: number }

/** The point of the still stage that is shown at a point of the frame; both count from the visible corner. */
function sourceOf({ x, y }: Point, bend: Bend, stage: Stage): Point {
  const { figure } = stage
  const tall = figure.bottom - figure.top
  // Undoes position, height and lean, then the arms.
  const fromFeet = (figure.bottom - (y - bend.down)) / bend.tall
  const upright = unlean(
    { x: (x - figure.x - bend.across) * Math.sqrt(bend.tall), y: fromFeet },
    bend.lean,
    tall,
  )
  const height = within(1 - upright.y / tall, 0, 1)
  const fromAxis = upright.x - spineAt(bend.spine, height)
  const hand = fromAxis < 0 ? bend.raise[0] : bend.raise[1]
  const outward = ramp(Math.abs(fromAxis) / figure.halfWidth, 0.4, 1)
  // Moves arms fully, a wide head only a little, legs not at all.
  const lift = hand * outward * (0.4 + 0.6 * ramp(height, 0.15, 0.4)) * (1 - ramp(height, 0.5, 0.8))
  const moved = { x: figure.x + fromAxis, y: figure.bottom - upright.y + lift }
  const hold = stage.plain ? 1 : holdOfEdges({ x, y }, stage)
  return { x: x + (moved.x - x) * hold, y: y + (moved.y - y) * hold }
}

/**
 * Rotates the upper body back around the hips; the legs bend between, and the feet stay. `y` counts up from the feet.
 */
function unlean({ x, y }: Point, lean: number, tall: number): Point {
  const hips = 0.3 * tall
  const angle = -lean * ramp(y / tall, 0.02, 0.45)
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  return { x: x * cosine + (y - hips) * sine, y: hips + (y - hips) * cosine - x * sine }
}

/** 1 in the middle, 0 at the left, right and upper edge of the image. */
function holdOfEdges({ x, y }: Point, { width, height, finer }: Stage): number {
  const sideways = Math.min(x, width * finer - x) / (0.28 * width * finer)
  const above = y / (0.16 * height * finer)
  return ramp(sideways, 0, 1) * ramp(above, 0, 1)
}

/** A smooth curve through the middles of the slices. */
function spineAt(spine: readonly number[], height: number): number {
  const place = within(height * spine.length - 0.5, 0, spine.length - 1)
  const below = Math.floor(place)
  const from = spine[below] ?? 0
  const to = spine[below + 1] ?? from
  return from + (to - from) * ramp(place - below, 0, 1)
}

/** 0 up to `from`, 1 beyond `to`, smooth between. */
function ramp(value: number, from: number, to: number): number {
  const share = within((value - from) / (to - from), 0, 1)
  return share * share * (3 - 2 * share)
}

/** Distance in stage pixels between computed points; ffmpeg interpolates between them. */
const cell = 36

/** A coarse grid over the visible stage, with one extra point on every side. */
export type WarpGrid = {
  readonly columns: number
  readonly rows: number
  /** The size that the grid is scaled to, and its visible part. */
  readonly scaled: { readonly width: Pixels; readonly height: Pixels }
  readonly view: { readonly x: Pixels; readonly y: Pixels; readonly width: Pixels; readonly height: Pixels }
}

export function warpGrid(stage: Stage): WarpGrid {
  const width = Math.round(stage.width * stage.finer)
  const height = Math.round(stage.height * stage.finer)
  const columns = Math.ceil(width / cell) + 2
  const rows = Math.ceil(height / cell) + 2
  return {
    columns,
    rows,
    scaled: { width: columns * cell, height: rows * cell },
    view: { x: cell, y: cell, width, height },
  }
}

/** Generates the frames one after the other, as they are written. */
export function* warpFrames(bends: readonly Bend[], stage: Stage, grid: WarpGrid): Generator<Uint8Array> {
  for (const bend of bends) yield warpFrame(bend, stage, grid)
}

/**
 * One frame for ffmpeg’s remap filter: two 16-bit images, one below the other, with the column and the row of the stage
 * to show at each point.
 */
function warpFrame(bend: Bend, stage: Stage, grid: WarpGrid): Uint8Array {
  const points = grid.columns * grid.rows
  const map = new DataView(new ArrayBuffer(points * 4))
  const widest = grid.view.width + 2 * stage.margin - 1
  const tallest = grid.view.height + 2 * stage.margin - 1
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      // The scaler places each sample in the middle of its cell.
      const point = { x: (column - 0.5) * cell - 0.5, y: (row - 0.5) * cell - 0.5 }
      const source = sourceOf(point, bend, stage)
      const place = (row * grid.columns + column) * 2
      map.setUint16(place, coordinate(source.x + stage.margin, widest), true)
      map.setUint16(place + points * 2, coordinate(source.y + stage.margin, tallest), true)
    }
  }
  return new Uint8Array(map.buffer)
}

const coordinate = (value: number, largest: number) => Math.round(Math.max(0, Math.min(largest, value)))
