import { basename } from 'node:path'
import type { PlayableVideo } from '../../../../src/shared/domain/views.ts'
import { frameNumbers, makeClip } from '../../clips/clips.ts'
import { ffprobe } from '../../processes/tools.ts'

export type NumberedVideo = PlayableVideo & {
  /** What each frame's picture says, by frame. */
  readonly numbers: readonly number[]
}

const bFrames = (keyEvery: number) => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'],
  ...['-bf', '3', '-g', String(keyEvery), '-sc_threshold', '0'],
]

export type ClipName = keyof typeof recipes

const recipes = {
  'thirty-with-sound': { rate: 30, sound: true, video: bFrames(60) },
  thirty: { rate: 30, sound: false, video: bFrames(250) },
  /** Another file of the same kind. */
  'thirty-again': { rate: 30, sound: false, video: bFrames(249) },
  /** Three of four are B-frames, as in filmed pictures; of drawn ones the encoder makes few. */
  reordered: { rate: 30, sound: false, video: [...bFrames(250), '-x264-params', 'b-adapt=0'] },
  'twenty-four': { rate: 24, sound: false, video: bFrames(48) },
  'twenty-five': { rate: 25, sound: false, video: bFrames(50) },
  sixty: { rate: 60, sound: false, video: bFrames(120) },
  variable: {
    rate: 30,
    sound: false,
    // Gaps of one frame, and of a third of a second every five.
    filter: "select='not(eq(mod(n,7),3))*not(between(mod(n,150),60,69))'",
    video: [...bFrames(60), '-vsync', 'vfr', '-video_track_timescale', '90000'],
  },
} as const

/** Clips of different frame rates with B-frames, every frame carrying its number. */
export async function makeVideo(
  folder: string,
  name: ClipName,
  seconds: number,
  size = { width: 640, height: 360 },
): Promise<NumberedVideo> {
  const path = await makeClip(folder, `${name}-${String(seconds)}.mp4`, {
    ...recipes[name],
    ...size,
    seconds,
  })
  const times = await ffprobe(
    ...['-select_streams', 'V:0', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', `file:${path}`],
  )
  return {
    url: basename(path),
    ...size,
    hasSound: recipes[name].sound,
    clockStart: 0,
    frameTimes: times
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Number.parseFloat(line))
      .sort((a, b) => a - b),
    duration: Number(await ffprobe('-show_entries', 'format=duration', '-of', 'csv=p=0', `file:${path}`)),
    numbers: await frameNumbers(path),
  }
}
