import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from '../processes/tools.ts'

/** Makes the first track of sound one of a kind that nobody knows. */
async function forgetFirstSound(path: string): Promise<string> {
  const bytes = await readFile(path)
  const index = bytes.lastIndexOf('moov')
  // Its name, and the description that tells the codec as well.
  for (const [known, unknown] of [
    ['mp4a', 'zzzz'],
    ['esds', 'free'],
  ] as const)
    bytes.write(unknown, bytes.indexOf(known, index), 'latin1')
  await writeFile(path, bytes)
  return path
}

const tone = (from: number, to: number) => [
  ...['-f', 'lavfi', '-i'],
  `sine=frequency=500:sample_rate=48000:d=3,volume=6,volume=0:enable='not(between(t,${from},${to}))'`,
]
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=3']
const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']

/** Three seconds: an unknown track that is loud in the first of them, and one of AAC that is loud in the last. */
export async function soundBehindUnread(folder: string, name: string): Promise<string> {
  const path = join(folder, name)
  const maps = ['-map', '0:v', '-map', '1:a', '-map', '2:a']
  await ffmpeg(...picture, ...tone(0, 1), ...tone(2, 3), ...maps, ...codecs, '-y', `file:${path}`)
  return forgetFirstSound(path)
}
