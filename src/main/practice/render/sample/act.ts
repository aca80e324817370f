import { type Affine, apply, around, chain, move, type Point, scale, turn } from '../affine.ts'
import type { Shade } from '../canvas.ts'
import type { Stance } from '../stance.ts'
import { bentPath, type Tube } from '../tube.ts'
import type { PartName, Rig } from './rig.ts'

/** One thing to draw, in the plane of the rig's drawing. */
export type Piece =
  | { readonly kind: 'part'; readonly part: PartName; readonly place: Affine }
  | { readonly kind: 'tube'; readonly tube: Tube }
  | { readonly kind: 'shade'; readonly shade: Shade }

/** How far the character goes when the dancer goes by the length of her leg. */
export const reach = 430
const sides = [-1, 1] as const
const middleOf = (rig: Rig) => rig.joints.hips.x

const mirror = (x: number): Affine => [-1, 0, 0, 1, 2 * x, 0]

/** The places of the joints that the limbs hang from. */
type Frame = {
  readonly body: Affine
  readonly head: Affine
  readonly hips: Point
  readonly shoulders: readonly [Point, Point]
}

/** What to draw, in this order, so that the character stands like this. `swing` bends what is soft, in radians. */
export function act(
  rig: Rig,
  stance: Stance,
  swing: { readonly tail: number; readonly ears: number },
): readonly Piece[] {
  const frame = frameOf(rig, stance)
  const { body, head } = frame
  const aside = stance.turn
  const part = (name: PartName, place: Affine): Piece => ({ kind: 'part', part: name, place })
  const ears = sides.map((side) => {
    const root = { x: middleOf(rig) - 132, y: 330 }
    // They are behind the face, and go the other way.
    const place = chain(move({ x: side * aside * 20, y: 0 }), around(root, turn(-side * swing.ears)))
    return part('ear', side < 0 ? chain(head, place) : chain(head, mirror(middleOf(rig)), place))
  })
  return [
    ...shades(rig, stance),
    part(
      'tail',
      chain(
        move({ x: -aside * 26, y: 0 }),
        body,
        around(rig.joints.tail, turn(swing.tail - stance.lean * 0.4)),
      ),
    ),
    ...sides.flatMap((side) => legOf(rig, stance, frame, side)),
    part('body', body),
    ...ears,
    part('head', head),
    part(
      'face',
      chain(
        head,
        around(rig.joints.neck, chain(move({ x: aside * 56, y: 0 }), scale(1 - 0.12 * Math.abs(aside), 1))),
      ),
    ),
    ...sides.flatMap((side) => armOf(rig, stance, frame, side)),
    part('bowTie', chain(body, move({ x: aside * 22, y: 0 }))),
  ]
}

function frameOf(rig: Rig, { across, rise, lean, tilt, turn: aside }: Stance): Frame {
  const { hips, neck, shoulder } = rig.joints
  const sunk = Math.max(0, Math.min(0.3, -rise))
  const tall = 1 - 0.22 * sunk
  const wide = (1 - 0.13 * Math.abs(aside)) / Math.sqrt(tall)
  const body = chain(
    move({ x: across * reach, y: -rise * reach }),
    around(hips, chain(turn(lean), scale(wide, tall))),
  )
  const top = apply(body, neck)
  const head = chain(
    move({ x: top.x - neck.x + aside * 16, y: top.y - neck.y + sunk * 60 }),
    around(neck, chain(turn(tilt * 0.9), scale(1 - 0.05 * Math.abs(aside), 1))),
  )
  return {
    ...{ body, head, hips: apply(body, hips) },
    shoulders: [apply(body, shoulder), apply(body, { x: 2 * middleOf(rig) - shoulder.x, y: shoulder.y })],
  }
}

/** The floor darkens below the body and more below each foot; less when they are in the air. */
function shades(rig: Rig, { across, rise, feet }: Stance): readonly Piece[] {
  const { ankle, floor } = rig.joints
  const places = sides.map((side, index) => footOf(rig, feet[index === 0 ? 0 : 1], side))
  const [left, right] = places.map(({ x }) => x)
  const middle = ((left ?? 0) + (right ?? 0)) / 2
  const spread = Math.abs((right ?? 0) - (left ?? 0))
  const shade = (x: number, wide: number, high: number, opacity: number): Piece => ({
    kind: 'shade',
    shade: { x, y: floor, wide, high, colour: rig.shadow, opacity },
  })
  const hips = middleOf(rig) + across * reach
  return [
    shade(middle * 0.6 + hips * 0.4, 236 + spread * 0.42, 38, 0.9 - Math.max(0, rise) * 2),
    ...places.map(({ x, y }, index) => {
      const lift = Math.max(0, ankle.y - y) / 60
      return shade(
        x + (sides[index] ?? 0) * 28,
        116 - 30 * Math.min(1, lift),
        22,
        0.75 * Math.max(0, 1 - lift),
      )
    }),
  ]
}

