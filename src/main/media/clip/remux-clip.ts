import { type Outcome, ok } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import { askFfprobe } from '../probe/ffprobe.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { numberIn } from '../probe/probe-items.ts'
import { type FfmpegJob, runFfmpeg } from '../ffmpeg.ts'
import type { FramePlan } from './frame-plan.ts'
import { asMp4, withoutMetadata, soundOptions, withoutSei } from './output-format.ts'
import type { MediaTools, ClipJob, Running } from '../media.ts'
import { doing } from '../problems.ts'
import { notCopyable, soundUnreadable } from './problems.ts'
import { soundFrame, soundGraph } from './filter-graph.ts'

/** Every frame of the file is used, in order and unchanged. */
export const isCopyable = (job: ClipJob, clip: MeasuredClip, plan: FramePlan): boolean =>
  job.copy && plan.oneToOne && plan.first === 0 && plan.lengthen === null && plan.frames === clip.times.length

/** When the first sound packet begins, on the clock of the file; encoder delay comes before the video. */
async function soundBegins(
  mediaTools: MediaTools,
  path: string,
  stream: number,
  running: Running,
): Promise<Outcome<Seconds>> {
  const begins: Seconds[] = []
  const otherwise = (detail: string) => soundUnreadable(path, detail)
  const asked = await askFfprobe(
    mediaTools,
    path,
    {
      entries: 'packet=pts_time',
      options: ['-select_streams', String(stream), '-read_intervals', '%+#1'],
      onItem: (list, packet) => {
        if (list === 'packets') begins.push(numberIn(packet, 'pts_time'))
      },
      otherwise,
    },
    running,
  )
  if (!asked.ok) return asked
  const [first = Number.NaN] = begins
  return Number.isNaN(first) ? otherwise('no sound packets') : ok(first)
}

/**
 * Without an edit list every track plays from its first packet, so packets of encoder delay are dropped. Sound that
 * begins more than half a packet after the video needs silence before it, which takes re-encoding: null.
 */
function soundCopy(clip: MeasuredClip, { begins }: FramePlan, soundFrom: Seconds): readonly string[] | null {
  const half = soundFrame / (clip.facts.audio?.sampleRate ?? 48_000) / 2
  if (soundFrom > begins + half) return null
  const copy = ['-map', `0:${clip.audioStream ?? 0}`, '-c:a', 'copy']
  if (soundFrom >= begins - half) return copy
  return [...copy, '-bsf:a', `noise=drop='lt(pts*tb,${(begins - half).toFixed(6)})'`]
}

function remuxJob(
  job: ClipJob,
  clip: MeasuredClip,
  plan: FramePlan,
  soundFrom: Seconds | null,
  target: string,
): FfmpegJob {
  const picture = ['-map', `0:${clip.videoStream}`, '-c:v', 'copy', ...withoutSei]
  // Counted from zero on the clock of the file.
  const common = [...withoutMetadata, '-t', (plan.begins + plan.duration).toFixed(6)]
  const base = { inputs: [{ path: job.source, options: ['-copyts', '-seek_timestamp', '1'] }], target }
  if (soundFrom === null) return { ...base, options: [...picture, ...common, ...asMp4] }
  const copied = soundCopy(clip, plan, soundFrom)
  if (copied !== null) return { ...base, options: [...picture, ...copied, ...common, ...asMp4] }
  return {
    ...base,
    graph: `[0:${clip.audioStream ?? 0}]${soundGraph(plan)}[a]`,
    options: [
      ...picture,
      '-map',
      '[a]',
      ...soundOptions(clip.facts.audio?.channels ?? 2),
      ...common,
      ...asMp4,
    ],
  }
}

/** The same packets in a new MP4: starting at zero, without edit list, metadata, other tracks or SEI messages. */
export async function remux(
  mediaTools: MediaTools,
  job: ClipJob,
  { clip, plan }: { readonly clip: MeasuredClip; readonly plan: FramePlan },
  target: string,
  running: Running,
): Promise<Outcome<unknown>> {
  const sound = job.keepSound && clip.audioStream !== null
  const soundFrom = sound ? await soundBegins(mediaTools, job.source, clip.audioStream, running) : ok(null)
  if (!soundFrom.ok) return soundFrom
  return runFfmpeg(
    mediaTools,
    {
      job: remuxJob(job, clip, plan, soundFrom.value, target),
      doing: doing.preparing(job.source),
      duration: plan.duration,
      otherwise: (detail) => notCopyable(job.source, detail),
    },
    running,
  )
}
