import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeClip } from './clips.ts'
import { ffmpeg } from '../processes/tools.ts'

/** Clips as other programs, old cameras and careless cuts leave them. */
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
const bFrames = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '30', '-bf', '2', '-pix_fmt', 'yuv420p']
const plainContainer: readonly string[] = []
const small = { width: 320, height: 180 } as const

/** Stored lying with pixels wider than high: 480x360 stored, 360x640 shown. */
export const wideAndTurned = (folder: string) =>
  makeClip(folder, 'wide-and-turned.mp4', { width: 480, filter: 'setsar=4/3', sound: false })

export const proRes = (folder: string) =>
  makeClip(folder, 'prores.mov', {
    ...{ ...small, seconds: 2 },
    video: ['-c:v', 'prores_ks', '-profile:v', '3', '-pix_fmt', 'yuv422p10le'],
    audio: ['-c:a', 'pcm_s16le'],
    container: plainContainer,
  })
export const proResInterlaced = (folder: string) =>
  makeClip(folder, 'prores-fields.mov', {
    ...{ ...small, seconds: 2 },
    filter: 'setfield=tff',
    video: ['-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le', '-flags', '+ildct'],
    sound: false,
    container: plainContainer,
  })

const hlgTags = ['-color_primaries', 'bt2020', '-color_trc', 'arib-std-b67', '-colorspace', 'bt2020nc']
export const hlg = (folder: string) =>
  makeClip(folder, 'hlg.mov', {
    ...{ ...small, seconds: 2 },
    video: [
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-pix_fmt', 'yuv420p10le'],
      ...['-x265-params', 'log-level=none:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc'],
      ...hlgTags,
    ],
  })

/** Fields, with nothing in front of the pictures that says so. */
export const interlacedAvi = (folder: string) =>
  makeClip(folder, 'fields.avi', {
    ...{ ...small, seconds: 2 },
    filter: 'setfield=tff',
    video: ['-c:v', 'mpeg4', '-q:v', '3', '-flags', '+ildct+ilme'],
    sound: false,
    container: plainContainer,
  })

/** Pictures out of order in a container that has no way to say so. */
export const reorderedAvi = (folder: string) =>
  makeClip(folder, 'reordered.avi', {
    ...small,
    seconds: 2,
    video: bFrames,
    sound: false,
    container: plainContainer,
  })
/** The encoder looks ahead and leaves places empty, where a player holds the frame before: frame 14 at half a second. */
export const xvidAvi = (folder: string) =>
  makeClip(folder, 'xvid.avi', {
    ...{ ...small, seconds: 2 },
    video: ['-c:v', 'libxvid', '-bf', '2', '-q:v', '3'],
    sound: false,
    container: plainContainer,
  })

/** VP8 with pictures among the others that are only referred to and never shown. */
export async function unseenPictures(folder: string): Promise<string> {
  const path = join(folder, 'unseen.webm')
  const source = await makeClip(folder, 'before-unseen.mp4', { ...small, seconds: 3, sound: false })
  for (const pass of ['1', '2'])
    await ffmpeg(
      ...['-i', `file:${source}`, '-c:v', 'libvpx', '-auto-alt-ref', '1', '-arnr-maxframes', '5'],
      ...['-lag-in-frames', '20', '-b:v', '400k', '-pass', pass, '-passlogfile', join(folder, 'unseen')],
      ...['-y', `file:${path}`],
    )
  return path
}

export const av1 = (folder: string) =>
  makeClip(folder, 'av1.webm', {
    ...{ ...small, seconds: 2 },
    video: ['-c:v', 'libsvtav1', '-preset', '12', '-pix_fmt', 'yuv420p'],
    audio: ['-c:a', 'libopus'],
    container: plainContainer,
  })

/** Three sounds: one in mono, another in stereo, and the first again. */
export async function threeSounds(folder: string): Promise<string> {
  const source = await makeClip(folder, 'before-sounds.mp4', { ...small, seconds: 2 })
  const path = join(folder, 'three-sounds.mkv')
  await ffmpeg(
    ...['-i', `file:${source}`, '-f', 'lavfi', '-i', 'sine=frequency=880:sample_rate=44100:d=2'],
    ...['-map', '0:v', '-map', '0:a', '-map', '1:a', '-map', '0:a', '-c:v', 'copy', '-c:a', 'aac'],
    ...['-ac:a:1', '2', '-y', `file:${path}`],
  )
  return path
}

/** Its first picture is shown five seconds after zero. */
export async function lateStart(folder: string, container: 'mp4' | 'mkv'): Promise<string> {
  const source = await makeClip(folder, 'before-late.mp4', { ...small, seconds: 2 })
  const path = join(folder, `late.${container}`)
  await ffmpeg('-i', `file:${source}`, '-c', 'copy', '-output_ts_offset', '5', '-y', `file:${path}`)
  return path
}

/** Cut by a program that did not look for a keyframe: the first pictures cannot be decoded. */
export async function headless(folder: string): Promise<string> {
  const source = await makeClip(folder, 'before-headless.mp4', { ...small, video: bFrames, sound: false })
  const path = join(folder, 'headless.mkv')
  await ffmpeg('-i', `file:${source}`, '-ss', '0.5', '-c', 'copy', '-copyinkf', '-y', `file:${path}`)
  return path
}

export async function oneFrame(folder: string, container: 'mp4' | 'mkv' | 'mov' | 'avi'): Promise<string> {
  const path = join(folder, `one-frame.${container}`)
  const picture = 'testsrc2=size=640x360:rate=25:duration=1'
  await ffmpeg('-f', 'lavfi', '-i', picture, '-frames:v', '1', ...h264, '-y', `file:${path}`)
  return path
}

/** Changes the one line of a clip's edit list; `duration` counts a thousandth of a second. */
export async function withEdit(
  path: string,
  change: { readonly duration?: number; readonly rate?: number; readonly mediaTime?: number },
): Promise<string> {
  const bytes = await readFile(path)
  const at = bytes.indexOf('elst') + 12
  if (change.duration !== undefined) bytes.writeUInt32BE(change.duration, at)
  if (change.mediaTime !== undefined) bytes.writeInt32BE(change.mediaTime, at + 4)
  if (change.rate !== undefined) bytes.writeInt32BE(change.rate * 0x10000, at + 8)
  await writeFile(path, bytes)
  return path
}
