import { stat } from 'node:fs/promises'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import type { MediaTools, Running, ClipJob } from '../media.ts'
import { sha256Of } from '../source-file.ts'
import { doing } from '../problems.ts'
import { notAsPlanned, parametersUnreadable } from './problems.ts'
import { runFfmpeg } from '../ffmpeg.ts'
import type { PreparedClip } from '../../../shared/domain/media.ts'
import type { FramePlan } from './frame-plan.ts'
import { type Watched, createProbedHashReader, probedHashes } from './encode-and-verify.ts'
import { measure } from '../probe/probe-clip.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { shownAlike } from './shown-alike.ts'
import { perSecond } from '../../../shared/domain/frames.ts'
import { strictDecode } from '../verify.ts'

/** Outputs only the parameter sets: size, format and colours of the frames that follow. */
const parameterSets: readonly string[] = [
  '-bsf:v',
  'h264_mp4toannexb,filter_units=pass_types=7',
  '-f',
  'h264',
]

/** The start code of each, sometimes after another zero. */
const beginning = '\u0000\u0000\u0001'

/** Whether all are the same; they are repeated before keyframes. */
function areAlike(listed: Buffer): boolean {
  const sets = listed.toString('latin1').split(beginning)
  return new Set(sets.map((set) => set.replace(/\0+$/, '')).filter((set) => set !== '')).size === 1
}

/**
 * Whether every frame of an H.264 track has the size, format and colours of the file’s header. Recorded calls and
 * joined files change them midway, which neither the header nor the packet times reveal.
 */
export async function hasOneShape(
  mediaTools: MediaTools,
  clip: { readonly path: string; readonly videoStream: number; readonly duration: Seconds },
  running: Running,
): Promise<Outcome<boolean>> {
  const { path, videoStream, duration } = clip
  const job = {
    inputs: [{ path }],
    options: ['-map', `0:${videoStream}`, '-c:v', 'copy', ...parameterSets],
    target: 'pipe:1',
  }
  const about = {
    doing: doing.reading(path),
    otherwise: (detail: string) => parametersUnreadable(path, detail),
  }
  const listed = await runFfmpeg(mediaTools, { job, duration, ...about }, running)
  return listed.ok ? ok(areAlike(Buffer.from(listed.value))) : listed
}

/** Half a millisecond, because containers round their clocks. */
const startTolerance = 0.0005

type Planned = { readonly clip: MeasuredClip; readonly plan: FramePlan }

/**
 * Checks the written file without trusting the encoder: every planned frame, starting at zero, nothing hidden or
 * broken, shown as the source is shown. Where a decoder has followed the encoder, it is enough that the file holds the
 * same packets.
 */
export async function readWritten(
  mediaTools: MediaTools,
  job: ClipJob,
  { clip, plan }: Planned,
  path: string,
  running: Running,
  watched: Watched | null = null,
): Promise<Outcome<PreparedClip>> {
  const bytes = (await stat(path)).size
  if (job.maxBytes !== null && bytes > job.maxBytes) return notAsPlanned(job, `${bytes} bytes`)
  const about = {
    doing: doing.checkingPrepared(job.source),
    duration: plan.duration,
    otherwise: (detail: string) => notAsPlanned(job, detail),
  }
  const pictures = { path, videoStream: 0, duration: plan.duration }
  const source = { path: job.source, clip, plan, background: job.background }
  const hashes = createProbedHashReader()
  const also = watched ? { ...probedHashes, onItem: hashes.take } : null
  const [written, decoded, oneShape, alike, sha256] = await Promise.all([
    measure(mediaTools, path, { container: 'mp4', bytes }, running, also),
    watched ? ok(null) : strictDecode(mediaTools, path, about, running),
    // An encoder never changes its size; copied packets may.
    watched ? ok(true) : hasOneShape(mediaTools, pictures, { ...running, onProgress: undefined }),
    shownAlike(mediaTools, source, path, about, running),
    sha256Of(path),
  ])
  if (!written.ok) return written
  const { facts, times } = written.value
  if (facts.frames !== plan.frames)
    return notAsPlanned(job, `${facts.frames} frames instead of ${plan.frames}`)
  if (facts.hiddenPackets > 0 || facts.editList || Math.abs(times[0] ?? 1) > startTolerance)
    return notAsPlanned(job, 'it doesn’t start at zero')
  if (!decoded.ok) return decoded
  if (watched && hashes.close() !== watched.packets)
    return notAsPlanned(job, 'its packets differ from the encoded ones')
  if (!oneShape.ok) return oneShape
  if (!oneShape.value) return notAsPlanned(job, 'its frames differ in size or format')
  if (facts.placement !== 'plain') return notAsPlanned(job, 'players would rotate it')
  if (facts.extras.length > 0) return notAsPlanned(job, `it still contains ${facts.extras.join(', ')}`)
  if (!alike.ok) return alike
  running.onProgress?.(1)
  return ok({
    path: job.target,
    bytes,
    sha256,
    width: facts.width,
    height: facts.height,
    frames: facts.frames,
    frameRate: perSecond(plan.rate),
    duration: plan.duration,
    videoCodec: facts.codec,
    pixelFormat: facts.pixelFormat,
    audio: facts.audio,
  })
}
