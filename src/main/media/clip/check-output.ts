import { stat } from 'node:fs/promises'
import type { PreparedClip } from '../../../shared/domain/media.ts'
import { fail, ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import type { FramePlan } from './frame-plan.ts'
import type { Watched } from './encode-and-verify.ts'
import { createProbedHashReader, probedHashes } from './packet-hashes.ts'
import { sha256Of } from '../hash-file.ts'
import type { Kit } from '../kit.ts'
import { measure } from '../probe/probe-clip.ts'
import type { ClipJob, Running } from '../media.ts'
import { nameOf } from '../naming.ts'
import { hasOneShape } from './one-shape.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { shownAlike } from './shown-alike.ts'
import { perSecond } from '../../../shared/domain/rate.ts'
import { strictDecode } from '../strict-decode.ts'

const wrong = (job: ClipJob, detail: string): Failure =>
  fail('tool-failed', `“${nameOf(job.source)}” did not come out as planned.`, {
    advice: 'Try again; if it happens again, export the clip from another program and choose that.',
    detail,
  })

/** Half a millisecond: the clocks of containers round. */
const slack = 0.0005

export type Planned = { readonly clip: MeasuredClip; readonly plan: FramePlan }

/**
 * Reads the written file as a stranger would: every planned frame, from zero, nothing hidden, nothing broken, shown as
 * the source is shown. Where a decoder has followed the encoder, it is enough that the file holds what went through it.
 */
export async function readWritten(
  kit: Kit,
  job: ClipJob,
  { clip, plan }: Planned,
  path: string,
  running: Running,
  watched: Watched | null = null,
): Promise<Outcome<PreparedClip>> {
  const bytes = (await stat(path)).size
  if (job.maxBytes !== null && bytes > job.maxBytes) return wrong(job, `${bytes} bytes`)
  const about = {
    doing: `Checking the prepared “${nameOf(job.source)}”`,
    duration: plan.duration,
    otherwise: (detail: string) => wrong(job, detail),
  }
  const pictures = { path, videoStream: 0, duration: plan.duration }
  const source = { path: job.source, clip, plan, background: job.background }
  const hashes = createProbedHashReader()
  const also = watched ? { ...probedHashes, onItem: hashes.take } : null
  const [written, decoded, oneShape, alike, sha256] = await Promise.all([
    measure(kit, path, { container: 'mp4', bytes }, running, also),
    watched ? ok(null) : strictDecode(kit, path, about, running),
    // A coder keeps to the size it began with; packets that were copied need not.
    watched ? ok(true) : hasOneShape(kit, pictures, { ...running, onProgress: undefined }),
    shownAlike(kit, source, path, about, running),
    sha256Of(path),
  ])
  if (!written.ok) return written
  const { facts, times } = written.value
  if (facts.frames !== plan.frames) return wrong(job, `${facts.frames} frames instead of ${plan.frames}`)
  if (facts.hiddenPackets > 0 || facts.editList || Math.abs(times[0] ?? 1) > slack)
    return wrong(job, 'it does not start at zero')
  if (!decoded.ok) return decoded
  if (watched && hashes.close() !== watched.packets)
    return wrong(job, 'other packets than those that were coded')
  if (!oneShape.ok) return oneShape
  if (!oneShape.value) return wrong(job, 'its pictures differ in size or format')
  if (facts.placement !== 'plain') return wrong(job, 'players would turn it')
  if (facts.extras.length > 0) return wrong(job, `it still says ${facts.extras.join(', ')}`)
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
