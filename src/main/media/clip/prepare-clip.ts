import { rm } from 'node:fs/promises'
import type { PreparedClip } from '../../../shared/domain/media.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { seekTo, type Encoding } from './encode.ts'
import { encodeToFit } from './fit-bytes.ts'
import { fitSize, type Size } from './output-format.ts'
import { planFrames, type FramePlan } from './frame-plan.ts'
import type { MediaTools, ClipJob, Running } from '../media.ts'
import { measureFile } from '../probe/probe-clip.ts'
import { alreadyThere } from '../problems.ts'
import { changedSince, framesChangeSize, tooNarrow } from './problems.ts'
import { hasOneShape, readWritten } from './check-output.ts'
import { isSameFile, putInPlace } from '../put-in-place.ts'
import { isCopyable, remux } from './remux-clip.ts'
import { share } from '../ffmpeg.ts'
import { canToneMap } from './filter-graph.ts'

/** Measures the source again, because frames are counted in this very file. */
async function measureSource(
  mediaTools: MediaTools,
  job: ClipJob,
  running: Running,
): Promise<Outcome<MeasuredClip>> {
  const clip = await measureFile(mediaTools, job.source, running)
  if (!clip.ok) return clip
  const { bytes, frames } = clip.value.facts
  if (bytes !== job.facts.bytes || frames !== job.facts.frames) return changedSince(job.source)
  return clip
}

type Attempt = {
  readonly mediaTools: MediaTools
  readonly job: ClipJob
  readonly temporary: string
  readonly running: Running
}

/** Failures that another way of making the same file may avoid. */
const isMendable = (outcome: Outcome<unknown>, { running }: Attempt) =>
  !outcome.ok &&
  ['file-damaged', 'tool-failed'].includes(outcome.problem.code) &&
  running.signal?.aborted !== true

/** One attempt; if a wrong index misled the seek, a second one reads the clip from its beginning. */
async function encodeAndRead(attempt: Attempt, encoding: Encoding): Promise<Outcome<PreparedClip>> {
  const { mediaTools, job, temporary, running } = attempt
  const encoded = await encodeToFit(mediaTools, encoding, job, temporary, share(running, 0, 0.9))
  const prepared = encoded.ok
    ? await readWritten(mediaTools, job, encoding, temporary, share(running, 0.9, 1), encoded.value)
    : encoded
  if (encoding.seek === null || !isMendable(prepared, attempt)) return prepared
  return encodeAndRead(attempt, { ...encoding, seek: null })
}

async function encode(
  attempt: Attempt,
  clip: MeasuredClip,
  plan: FramePlan,
  size: Size,
): Promise<Outcome<PreparedClip>> {
  const { mediaTools, job, running } = attempt
  const hasSound = job.keepSound && clip.audioStream !== null
  return encodeAndRead(attempt, {
    source: job.source,
    clip,
    plan,
    size,
    // Nobody wants to hear sound backwards.
    sound: hasSound && plan.lengthen !== 'boomerang',
    canToneMap: await canToneMap(mediaTools, clip.facts, running.signal),
    background: job.background,
    seek: seekTo(clip, plan),
  })
}

async function copy(attempt: Attempt, clip: MeasuredClip, plan: FramePlan): Promise<Outcome<PreparedClip>> {
  const { mediaTools, job, temporary, running } = attempt
  const looked = { path: job.source, videoStream: clip.videoStream, duration: plan.duration }
  const oneShape = await hasOneShape(mediaTools, looked, share(running, 0, 0.1))
  if (!oneShape.ok) return oneShape
  if (!oneShape.value) return framesChangeSize(job.source)
  const copied = await remux(mediaTools, job, { clip, plan }, temporary, share(running, 0.1, 0.5))
  return copied.ok ? readWritten(mediaTools, job, { clip, plan }, temporary, share(running, 0.5, 1)) : copied
}

/**
 * The clip as it is sent: exact frames, upright, square pixels, constant rate, starting at zero, without metadata. A
 * clip that is already like that is copied; if the copy fails its check, it is re-encoded.
 */
export async function prepareClip(
  mediaTools: MediaTools,
  job: ClipJob,
  running: Running = {},
): Promise<Outcome<PreparedClip>> {
  if (await isSameFile(job.source, job.target)) return alreadyThere(job.target)
  const measured = await measureSource(mediaTools, job, running)
  if (!measured.ok) return measured
  const clip = measured.value
  const plan = planFrames(clip, job, job.maxFrameRate)
  const size = fitSize(clip.facts, job)
  if (size === null) return tooNarrow(job)
  return putInPlace(mediaTools, job.target, 'replace', async (temporary) => {
    const attempt = { mediaTools, job, temporary, running }
    if (isCopyable(job, clip, plan)) {
      const copied = await copy(attempt, clip, plan)
      if (!isMendable(copied, attempt)) return copied
      await rm(temporary, { force: true })
    }
    return encode(attempt, clip, plan, size)
  })
}
