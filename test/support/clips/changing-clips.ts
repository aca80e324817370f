import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeClip } from './clips.ts'
import { ffmpeg } from '../processes/tools.ts'

/** Clips whose pictures change their size or format on the way, as joined files and recordings of calls do. */
type Part = { readonly width: number; readonly height: number; readonly format?: string }

const bare = (folder: string, name: string, { width, height, format = 'yuv420p' }: Part) =>
  makeClip(folder, name, {
    ...{ width, height, seconds: 2, sound: false, container: [] },
    video: ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-pix_fmt', format, '-f', 'h264'],
  })

/** Sixty numbered frames of each part, one behind the other, under the header of the first. */
export async function joinedMp4(folder: string, name: string, parts: readonly Part[]): Promise<string> {
  const streams = await Promise.all(
    parts.map(async (part, nth) => readFile(await bare(folder, `${name}-${String(nth)}.h264`, part))),
  )
  const both = join(folder, `${name}.h264`)
  await writeFile(both, Buffer.concat(streams))
  const path = join(folder, name)
  await ffmpeg('-r', '30', '-i', `file:${both}`, '-c', 'copy', '-y', `file:${path}`)
  return path
}

/** A call in a browser, whose picture grows when the line gets better. */
export async function growingWebm(folder: string): Promise<string> {
  const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '2M']
  const part = (name: string, width: number, height: number) =>
    makeClip(folder, name, { width, height, seconds: 2, sound: false, video: vp8, container: [] })
  const parts = [await part('small.webm', 320, 240), await part('large.webm', 640, 480)]
  const list = join(folder, 'parts.txt')
  await writeFile(list, parts.map((path) => `file '${path}'\n`).join(''))
  const path = join(folder, 'growing.webm')
  await ffmpeg('-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', '-y', `file:${path}`)
  return path
}

/** Sixty frames and more at times of one's own, on a clock of a millisecond. */
export const timed = (folder: string, name: string, seconds: number, time: string) =>
  makeClip(folder, name, {
    ...{ width: 320, height: 240, seconds, sound: false, container: [] },
    filter: `settb=1/1000,setpts='(${time})/TB'`,
    video: [
      ...['-vsync', 'passthrough', '-enc_time_base', '1:1000'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ],
  })

const one = 0x10000

/** Writes the four numbers of a display matrix that turn, mirror and stretch. */
export async function placed(
  path: string,
  [a, b, c, d]: readonly [number, number, number, number],
): Promise<string> {
  const bytes = await readFile(path)
  const matrix = bytes.indexOf('tkhd') + 4 + 40
  const values = [a * one, b * one, 0, c * one, d * one, 0, 0, 0, 0x40000000]
  values.forEach((value, index) => bytes.writeInt32BE(Math.round(value), matrix + 4 * index))
  await writeFile(path, bytes)
  return path
}
