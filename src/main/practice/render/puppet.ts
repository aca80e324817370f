import type { Pose } from './poses.ts'
import type { Point } from './affine.ts'
import type { Canvas } from './canvas.ts'
import type { Stage } from './scene.ts'

/** A pose in stage pixels, within the limits of the character image. */
export type Bend = {
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
  const { x, top, bottom, halfWidth } = stage.figure
  const tall = bottom - top
  const room = Math.min(x, stage.width - x)
  // On a plain background the character may move until it touches the side; in a photo only as far as the edges can
  // stretch.
  const leaning = 0.45 * tall * Math.max(...poses.map((pose) => Math.abs(Math.sin(leanOf(pose)))))
  const farthest = stage.plain ? Math.max(room - halfWidth - leaning, 0.06 * stage.width) : 0.09 * stage.width
  const reached = Math.max(...poses.map((pose) => Math.abs(pose.across)), 1e-6)
  const wanted = Math.max(reached, Math.min(visibleAcross, reached * largestGain))
  const gain = Math.min(wanted * stage.width, farthest) / reached
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

/** The point of the still stage that is shown at a point of the frame. */
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
function holdOfEdges({ x, y }: Point, { width, height }: Stage): number {
  const sideways = Math.min(x, width - x) / (0.28 * width)
  const above = y / (0.16 * height)
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

/** Pixels between computed points; between them the way is straight. */
const cell = 24

/** Paints the whole canvas with the bent stage. */
export function paintBent(canvas: Canvas, stage: Stage, bend: Bend): void {
  const columns = Math.ceil(stage.width / cell)
  const rows = Math.ceil(stage.height / cell)
  const line = (row: number) =>
    Array.from({ length: columns + 1 }, (_, column) =>
      sourceOf({ x: column * cell, y: row * cell }, bend, stage),
    )
  let above = line(0)
  for (let row = 0; row < rows; row++) {
    const below = line(row + 1)
    for (let column = 0; column < columns; column++) {
      const corners = [above[column], above[column + 1], below[column], below[column + 1]]
      const [one, two, three, four] = corners
      if (one && two && three && four) paintCell(canvas, stage, { column, row }, [one, two, three, four])
    }
    above = below
  }
}

function paintCell(
  { width, height, pixels }: Canvas,
  stage: Stage,
  { column, row }: { readonly column: number; readonly row: number },
  [one, two, three, four]: readonly [Point, Point, Point, Point],
): void {
  const right = Math.min(width, (column + 1) * cell)
  const bottom = Math.min(height, (row + 1) * cell)
  for (let y = row * cell; y < bottom; y++) {
    const down = (y - row * cell) / cell
    const [fromX, fromY] = [one.x + (three.x - one.x) * down, one.y + (three.y - one.y) * down]
    const stepX = (two.x + (four.x - two.x) * down - fromX) / cell
    const stepY = (two.y + (four.y - two.y) * down - fromY) / cell
    for (let x = column * cell; x < right; x++) {
      const along = x - column * cell
      sample(stage, fromX + stepX * along, fromY + stepY * along, pixels, (y * width + x) * 3)
    }
  }
}

/** Writes the colour of the stage between four of its pixels; outside, that of its edge. */
function sample({ width, height, pixels }: Stage, x: number, y: number, into: Uint8Array, at: number): void {
  const [u, v] = [Math.max(0, Math.min(width - 1.001, x)), Math.max(0, Math.min(height - 1.001, y))]
  const [column, row] = [Math.floor(u), Math.floor(v)]
  const [right, below] = [u - column, v - row]
  const upper = (row * width + column) * 3
  const lower = upper + width * 3
  for (let channel = 0; channel < 3; channel++) {
    const [a, b] = [pixels[upper + channel] ?? 0, pixels[upper + channel + 3] ?? 0]
    const [c, d] = [pixels[lower + channel] ?? 0, pixels[lower + channel + 3] ?? 0]
    const [top, bottom] = [a + (b - a) * right, c + (d - c) * right]
    into[at + channel] = top + (bottom - top) * below + 0.5
  }
}
