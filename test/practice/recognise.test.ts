import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Canvas } from '../../src/main/practice/render/canvas.ts'
import { measurePoses } from '../../src/main/practice/render/poses.ts'
import { type Dance, matchDance, readDance } from '../../src/main/practice/render/sample/dance.ts'
import { findCharacter } from '../../src/main/practice/render/sample/find-character.ts'
import { readRig, type Rig } from '../../src/main/practice/render/sample/rig.ts'
import type { GrayFrames } from '../../src/main/practice/render/silhouette.ts'
import { type Stance, stanceOfPose } from '../../src/main/practice/render/stance.ts'
import { root } from '../support/window/electron-binary.ts'
import { anImage, correlation } from './support.ts'

const sample = join(root, 'resources', 'sample')

let dance: Dance
let rig: Rig
beforeAll(async () => {
  dance = await readDance(join(sample, 'dance.json.gz'))
  rig = await readRig(join(sample, 'fox.json'))
})

describe('what the practice provider recognises', () => {
  /** The sample's clip from 1.5 s for three seconds, smaller, compressed again and with every third frame. */
  const readPart = (): GrayFrames => {
    const [width, height] = [64, 114]
    const { stdout: clip } = spawnSync(
      'ffmpeg',
      [
        ...['-v', 'error', '-ss', '1.5', '-t', '3', '-i', join(sample, 'clip.mp4'), '-an'],
        ...[
          '-vf',
          "select='not(mod(n,3))',scale=360:640",
          '-fps_mode',
          'passthrough',
          '-c:v',
          'libx264',
          '-preset',
          'ultrafast',
          '-crf',
          '26',
          '-f',
          'matroska',
          '-',
        ],
      ],
      { maxBuffer: 1 << 26 },
    )
    const { stdout } = spawnSync(
      'ffmpeg',
      [
        ...[
          '-v',
          'error',
          '-i',
          '-',
          '-vf',
          `scale=${String(width)}:${String(height)}:flags=area,format=gray`,
        ],
        ...['-fps_mode', 'passthrough', '-f', 'rawvideo', '-'],
      ],
      { input: clip, maxBuffer: 1 << 26 },
    )
    const size = width * height
    const frames = Array.from({ length: stdout.length / size }, (_, frame) =>
      stdout.subarray(frame * size, (frame + 1) * size),
    )
    return { width, height, frames }
  }

  let clip: GrayFrames
  beforeAll(() => {
    clip = readPart()
  })

  it('finds each frame of a part of the dance: compressed again, backwards and in a mirror too', () => {
    const wanted = clip.frames.map((_, frame) => 45 + 3 * frame)
    const misses = (film: GrayFrames, stances: Dance['stances'], order: readonly number[]) => {
      const found = matchDance(film, dance)
      expect(found).toHaveLength(order.length)
      return (found ?? []).map((stance, frame) => Math.abs(stances.indexOf(stance) - (order[frame] ?? NaN)))
    }
    expect(Math.max(...misses(clip, dance.stances, wanted))).toBeLessThanOrEqual(1)
    const backwards = { ...clip, frames: clip.frames.toReversed() }
    expect(Math.max(...misses(backwards, dance.stances, wanted.toReversed()))).toBeLessThanOrEqual(1)
    const mirrored = clip.frames.map((frame) =>
      frame.map((_, at) => frame[at - (at % clip.width) + clip.width - 1 - (at % clip.width)] ?? 0),
    )
    expect(Math.max(...misses({ ...clip, frames: mirrored }, dance.mirrored, wanted))).toBeLessThanOrEqual(1)
  })

  it('does not take another film for the dance', () => {
    const { width, height, frames } = clip
    const darker = frames.map((frame) => frame.map((value) => Math.max(0, 200 - value)))
    expect(matchDance({ width, height, frames: darker }, dance)).toBeNull()
  })

  const character = () => sharp(join(sample, 'character.png'))
  const canvasOf = async (picture: Sharp): Promise<Canvas> => {
    const { data, info } = await sharp(await picture.jpeg({ quality: 70 }).toBuffer())
      .resize(480, 640, { fit: 'inside' })
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, pixels: data }
  }

  it('finds the fox in its picture, whole, cropped and padded', async () => {
    const whole = findCharacter(await canvasOf(character()), rig)
    expect(whole?.scale).toBeCloseTo(640 / 1536, 2)
    const cropped = findCharacter(
      await canvasOf(character().extract({ left: 100, top: 200, width: 880, height: 1173 })),
      rig,
    )
    // 880 by 1173 fills 480 by 640.
    expect(cropped?.scale).toBeCloseTo(640 / 1173, 1)
    expect(Math.abs((cropped?.x ?? NaN) + (100 * 640) / 1173)).toBeLessThan(4)
    expect(Math.abs((cropped?.y ?? NaN) + (200 * 640) / 1173)).toBeLessThan(4)
    const padded = findCharacter(
      await canvasOf(character().extend({ left: 256, right: 256, top: 0, bottom: 0, background: '#000' })),
      rig,
    )
    expect(Math.abs((padded?.x ?? NaN) - (256 * 480) / 1536)).toBeLessThan(4)
  })

  it('takes no other picture for the fox', async () => {
    expect(findCharacter(await canvasOf(sharp(await anImage())), rig)).toBeNull()
    expect(findCharacter(await canvasOf(character().flop()), rig)).toBeNull()
    expect(findCharacter(await canvasOf(character().negate({ alpha: false })), rig)).toBeNull()
  })
})

