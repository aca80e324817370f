import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apply, type Point } from '../../src/main/practice/render/affine.ts'
import { drawParts } from '../../src/main/practice/render/apart/sprites.ts'
import { type Canvas, copyOf } from '../../src/main/practice/render/canvas.ts'
import { act, type Piece } from '../../src/main/practice/render/sample/act.ts'
import { type Dance, readDance } from '../../src/main/practice/render/sample/dance.ts'
import type { Placement } from '../../src/main/practice/render/sample/find-character.ts'
import { createPerformance } from '../../src/main/practice/render/sample/perform.ts'
import { type PartName, readRig, type Rig } from '../../src/main/practice/render/sample/rig.ts'
import { root } from '../support/window/electron-binary.ts'
import { correlation } from './support.ts'

const sample = join(root, 'resources', 'sample')
const calm = { tail: 0, ears: 0 }
const squat = 75
const reaching = 90

let dance: Dance
let rig: Rig
let joints: readonly (readonly number[])[]
beforeAll(async () => {
  dance = await readDance(join(sample, 'dance.json.gz'))
  rig = await readRig(join(sample, 'fox.json'))
  const stored: unknown = JSON.parse(
    gunzipSync(await readFile(join(sample, 'dance.json.gz'))).toString('utf8'),
  )
  joints = z.object({ joints: z.array(z.array(z.number())) }).parse(stored).joints
})

/** Where the dancer's joints are, by their place in the list. */
const dancer = (index: number): Point[] =>
  joints.map((values) => ({ x: values[index * 2] ?? NaN, y: values[index * 2 + 1] ?? NaN }))

const placesOf = (pieces: readonly Piece[], part: PartName) =>
  pieces.flatMap((piece) => (piece.kind === 'part' && piece.part === part ? [piece.place] : []))

/** Where a point of one of the fox's parts is in every frame; `nth` tells the left from the right. */
const fox = (part: PartName, point: Point, nth = 0): Point[] =>
  dance.stances.map((stance) => {
    const place = placesOf(act(rig, stance, calm), part)[nth]
    return place ? apply(place, point) : { x: NaN, y: NaN }
  })

const heights = (points: readonly Point[]) => points.map(({ y }) => y)

/** How high each point is above the other, as an angle from straight down. */
const directions = (from: readonly Point[], to: readonly Point[]) =>
  to.map(({ x, y }, frame) => {
    const start = from[frame] ?? { x: NaN, y: NaN }
    return Math.abs(Math.atan2(x - start.x, y - start.y))
  })

describe('the fox of the sample, performed by the dancer of the sample', () => {
  it('goes down and up with her hips', () => {
    expect(correlation(heights(dancer(0)), heights(fox('body', rig.joints.hips)))).toBeGreaterThan(0.95)
  })

  it.each([
    ['left', 4, 6, 0],
    ['right', 7, 9, 1],
  ] as const)('points its %s arm where hers points', (_, shoulder, hand, nth) => {
    const { x, y } = rig.joints.shoulder
    const own = fox('body', { x: nth === 0 ? x : 2 * rig.joints.hips.x - x, y })
    const hers = directions(dancer(shoulder), dancer(hand))
    expect(correlation(hers, directions(own, fox('paw', { x: 0, y: 0 }, nth)))).toBeGreaterThan(0.9)
  })

  it('tilts its head with hers, and its feet go where hers go', () => {
    const across = (from: readonly Point[], to: readonly Point[]) =>
      to.map(({ x }, frame) => x - (from[frame]?.x ?? NaN))
    const hers = across(dancer(2), dancer(3))
    const own = across(fox('head', rig.joints.neck), fox('head', { x: rig.joints.neck.x, y: 200 }))
    expect(correlation(hers, own)).toBeGreaterThan(0.9)
    const foot = fox('boot', rig.joints.ankle, 0).map(({ x }) => x)
    expect(
      correlation(
        dancer(12).map(({ x }) => x),
        foot,
      ),
    ).toBeGreaterThan(0.9)
  })

  it('turns its face to the side that she turns to', () => {
    const head = fox('head', rig.joints.neck)
    const aside = fox('face', rig.joints.neck).map(({ x }, frame) => x - (head[frame]?.x ?? NaN))
    expect(
      correlation(
        dance.stances.map(({ turn }) => turn),
        aside,
      ),
    ).toBeGreaterThan(0.95)
  })
})

