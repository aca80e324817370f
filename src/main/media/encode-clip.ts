import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, type Outcome } from '../../shared/outcome.ts'
import type { MeasuredClip } from './clip-facts.ts'
import { videoGraph } from './clip-graph.ts'
import type { FfmpegInput, FfmpegJob } from './ffmpeg.ts'
import type { Size } from './fit-size.ts'
import type { FramePlan } from './frame-plan.ts'
import { asMp4, fineQuality, nothingElse, pictureOptions, soundOptions, wordless } from './h264-mp4.ts'
import type { Kit } from './kit.ts'
import type { Running } from './media.ts'
import { nameOf } from './naming.ts'
import { runFfmpeg, share } from './run-ffmpeg.ts'
import { lengthenedSound, soundGraph } from './sound-graph.ts'
import { perSecond } from './rate.ts'

export type Encoding = {
  readonly source: string
  readonly clip: MeasuredClip
  readonly plan: FramePlan
  readonly size: Size
  readonly sound: boolean
  readonly canToneMap: boolean
  /** Start reading near the in-point. Without it the clip is decoded from its first frame, which cannot go wrong. */
  readonly seek: boolean
}

/** Seeking lands on the keyframe before; asking for a moment early leaves room for sloppy indexes. */
const early = 2
const seekWorthwhile = 4

export const canSeek = ({ facts }: MeasuredClip, { begins }: FramePlan): boolean =>
  facts.container !== 'avi' && begins > seekWorthwhile

function inputOf({ source, plan, seek }: Encoding): FfmpegInput {
  // The clock of the source is kept, so that the filters can name frames by the times ffprobe gave them.
  const clock = ['-copyts']
  if (!seek) return { path: source, options: [...clock, '-seek_timestamp', '1'] }
  const from = (plan.begins - early).toFixed(3)
  return { path: source, options: [...clock, '-seek_timestamp', '1', '-noaccurate_seek', '-ss', from] }
}

function codecOptions({ plan, clip, canToneMap }: Encoding): readonly string[] {
  const toneMapped = clip.facts.hdr !== 'none' && canToneMap
  return [
    ...['-map', '[v]', ...pictureOptions(plan.rate)],
    ...(toneMapped
      ? ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv']
      : []),
  ]
}

function soundOf(plan: FramePlan): string {
  const { begins, performed, rate, duration, lengthen } = plan
  if (lengthen === null || lengthen === 'boomerang') return soundGraph(plan)
  return lengthenedSound({ begins, performed: performed / perSecond(rate), duration, how: lengthen })
}

function graphOf(encoding: Encoding, sound: boolean): string {
  const { clip, plan, size, canToneMap } = encoding
  const video = `[0:${clip.videoStream}]${videoGraph(clip, plan, size, canToneMap)}[v]`
  return sound ? `${video};[0:${clip.audioStream ?? 0}]${soundOf(plan)}[a]` : video
}

function wholeJob(encoding: Encoding, rateControl: readonly string[], target: string): FfmpegJob {
  return {
    inputs: [inputOf(encoding)],
    graph: graphOf(encoding, encoding.sound),
    options: [
      ...codecOptions(encoding),
      ...rateControl,
      ...wordless,
      ...(encoding.sound ? ['-map', '[a]', ...soundOptions(encoding.clip.facts.audio?.channels ?? 2)] : []),
      ...nothingElse,
      ...asMp4,
    ],
    target,
  }
}

const undecodable = (source: string) => (detail: string) =>
  fail('file-damaged', `“${nameOf(source)}” could not be read to the end of the part that is used.`, {
    advice: 'Copy or export it again, or choose another part of it.',
    detail,
  })

type Step = (job: FfmpegJob, running: Running) => Promise<Outcome<unknown>>

const step =
  (kit: Kit, { source, plan, seek }: Encoding): Step =>
  (job, running) =>
    runFfmpeg(
      kit,
      {
        job,
        doing: `Preparing “${nameOf(source)}”`,
        duration: plan.duration + (seek ? 0 : plan.begins),
        otherwise: undecodable(source),
      },
      running,
    )

/** ffmpeg refuses to overwrite; what an earlier try left under the temporary name is ours to remove. */
async function write(
  kit: Kit,
  encoding: Encoding,
  rateControl: readonly string[],
  target: string,
  running: Running,
): Promise<Outcome<unknown>> {
  await rm(target, { force: true })
  return step(kit, encoding)(wholeJob(encoding, rateControl, target), running)
}

export const encodeAtQuality = (
  kit: Kit,
  encoding: Encoding,
  target: string,
  running: Running,
): Promise<Outcome<unknown>> => write(kit, encoding, fineQuality, target, running)

/** Two passes: the first only learns where the bits are needed. */
export async function encodeAtBitrate(
  kit: Kit,
  encoding: Encoding,
  target: string,
  bits: number,
  running: Running,
): Promise<Outcome<unknown>> {
  await mkdir(kit.workFolder, { recursive: true, mode: 0o700 })
  const log = randomBytes(8).toString('hex')
  const rateControl = (pass: 1 | 2) => [
    ...['-b:v', String(bits), '-pass', String(pass), '-passlogfile', join(kit.workFolder, log)],
  ]
  try {
    const first = await step(kit, encoding)(
      {
        inputs: [inputOf(encoding)],
        graph: graphOf(encoding, false),
        options: [...codecOptions(encoding), ...rateControl(1), ...nothingElse, '-f', 'null'],
        target: null,
      },
      share(running, 0, 0.4),
    )
    if (!first.ok) return first
    return await write(kit, encoding, rateControl(2), target, share(running, 0.4, 1))
  } finally {
    const left = (await readdir(kit.workFolder)).filter((name) => name.startsWith(log))
    await Promise.all(left.map((name) => rm(join(kit.workFolder, name), { force: true })))
  }
}