describe('a clip that is not the sample', () => {
  const [width, height, rate, count] = [64, 76, 12, 36]
  /** A bright figure on a dark wall: where its middle is, and how tall it is. */
  const aFilm = (
    figure: (frame: number) => { readonly x: number; readonly tall: number } | null,
  ): GrayFrames => ({
    ...{ width, height },
    frames: Array.from({ length: count }, (_, frame) => {
      const found = figure(frame)
      return Uint8Array.from({ length: width * height }, (_, at) => {
        const [x, y] = [at % width, Math.floor(at / width)]
        const isFigure = found && Math.abs(x - found.x) < 7 && y < 66 && y >= 66 - found.tall
        return isFigure ? 210 : 45
      })
    }),
  })
  const stancesOf = async (film: GrayFrames): Promise<readonly Stance[]> =>
    (await measurePoses(film, rate, () => Promise.resolve())).map((pose) =>
      stanceOfPose(pose, width / height),
    )
  const swing = (frame: number) => Math.sin((2 * Math.PI * frame) / 18)

  it('leads the character to the side and into a squat as its figure goes', async () => {
    const stances = await stancesOf(
      aFilm((frame) => ({ x: 32 + 12 * swing(frame), tall: 50 - 8 * Math.max(0, swing(frame / 2)) })),
    )
    const frames = Array.from({ length: count }, (_, frame) => frame)
    expect(
      correlation(
        frames.map(swing),
        stances.map(({ across }) => across),
      ),
    ).toBeGreaterThan(0.9)
    const tall = frames.map((frame) => -Math.max(0, swing(frame / 2)))
    expect(
      correlation(
        tall,
        stances.map(({ rise }) => rise),
      ),
    ).toBeGreaterThan(0.9)
  })

  it('without a figure that moves gives a gentle idle, and claims no more', async () => {
    const stances = await stancesOf(aFilm(() => null))
    const rises = stances.map(({ rise }) => rise)
    expect(Math.max(...rises) - Math.min(...rises)).toBeGreaterThan(0.01)
    expect(Math.max(...rises.map(Math.abs))).toBeLessThan(0.05)
    expect(stances.every(({ across, turn, feet }) => across === 0 && turn === 0 && feet[0].lift === 0)).toBe(
      true,
    )
  })
})