describe('a frame of the fox', () => {
  const place: Placement = { scale: 0.5, x: 0, y: 0 }
  let paint: (frame: number) => Canvas

  beforeAll(async () => {
    const { data, info } = await sharp(join(sample, 'character.png'))
      .resize(512, 768)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const names = Object.keys(rig.parts) as PartName[]
    const drawn = await drawParts(
      names.map((name) => rig.parts[name]),
      0.6,
    )
    const sprites = new Map(names.flatMap((name, at) => (drawn[at] ? [[name, drawn[at]] as const] : [])))
    const performance = createPerformance(
      { width: info.width, height: info.height, pixels: data },
      { rig, place, sprites },
    )
    paint = (frame) => {
      const canvas = copyOf(performance.empty)
      const stance = dance.stances[frame]
      if (stance) performance.paint(canvas, { stance, ...calm })
      return canvas
    }
  })

  const awayFrom = (
    { width, pixels }: Canvas,
    [x, y]: readonly [number, number],
    colour: readonly [number, number, number],
  ) => {
    const at = (y * width + x) * 3
    return Math.max(...colour.map((value, channel) => Math.abs((pixels[at + channel] ?? 0) - value)))
  }
  const topOf = (canvas: Canvas) => {
    for (let y = 0; y < canvas.height; y++)
      for (let x = 0; x < canvas.width; x++) if (awayFrom(canvas, [x, y], [240, 138, 62]) < 20) return y
    return NaN
  }

  it('is lower in a squat than while it stands, and that than while it reaches up', () => {
    const [low, usual, high] = [topOf(paint(squat)), topOf(paint(0)), topOf(paint(reaching))]
    expect(low - usual).toBeGreaterThan(30)
    expect(usual - high).toBeGreaterThanOrEqual(0)
  })

  it('has the still picture’s wall all around, with no trace of where the fox stood', () => {
    const canvas = paint(squat)
    const above = topOf(canvas) - 4
    for (let x = 0; x < canvas.width; x += 3)
      expect(awayFrom(canvas, [x, above], rig.ground)).toBeLessThanOrEqual(1)
  })

  it.each([0, 18, squat, reaching, 135, 165])(
    'has no hole in its head, and an edge of at most three pixels (frame %i)',
    (frame) => {
      const canvas = paint(frame)
      const [head] = placesOf(act(rig, dance.stances[frame] ?? dance.stances[0]!, calm), 'head')
      const onto = (point: Point) => {
        const { scale, x, y } = rig.placed
        const moved = head ? apply(head, point) : point
        return { x: (moved.x * scale + x) * place.scale, y: (moved.y * scale + y) * place.scale }
      }
      for (const height of [330, 360, 390]) {
        const middle = onto({ x: 512, y: height })
        const row = Math.round(middle.y)
        const isWall = (x: number) => awayFrom(canvas, [x, row], rig.ground) < 8
        const isFur = (x: number) => awayFrom(canvas, [x, row], [240, 138, 62]) < 8
        let x = Math.round(middle.x)
        // From the middle outward: fur, then a short ramp, then wall or another part of the fox.
        while (isFur(x)) x -= 1
        const edge = x
        while (!isWall(x) && !isFur(x) && edge - x < 40) x -= 1
        if (isWall(x)) expect(edge - x).toBeLessThanOrEqual(3)
        const inside = onto({ x: 512, y: height })
        for (let step = -40; step <= 40; step++) expect(isWall(Math.round(inside.x) + step)).toBe(false)
      }
    },
  )
})
