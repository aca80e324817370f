import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { GrayFrames } from '../silhouette.ts'
import { type Joints, type Stance, stanceOfJoints } from '../stance.ts'

/** A fingerprint is this many cells wide and high. */
const printSide = 16

const schema = z.object({
  /** How many units the picture is wide; a unit is a share of its height. */
  width: z.number(),
  /** Per frame the joints in the order of `jointsOf`, x before y. */
  joints: z.array(z.array(z.number()).length(32)),
  turns: z.array(z.number()),
  /** The fingerprints of all frames, one behind the other. */
  prints: z.base64(),
})

/** What is known of the sample's dancer: how she moves, and how to recognise each frame. */
export type Dance = {
  readonly prints: readonly Uint8Array[]
  readonly stances: readonly Stance[]
  /** The same seen in a mirror. */
  readonly mirrored: readonly Stance[]
}

export async function readDance(path: string): Promise<Dance> {
  const { width, joints, turns, prints } = schema.parse(
    JSON.parse(gunzipSync(await readFile(path)).toString('utf8')),
  )
  const bytes = Buffer.from(prints, 'base64')
  const size = printSide ** 2
  const all = joints.map((values, frame) => jointsOf(values, turns[frame] ?? 0))
  const [rest] = all
  if (!rest || bytes.length !== size * all.length) throw new Error(`${path} is not a whole dance.`)
  const stances = all.map((one) => stanceOfJoints(one, rest))
  return {
    prints: all.map((_, frame) => bytes.subarray(frame * size, (frame + 1) * size)),
    stances,
    mirrored: all.map((one) => stanceOfJoints(inMirror(one, width), inMirror(rest, width))),
  }
}

function jointsOf(values: readonly number[], turn: number): Joints {
  const point = (index: number) => ({ x: values[index * 2] ?? 0, y: values[index * 2 + 1] ?? 0 })
  const limb = (first: number) => [point(first), point(first + 1), point(first + 2)] as const
  return {
    ...{ hips: point(0), chest: point(1), neck: point(2), head: point(3) },
    ...{ arms: [limb(4), limb(7)], legs: [limb(10), limb(13)], turn },
  }
}

function inMirror({ hips, chest, neck, head, arms, legs, turn }: Joints, width: number): Joints {
  const point = ({ x, y }: Joints['hips']) => ({ x: width - x, y })
  const limb = ([one, two, three]: Joints['arms'][0]) => [point(one), point(two), point(three)] as const
  return {
    ...{ hips: point(hips), chest: point(chest), neck: point(neck), head: point(head) },
    ...{ arms: [limb(arms[1]), limb(arms[0])], legs: [limb(legs[1]), limb(legs[0])], turn: -turn },
  }
}

/** A picture as a few cells of mean brightness: the same for every size and compression. */
export function printOf(frame: Uint8Array, { width, height }: { width: number; height: number }): Uint8Array {
  const sums = new Float64Array(printSide ** 2)
  const counts = new Float64Array(printSide ** 2)
  const columns = Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * printSide) / width))
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * printSide) / height) * printSide
    for (const [x, column] of columns.entries()) {
      const cell = row + column
      sums[cell] = (sums[cell] ?? 0) + (frame[y * width + x] ?? 0)
      counts[cell] = (counts[cell] ?? 0) + 1
    }
  }
  return Uint8Array.from(sums, (sum, cell) => Math.round(sum / Math.max(1, counts[cell] ?? 1)))
}

/** A frame of the dance differs less than this from its fingerprint, in levels of brightness, and another film more. */
const sameFrame = 3
/** This share of a clip must be of the dance: the rest may be a title, or a fade. */
const ofTheDance = 0.8

/** Finds each frame of a clip in the dance; null when the clip shows something else. */
export function matchDance(clip: GrayFrames, dance: Dance): readonly Stance[] | null {
  const prints = clip.frames.map((frame) => printOf(frame, clip))
  const [straight, mirrored] = [false, true].map((inMirror) => {
    const found = prints.map((print) => nearest(inMirror ? flipped(print) : print, dance.prints))
    const known = found.filter(({ away }) => away < sameFrame).length
    return { found, known, away: found.reduce((sum, { away }) => sum + away, 0) }
  })
  if (!straight || !mirrored) return null
  // Her moves to the left and to the right are alike, but for the light on her.
  const side = mirrored.away < straight.away ? mirrored : straight
  if (side.known < prints.length * ofTheDance) return null
  const stances = side === mirrored ? dance.mirrored : dance.stances
  // A frame that is not known holds the stance before it.
  let last = side.found.find(({ away }) => away < sameFrame)?.frame ?? 0
  return side.found.flatMap(({ frame, away }) => {
    if (away < sameFrame) last = frame
    const stance = stances[last]
    return stance ? [stance] : []
  })
}

function nearest(print: Uint8Array, prints: readonly Uint8Array[]) {
  let best = { frame: 0, away: Infinity }
  for (const [frame, known] of prints.entries()) {
    const limit = best.away * print.length
    let sum = 0
    for (let cell = 0; cell < print.length && sum < limit; cell++)
      sum += Math.abs((print[cell] ?? 0) - (known[cell] ?? 0))
    if (sum < limit) best = { frame, away: sum / print.length }
  }
  return best
}

const flipped = (print: Uint8Array): Uint8Array =>
  print.map((_, cell) => print[cell - (cell % printSide) + printSide - 1 - (cell % printSide)] ?? 0)
