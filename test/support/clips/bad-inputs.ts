import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { ffmpeg } from '../processes/tools.ts'

/** A clip of two seconds, which every provider refuses until the user lets it be lengthened. */
export async function shortClip(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-short-'))
  const path = join(folder, 'clip.mp4')
  try {
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=640x480:rate=30:duration=2', '-pix_fmt', 'yuv420p', path)
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A picture of 60 × 60 pixels: too small for every provider, and too small to be enlarged. */
export const smallPicture = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 60, channels: 3, background: '#c84' } })
    .png()
    .toBuffer()
