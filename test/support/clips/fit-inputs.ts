import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { root } from '../../../scripts/lib/paths.mjs'
import { ffmpeg } from '../processes/tools.ts'

/** A picture three times as wide as high, which models take only framed, cut or with a border. */
export async function wideScene(): Promise<Buffer> {
  const character = await sharp(join(root, 'resources', 'sample', 'character.png'))
    .resize({ height: 800 })
    .toBuffer()
  return sharp({ create: { width: 2400, height: 800, channels: 3, background: '#4b6a88' } })
    .composite([{ input: character, left: 1300, top: 0 }])
    .png()
    .toBuffer()
}

/** The same shape; red on the left, green on the right. */
export async function twoColours(): Promise<Buffer> {
  const green = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#00c000' } })
    .png()
    .toBuffer()
  return sharp({ create: { width: 2400, height: 800, channels: 3, background: '#c00000' } })
    .composite([{ input: green, left: 1200, top: 0 }])
    .removeAlpha()
    .png()
    .toBuffer()
}

async function madeBy(...args: readonly string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-fit-'))
  const path = join(folder, 'clip.mp4')
  try {
    await ffmpeg(...args, '-pix_fmt', 'yuv420p', path)
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const source = (picture: string, seconds: number) => [
  ...['-f', 'lavfi', '-t', String(seconds)],
  ...['-i', `${picture}=size=640x480:rate=30`],
]

/** Three scenes, cut hard at 2 s and at 5.5 s. */
export const clipWithCuts = (): Promise<Buffer> =>
  madeBy(
    ...source('testsrc2', 2),
    ...source('mandelbrot', 3.5),
    ...source('smptehdbars', 2.5),
    ...['-filter_complex', '[0][1][2]concat=n=3:v=1'],
  )

/** A clip that fits as it is. */
export const steadyClip = (): Promise<Buffer> => madeBy(...source('testsrc2', 4))

/** A clip of two seconds, one second less than providers take. */
export const shortClip = (): Promise<Buffer> => madeBy(...source('testsrc2', 2))
