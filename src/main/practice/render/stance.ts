import type { Point } from './affine.ts'
import type { Pose } from './poses.ts'

/** How a limb hangs: radians from straight down, positive is outward. */
type Arm = { readonly upper: number; readonly lower: number }
type Foot = { readonly across: number; readonly lift: number }

/** The pose of any body. Lengths are shares of the length of a leg; left and right are the viewer's. */
export type Stance = {
  /** How far the hips are from where they stand at rest: to the right, and up. */
  readonly across: number
  readonly rise: number
  /** Of the back and of the head, in radians; positive is to the right. */
  readonly lean: number
  readonly tilt: number
  /** From -1, all to the left, to 1, all to the right. */
  readonly turn: number
  readonly arms: readonly [left: Arm, right: Arm]
  /** From where they stand at rest: outward, and up. */
  readonly feet: readonly [left: Foot, right: Foot]
}

/** A dancer's joints in one moment; the limbs are left, then right. */
export type Joints = {
  readonly hips: Point
  readonly chest: Point
  readonly neck: Point
  readonly head: Point
  readonly arms: readonly [readonly [Point, Point, Point], readonly [Point, Point, Point]]
  readonly legs: readonly [readonly [Point, Point, Point], readonly [Point, Point, Point]]
  readonly turn: number
}

const distance = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y)
const sides = [-1, 1] as const

/** Reads the stance off a dancer's joints; `rest` are her joints when she simply stands. */
export function stanceOfJoints(joints: Joints, rest: Joints): Stance {
  const [hip, knee, ankle] = rest.legs[0]
  const leg = distance(hip, knee) + distance(knee, ankle)
  const fromUpright = (low: Point, high: Point) => Math.atan2(high.x - low.x, low.y - high.y)
  const arm = (side: 0 | 1): Arm => {
    const [shoulder, elbow, hand] = joints.arms[side]
    const hang = (from: Point, to: Point) => sides[side] * Math.atan2(to.x - from.x, to.y - from.y)
    return { upper: hang(shoulder, elbow), lower: hang(elbow, hand) }
  }
  const foot = (side: 0 | 1): Foot => {
    const [now, before] = [joints.legs[side][2], rest.legs[side][2]]
    return { across: (sides[side] * (now.x - before.x)) / leg, lift: (before.y - now.y) / leg }
  }
  return {
    across: (joints.hips.x - rest.hips.x) / leg,
    rise: (rest.hips.y - joints.hips.y) / leg,
    lean: fromUpright(joints.hips, joints.chest),
    tilt: fromUpright(joints.neck, joints.head),
    turn: joints.turn,
    arms: [arm(0), arm(1)],
    feet: [foot(0), foot(1)],
  }
}

/** A leg is about this share of a body's height. */
const legShare = 0.5
const restingArm = 0.45

/** What a clip without a known dancer shows of a stance: where the body is, how it leans and how high the hands are. */
export function stanceOfPose(pose: Pose, aspect: number): Stance {
  const within = (value: number, most: number) => Math.max(-most, Math.min(most, value))
  const arm = (side: 0 | 1): Arm => {
    const raised = Math.max(-0.2, Math.min(2, restingArm + pose.raise[side] * 4))
    return { upper: raised, lower: raised * 1.15 }
  }
  const lift = Math.max(0, -pose.down) / legShare
  const foot = { across: 0, lift: Math.min(0.4, lift) }
  const across = within((pose.across * aspect) / 0.35, 0.4)
  return {
    across,
    rise: within(pose.stretch / legShare, 0.26) + foot.lift,
    lean: within(Math.atan(pose.lean), 0.3),
    tilt: within(Math.atan(pose.lean), 0.3),
    turn: 0,
    arms: [arm(0), arm(1)],
    // The feet step along: the body does not hang over them.
    feet: [
      { ...foot, across: -across },
      { ...foot, across },
    ],
  }
}
