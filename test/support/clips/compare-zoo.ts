import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg, ffprobe } from '../processes/tools.ts'
import { makeClip, turn, type ClipRecipe } from './clips.ts'

/** Small files of every kind that a comparison may meet. Every frame carries its number. */

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '12', '-bf', '2', '-pix_fmt', 'yuv420p']
const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params', 'log-level=none']

const small = { width: 320, height: 180, rate: 25, seconds: 0.6, video: h264 } as const

export type ZooClip = (folder: string) => Promise<string>

const clip =
  (name: string, change: Partial<ClipRecipe> = {}): ZooClip =>
  (folder) =>
    makeClip(folder, name, { ...small, ...change })

const remuxed =
  (name: string, inputs: (source: string) => readonly string[]): ZooClip =>
  async (folder) => {
    const source = await clip('plain.mp4')(folder)
    const path = join(folder, name)
    await ffmpeg(...inputs(`file:${source}`), '-c', 'copy', '-y', `file:${path}`)
    return path
  }

/** A third of what its packets hold is overwritten from this frame on: it opens, plays, and fails. */
export async function garbled(folder: string): Promise<string> {
  const path = await clip('garbled.mp4', { seconds: 2, video: [...h264, '-g', '25'] })(folder)
  const told = await ffprobe(
    ...['-select_streams', 'V:0', '-show_entries', 'packet=size,pos', '-of', 'csv=p=0', `file:${path}`],
  )
  const bytes = await readFile(path)
  const packets = told
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number))
  for (const [size = 0, at = 0] of packets.slice(30, 36)) bytes.fill(0xff, at, at + size)
  await writeFile(path, bytes)
  return path
}

/** Its last third is missing, as after a copy that broke off. */
async function cutShort(folder: string): Promise<string> {
  const bytes = await readFile(await clip('whole.mp4')(folder))
  const path = join(folder, 'cut-short.mp4')
  await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * 0.6)))
  return path
}

async function words(folder: string): Promise<string> {
  const path = join(folder, 'words.mp4')
  await writeFile(path, 'not a video '.repeat(200))
  return path
}

/** An edit list cuts it in the middle of frame 22, of 320x180 at 25 frames per second. */
export async function cutWithinFrame(folder: string): Promise<string> {
  const source = await makeClip(folder, 'before-cut-within.mp4', {
    ...{ width: 320, height: 180, rate: 25, seconds: 3 },
    video: ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '50', '-bf', '2', '-pix_fmt', 'yuv420p'],
  })
  const path = join(folder, 'cut-within.mp4')
  await ffmpeg('-ss', '0.9', '-i', `file:${source}`, '-t', '1', '-c', 'copy', '-y', `file:${path}`)
  return path
}

const lying = { width: 180, height: 320, filter: 'transpose=cclock' }

export const zooClips = {
  plain: clip('plain.mp4'),
  'two seconds': clip('two-seconds.mp4', { seconds: 2 }),
  'HEVC, 8 bit': clip('hevc-8.mp4', { video: [...hevc, '-pix_fmt', 'yuv420p'] }),
  'HEVC, 10 bit': clip('hevc-10.mp4', { video: [...hevc, '-pix_fmt', 'yuv420p10le'] }),
  ProRes: clip('prores.mov', {
    video: ['-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le'],
    audio: ['-c:a', 'pcm_s16le'],
    container: [],
  }),
  'H.264, 10 bit': clip('h264-10.mp4', { video: [...h264, '-pix_fmt', 'yuv420p10le'] }),
  VP9: clip('vp9.webm', {
    video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '300k'],
    audio: ['-c:a', 'libopus'],
    container: [],
  }),
  AV1: clip('av1.mp4', { video: ['-c:v', 'libsvtav1', '-preset', '12', '-pix_fmt', 'yuv420p'] }),
  'an edit list': cutWithinFrame,
  'turned by 90°': async (folder) => turn(await clip('turned.mov', { ...lying, container: [] })(folder), 90),
  'no sound': clip('silent.mp4', { sound: false }),
  'one frame': remuxed('one-frame.mp4', (source) => ['-i', source, '-map', '0:v', '-frames:v', '1']),
  '0.2 s': clip('blink.mp4', { seconds: 0.2 }),
  fields: clip('fields.mp4', {
    filter: 'setfield=tff',
    video: [...h264, '-flags', '+ildct+ilme', '-x264opts', 'tff=1'],
  }),
  'uneven frames': clip('uneven.mp4', {
    filter: "select='not(eq(mod(n,7),3))'",
    video: [...h264, '-vsync', 'vfr', '-video_track_timescale', '90000'],
  }),
  'late sound': remuxed('late-sound.mp4', (source) => [
    ...['-i', source, '-itsoffset', '0.3', '-i', source, '-map', '0:v', '-map', '1:a'],
  ]),
  /** Two players can’t be sent to its last frames. */
  'turned, with a late clock': async (folder) => {
    const path = join(folder, 'late-turned.mp4')
    const source = await clip('before-late-turned.mp4', lying)(folder)
    await ffmpeg('-i', `file:${source}`, '-c', 'copy', '-output_ts_offset', '0.5', '-y', `file:${path}`)
    return turn(path, 90)
  },
  garbled,
  'cut short': cutShort,
  words,
} satisfies Readonly<Record<string, ZooClip>>

export type ZooName = keyof typeof zooClips

/** Two minutes that this window can't decode: a copy of it takes a while. */
export async function longHevc(folder: string): Promise<string> {
  const source = await zooClips['HEVC, 8 bit'](folder)
  const path = join(folder, 'long-hevc.mp4')
  await ffmpeg('-stream_loop', '199', '-i', `file:${source}`, '-c', 'copy', '-y', `file:${path}`)
  return path
}
