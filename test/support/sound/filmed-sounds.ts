import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from '../processes/tools.ts'
import { soundRate } from './made-sounds.ts'

/** As a file of one channel. */
async function writeWav(folder: string, name: string, sound: Float32Array): Promise<string> {
  const path = join(folder, name)
  const bytes = Buffer.alloc(44 + 2 * sound.length)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(soundRate, 24)
  bytes.writeUInt32LE(2 * soundRate, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(2 * sound.length, 40)
  sound.forEach((value, nth) =>
    bytes.writeInt16LE(Math.round(32_767 * Math.max(-1, Math.min(1, value))), 44 + 2 * nth),
  )
  await writeFile(path, bytes)
  return path
}

type Filmed = {
  readonly seconds?: number
  readonly coded?: readonly string[]
}

/** A small still picture with a sound. */
export async function filmed(
  folder: string,
  name: string,
  sound: Float32Array | null,
  { seconds = (sound?.length ?? 0) / soundRate, coded = [] }: Filmed = {},
): Promise<string> {
  const path = join(folder, name)
  const wav = sound && (await writeWav(folder, `${name}.wav`, sound))
  await ffmpeg(
    ...['-f', 'lavfi', '-t', String(seconds), '-i', 'color=gray:s=64x36:r=25'],
    ...(wav === null ? [] : ['-i', `file:${wav}`]),
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', ...coded, '-y', `file:${path}`],
  )
  return path
}

/** The same video with one of its tracks later. */
export async function withLater(
  track: 'v' | 'a',
  seconds: number,
  source: string,
  path: string,
): Promise<string> {
  const other = track === 'v' ? 'a' : 'v'
  await ffmpeg(
    ...['-i', `file:${source}`, '-itsoffset', String(seconds), '-i', `file:${source}`],
    ...['-map', `0:${other}`, '-map', `1:${track}`, '-c', 'copy', '-y', `file:${path}`],
  )
  return path
}
