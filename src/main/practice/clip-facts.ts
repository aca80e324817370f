import { z } from 'zod'
import type { Pixels, Seconds } from '../../shared/units.ts'
import { codecWhitelists } from '../media/codecs.ts'
import { allocationLimit } from '../media/guards.ts'
import type { RunTool } from '../system/ports.ts'

export type ClipFacts = {
  /** As displayed, after rotation. */
  readonly width: Pixels
  readonly height: Pixels
  readonly duration: Seconds
  /** Frames per second as a fraction, the way ffmpeg takes it. */
  readonly frameRate: { readonly num: number; readonly den: number }
  readonly hasSound: boolean
}

/** Before every `-i` of a file that came from outside: no other protocol, no playlist, no odd decoder, no giant picture. */
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

/** Asks ffprobe; null when the file is no video it can read. */
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

/** What a phone writes as 30000/1001 stays exact; nonsense becomes 30, and 60 is enough for practice. */
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
