import type { Pose } from './poses.ts'
import type { Stage } from './stage.ts'

/** A pose in stage pixels, with the limits of what the character image can take. */
export type Bend = {
  readonly across: number
  readonly down: number
  /** 1 is unchanged. */
  readonly tall: number
  readonly spine: readonly number[]
  readonly raise: readonly [left: number, right: number]
}

/** Small motion is shown up to this much larger, so that something visibly happens. */
const largestGain = 2
const visibleAcross = 0.06

/**
 * Fits a whole performance to the character: one gain for all frames, so that what was larger in the clip stays
 * larger, and limits where the picture would tear.
 */
export function fitPoses(poses: readonly Pose[], stage: Stage): readonly Bend[] {
  const view = { width: stage.width * stage.finer, height: stage.height * stage.finer }
  const { x, top, bottom, halfWidth } = stage.figure
  const tall = bottom - top
  const room = Math.min(x, view.width - x)
  // On a plain ground the character may go until it touches the side; in a photo only as far as the edges can stretch.
  const farthest = stage.plain ? Math.max(room - halfWidth, 0.12 * view.width) : 0.09 * view.width
  const reached = Math.max(...poses.map((pose) => Math.abs(pose.across)), 1e-6)
  const wanted = Math.max(reached, Math.min(visibleAcross, reached * largestGain))
  const gain = Math.min(wanted * view.width, farthest, stage.margin) / reached
  const within = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value))

  return poses.map((pose) => ({
    across: pose.across * gain,
    down: within(pose.down * tall, 0.12 * tall),
    tall: 1 + within(pose.stretch, 0.14),
    spine: pose.bend.map((share) => within(share * 1.3 * tall, 0.09 * tall)),
    raise: [within(pose.raise[0] * tall, 0.13 * tall), within(pose.raise[1] * tall, 0.13 * tall)],
  }))
}

type Point = { readonly x: number; readonly y: number }

/** Which point of the still stage is seen at a point of the moving picture; both count from the visible corner. */
export function sourceOf({ x, y }: Point, bend: Bend, stage: Stage): Point {
  const { figure } = stage
  const tall = figure.bottom - figure.top
  // Feet stay on the ground while the body gets taller or shorter; the sides give way a little.
  const fromFeet = (figure.bottom - (y - bend.down)) / bend.tall
  const height = Math.max(0, Math.min(1, 1 - fromFeet / tall))
  const axis = figure.x + bend.across + spineAt(bend.spine, height)
  const fromAxis = (x - axis) * Math.sqrt(bend.tall)
  const hand = fromAxis < 0 ? bend.raise[0] : bend.raise[1]
  const outward = ramp(Math.abs(fromAxis) / figure.halfWidth, 0.25, 1)
  const lift = hand * outward * (1 - ramp(height, 0.5, 0.8))
  const moved = { x: figure.x + fromAxis, y: figure.bottom - fromFeet + lift }
  const hold = stage.plain ? 1 : holdOfEdges({ x, y }, stage)
  return { x: x + (moved.x - x) * hold, y: y + (moved.y - y) * hold }
}

/** 1 in the middle, 0 on the left, right and upper edge of the picture. */
function holdOfEdges({ x, y }: Point, { width, height, finer }: Stage): number {
  const sideways = Math.min(x, width * finer - x) / (0.28 * width * finer)
  const above = y / (0.16 * height * finer)
  return ramp(sideways, 0, 1) * ramp(above, 0, 1)
}

/** Smooth curve through the middles of the slices. */
function spineAt(spine: readonly number[], height: number): number {
  const place = Math.max(0, Math.min(spine.length - 1, height * spine.length - 0.5))
  const below = Math.floor(place)
  const from = spine[below] ?? 0
  const to = spine[below + 1] ?? from
  return from + (to - from) * ramp(place - below, 0, 1)
}

/** 0 up to `from`, 1 beyond `to`, smooth between. */
function ramp(value: number, from: number, to: number): number {
  const share = Math.max(0, Math.min(1, (value - from) / (to - from)))
  return share * share * (3 - 2 * share)
}
