import { open, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Pixels, Seconds } from '../../shared/units.ts'
import { codecWhitelists, allocationLimit } from '../media/limits.ts'
import type { RunTool } from '../system/ports.ts'
import type { Orientation } from '../../shared/domain/take.ts'
import { accepted, refusal, type OrRefusal } from './refusals.ts'
import { doPictureWork } from '../pictures/do-picture-work.ts'

export type ClipFacts = {
  /** As displayed, after rotation. */
  readonly width: Pixels
  readonly height: Pixels
  readonly duration: Seconds
  /** Frames per second as a fraction, the way ffmpeg takes it. */
  readonly frameRate: { readonly num: number; readonly den: number }
  readonly hasSound: boolean
}

/** Before every `-i` of an untrusted file: no other protocol, playlist, unusual decoder or huge frame. */
export const guardedInput: readonly string[] = [
  ...['-protocol_whitelist', 'file', '-format_whitelist', 'mov,mp4', ...codecWhitelists],
  ...['-max_pixels', '33177600'],
  ...allocationLimit,
]

const numberText = z.coerce.number().positive()
const probeSchema = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
      avg_frame_rate: z.string().optional(),
      duration: numberText.optional(),
      tags: z.object({ rotate: z.coerce.number().optional() }).optional(),
      side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
    }),
  ),
  format: z.object({ duration: numberText.optional() }),
})

/** Asks ffprobe; null when it cannot read the file as a video. */
export async function probeClip(
  path: string,
  ffprobe: string,
  run: RunTool,
  signal: AbortSignal,
): Promise<ClipFacts | null> {
  const entries =
    'stream=codec_type,width,height,avg_frame_rate,duration:stream_tags=rotate:stream_side_data=rotation:format=duration'
  const args = ['-v', 'error', ...guardedInput, '-show_entries', entries, '-of', 'json', `file:${path}`]
  const exit = await run({ command: ffprobe, args, signal, wallLimit: 15_000 })
  if (exit.ended !== 'exit' || exit.exitCode !== 0) return null
  const probe = probeSchema.safeParse(parseJson(Buffer.from(exit.stdout).toString('utf8')))
  return probe.success ? factsOf(probe.data) : null
}

function factsOf({ streams, format }: z.infer<typeof probeSchema>): ClipFacts | null {
  const video = streams.find((stream) => stream.codec_type === 'video')
  const duration = video?.duration ?? format.duration
  if (video?.width === undefined || video.height === undefined || duration === undefined) return null
  const turns =
    video.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? video.tags?.rotate ?? 0
  const onItsSide = Math.abs(turns) % 180 === 90
  return {
    width: onItsSide ? video.height : video.width,
    height: onItsSide ? video.width : video.height,
    duration,
    frameRate: readFrameRate(video.avg_frame_rate ?? ''),
    hasSound: streams.some((stream) => stream.codec_type === 'audio'),
  }
}

/** 30000/1001 stays exact; nonsense becomes 30, and 60 is enough for practice. */
function readFrameRate(text: string): ClipFacts['frameRate'] {
  const [num = 0, den = 0] = text.split('/').map(Number)
  const rate = num / den
  if (!Number.isFinite(rate) || rate < 1) return { num: 30, den: 1 }
  return rate > 60 ? { num: 60, den: 1 } : { num, den }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const clipByteLimit = 100_000_000
const clipSide = { min: 340, max: 3850 }
const minSeconds = 3
const maxSeconds = { image: 10, video: 30 } as const

/** ffmpeg opens playlists whatever their name; an MP4 or MOV is recognised by its first box. */
export async function looksLikeMp4(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0)
    return ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(buffer.toString('latin1', 4, 8))
  } finally {
    await file.close()
  }
}

/** Checks the fetched clip against the documented limits; `facts` is null when it could not be read as a video. */
export async function examineClip(
  path: string,
  facts: ClipFacts | null,
  orientation: Orientation,
): Promise<OrRefusal<ClipFacts>> {
  const { size } = await stat(path)
  if (size > clipByteLimit) return refusal(1201, 'video_url: the video is larger than 100 MB')
  if (!facts) return refusal(1201, 'video_url: File format is not supported, use mp4 or mov')
  if (
    Math.min(facts.width, facts.height) < clipSide.min ||
    Math.max(facts.width, facts.height) > clipSide.max
  ) {
    return refusal(
      1201,
      `video_url: Video pixel is invalid, each side must be ${String(clipSide.min)}-${String(clipSide.max)} px`,
    )
  }
  // One frame of tolerance: a length in seconds is rounded to whole frames.
  const grace = facts.frameRate.den / facts.frameRate.num
  const limit = maxSeconds[orientation]
  if (facts.duration < minSeconds - grace || facts.duration > limit + grace) {
    const range = `${String(minSeconds)}-${String(limit)} s when character_orientation is ${orientation}`
    return refusal(1201, `video_url: Video duration is invalid, it must be ${range}`)
  }
  return accepted(facts)
}

export const imageByteLimit = 10_000_000
const imageSide = { min: 300, max: 65_536 }
const aspect = { min: 1 / 2.5, max: 2.5 }

/** Checks the fetched image against the documented limits. */
export async function examineImage(path: string): Promise<OrRefusal<null>> {
  const { size } = await stat(path)
  if (size > imageByteLimit) return refusal(1201, 'image_url: the image is larger than 10 MB')
  const image = await readHeader(path)
  if (!image || (image.format !== 'jpeg' && image.format !== 'png')) {
    return refusal(1201, 'image_url: File format is not supported, use jpg, jpeg or png')
  }
  const { width, height } = image
  if (Math.min(width, height) < imageSide.min || Math.max(width, height) > imageSide.max) {
    return refusal(
      1201,
      `image_url: Image pixel is invalid, each side must be ${String(imageSide.min)}-${String(imageSide.max)} px`,
    )
  }
  const ratio = width / height
  // Half a pixel of tolerance: a fit to exactly 1:2.5 may be rounded.
  const grace = 0.5 / Math.min(width, height)
  if (ratio < aspect.min - grace || ratio > aspect.max + grace) {
    return refusal(1201, 'image_url: Image aspect ratio is invalid, it must be between 1:2.5 and 2.5:1')
  }
  return accepted(null)
}

async function readHeader(path: string) {
  try {
    return await doPictureWork('look', [path])
  } catch {
    return null
  }
}