function footOf(rig: Rig, foot: Stance['feet'][0], side: -1 | 1): Point {
  const half = middleOf(rig) - rig.joints.ankle.x
  return {
    x: middleOf(rig) + side * (half + foot.across * reach),
    y: rig.joints.ankle.y - Math.max(0, foot.lift) * reach,
  }
}

function legOf(rig: Rig, stance: Stance, { hips }: Frame, side: -1 | 1): readonly Piece[] {
  const { hip, ankle } = rig.joints
  const { upper, lower, radius, fur, sock } = rig.leg
  const foot = stance.feet[side < 0 ? 0 : 1]
  const root = {
    x: hips.x + side * (middleOf(rig) - hip.x) * (1 - 0.1 * Math.abs(stance.turn)),
    y: hips.y - 24,
  }
  const end = footOf(rig, foot, side)
  const path = bentPath(root, kneeOf(root, end, { upper, lower }, side), end, 8)
  const roll = side * Math.max(0, foot.lift) * 0.8
  const boot = chain(move({ x: end.x - ankle.x, y: end.y - ankle.y }), around(ankle, turn(roll)))
  const place = side < 0 ? boot : chain(boot, mirror(ankle.x))
  return [
    { kind: 'tube', tube: { path: path.slice(0, 6), radius, colour: fur, end: 'round' } },
    { kind: 'tube', tube: { path: path.slice(4), radius: radius + 1, colour: sock, end: 'round' } },
    { kind: 'part', part: 'boot', place },
  ]
}

/** Where the knee goes when hip and ankle are given: outward. */
function kneeOf(
  hip: Point,
  ankle: Point,
  { upper, lower }: { readonly upper: number; readonly lower: number },
  side: -1 | 1,
): Point {
  const [dx, dy] = [ankle.x - hip.x, ankle.y - hip.y]
  const away = Math.max(1, Math.min(Math.hypot(dx, dy), upper + lower - 0.5))
  const bend = Math.acos(
    Math.max(-1, Math.min(1, (upper ** 2 + away ** 2 - lower ** 2) / (2 * upper * away))),
  )
  const angle = Math.atan2(dx, dy) + side * bend
  return { x: hip.x + Math.sin(angle) * upper, y: hip.y + Math.cos(angle) * upper }
}

/**
 * The head is larger than the dancer's and the arms are shorter: hanging arms keep off the body, and raised ones off
 * the face. From the dancer's degrees to the character's.
 */
const upperWays = [
  [-180, -60],
  [-60, -14],
  [0, 20],
  [30, 42],
  [90, 94],
  [120, 114],
  [180, 138],
] as const
const lowerWays = [
  [-180, -80],
  [-60, -44],
  [0, 8],
  [30, 34],
  [90, 94],
  [120, 122],
  [180, 160],
] as const

function led(radians: number, ways: readonly (readonly [number, number])[]): number {
  const degrees = (radians * 180) / Math.PI
  const next = ways.findIndex(([from]) => from >= degrees)
  const [before, after] = [ways[Math.max(0, next - 1)], ways[next]]
  if (!before || !after) return radians
  const share = after[0] === before[0] ? 0 : (degrees - before[0]) / (after[0] - before[0])
  return ((before[1] + (after[1] - before[1]) * share) * Math.PI) / 180
}

function armOf(rig: Rig, stance: Stance, { shoulders }: Frame, side: -1 | 1): readonly Piece[] {
  const { upper, lower, paw, radius, cuff, sleeve, stripe, end: endColour } = rig.arm
  const index = side < 0 ? 0 : 1
  const arm = stance.arms[index]
  const angles = { upper: led(arm.upper, upperWays), lower: led(arm.lower, lowerWays) }
  // A raised arm is longer, so that it passes the head.
  const long = 1 + 0.22 * Math.max(0, Math.sin(angles.upper - 0.35))
  const towards = (from: Point, angle: number, length: number): Point => ({
    x: from.x + side * Math.sin(angle) * length,
    y: from.y + Math.cos(angle) * length,
  })
  const shoulder = shoulders[index]
  const elbow = towards(shoulder, angles.upper, upper * long)
  const wrist = towards(elbow, angles.lower, lower * long)
  const path = bentPath(shoulder, elbow, wrist)
  const last = path.at(-2) ?? elbow
  const way = Math.atan2(wrist.x - last.x, wrist.y - last.y)
  const hand = { x: wrist.x + Math.sin(way) * paw, y: wrist.y + Math.cos(way) * paw }
  const length = path.reduce((sum, point, at) => {
    const before = path[at - 1]
    return before ? sum + Math.hypot(point.x - before.x, point.y - before.y) : 0
  }, 0)
  const band = (from: number, to: number) => ({ from: from * length, to: to * length, colour: stripe })
  return [
    { kind: 'part', part: 'paw', place: chain(move(hand), turn(Math.PI - way)) },
    {
      kind: 'tube',
      tube: {
        ...{ path, radius, colour: sleeve, end: 'flat' },
        bands: [
          band(0.29, 0.38),
          band(0.55, 0.64),
          { from: length - 44, to: length + 1, colour: endColour, radius: cuff },
        ],
      },
    },
  ]
}
