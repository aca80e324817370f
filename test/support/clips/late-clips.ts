import { join } from 'node:path'
import { makeClip } from './clips.ts'
import { ffmpeg } from '../processes/tools.ts'

/*
 * Clips of 120 numbered frames whose clock does not begin with the picture at zero. A browser counts as the file does.
 */

const coder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-bf', '2', '-pix_fmt', 'yuv420p']
const copied = ['-c', 'copy', '-y']

async function remuxed(folder: string, name: string, options: readonly string[], sound = true) {
  const source = await makeClip(folder, `source of ${name}.mp4`, { video: coder, sound })
  const path = join(folder, name)
  await ffmpeg('-i', `file:${source}`, ...copied, ...options, `file:${path}`)
  return path
}

/** Picture and sound on the clocks of two readings of the same file. */
async function apart(folder: string, name: string, late: 'picture' | 'sound') {
  const source = await makeClip(folder, `source of ${name}.mp4`, { video: coder })
  const path = join(folder, name)
  const input = (isLate: boolean) => [...(isLate ? ['-itsoffset', '0.5'] : []), '-i', `file:${source}`]
  await ffmpeg(
    ...input(late === 'picture'),
    ...input(late === 'sound'),
    ...['-map', '0:v', '-map', '1:a', ...copied, `file:${path}`],
  )
  return path
}

const half = ['-output_ts_offset', '0.5']

export const lateMkv = (folder: string) => remuxed(folder, 'late.mkv', half)

/** What it is, and how it is made. */
export const lateClips: Readonly<Record<string, (folder: string) => Promise<string>>> = {
  'Matroska from half a second on': lateMkv,
  'MP4 from half a second on': (folder) => remuxed(folder, 'late.mp4', half),
  'MP4 with B-frames and no edit list': (folder) =>
    remuxed(folder, 'no-edit-list.mp4', ['-use_editlist', '0'], false),
  'MP4 whose picture begins after its sound': (folder) => apart(folder, 'late-picture.mp4', 'picture'),
  'Matroska whose sound begins after its picture': (folder) => apart(folder, 'late-sound.mkv', 'sound'),
}
