import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeClip, rotated } from './clips.ts'
import { ffmpeg } from '../processes/tools.ts'

/** Clips whose containers say more about the picture than how it is turned. */
const dolbyVision = ({ profile, readable }: { readonly profile: number; readonly readable: number }) => {
  const box = Buffer.alloc(32)
  box.writeUInt32BE(32, 0)
  box.write('dvvC', 4, 'latin1')
  // Version 1.0, level 4, with its own metadata and a picture; then what others can read of it.
  box.set([1, 0, profile << 1, (4 << 3) | 5, readable << 4], 8)
  return box
}

/** As phones record it: a picture that all can read, of the HLG kind. */
const ofPhones = { profile: 8, readable: 4 }

/** Puts a box at the end of the first sample entry. Only where the index stands behind the pictures. */
function intoSampleEntry(bytes: Buffer, box: Buffer): Buffer {
  const entry = bytes.indexOf('stsd') + 12
  const end = entry + bytes.readUInt32BE(entry)
  for (const around of ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']) {
    const at =
      (around === 'moov' ? bytes.lastIndexOf(around) : bytes.indexOf(around, bytes.lastIndexOf('moov'))) - 4
    bytes.writeUInt32BE(bytes.readUInt32BE(at) + box.length, at)
  }
  bytes.writeUInt32BE(bytes.readUInt32BE(entry) + box.length, entry)
  return Buffer.concat([bytes.subarray(0, end), box, bytes.subarray(end)])
}

/** Shown upright as 360x640, stored lying, and Dolby Vision: ffprobe tells of the turn after it has told of that. */
export async function dolbyVisionPortrait(folder: string): Promise<string> {
  const path = join(folder, 'dolby-vision.mov')
  await ffmpeg('-i', `file:${await rotated(folder)}`, '-c', 'copy', '-t', '1', '-y', `file:${path}`)
  await writeFile(path, intoSampleEntry(await readFile(path), dolbyVision(ofPhones)))
  return path
}

/** Plain H.264 that could be copied, but for the Dolby Vision that its container speaks of. */
export async function dolbyVisionPlain(folder: string, kind = ofPhones): Promise<string> {
  const path = await makeClip(folder, `dolby-vision-${kind.profile}.mp4`, { seconds: 1, container: [] })
  await writeFile(path, intoSampleEntry(await readFile(path), dolbyVision(kind)))
  return path
}

/** Says of its picture that it is for both eyes. */
export async function stereo(folder: string): Promise<string> {
  const path = join(folder, 'stereo.mkv')
  const source = await makeClip(folder, 'before-stereo.mp4', { seconds: 1 })
  await ffmpeg(
    '-i',
    `file:${source}`,
    '-c',
    'copy',
    '-metadata:s:v',
    'stereo_mode=mono',
    '-y',
    `file:${path}`,
  )
  return path
}
