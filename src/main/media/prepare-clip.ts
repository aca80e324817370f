import { stat } from 'node:fs/promises'
import type { PreparedClip } from '../../shared/media.ts'
import { fail, ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import { formatBytes } from '../../shared/units.ts'
import { pixelShare, videoBits } from './byte-budget.ts'
import type { MeasuredClip } from './clip-facts.ts'
import { canSeek, encodeAtBitrate, encodeAtQuality, type Encoding } from './encode-clip.ts'
import { fitSize, shrink } from './fit-size.ts'
import { planFrames } from './frame-plan.ts'
import { sha256Of } from './hash-file.ts'
import type { Kit } from './kit.ts'
import { measure, measureFile } from './measure-clip.ts'
import type { ClipJob, Running } from './media.ts'
import { nameOf } from './naming.ts'
import { alreadyThere, isSameFile, putInPlace } from './put-in-place.ts'
import { perSecond } from './rate.ts'
import { share } from './run-ffmpeg.ts'
import { strictDecode } from './strict-decode.ts'
import { canToneMap } from './tone-mapping.ts'

const bytesOf = async (path: string) => (await stat(path)).size

/** Measured again rather than believed: frames are counted from this very file. */
async function measureSource(kit: Kit, job: ClipJob, running: Running): Promise<Outcome<MeasuredClip>> {
  const clip = await measureFile(kit, job.source, running)
  if (!clip.ok) return clip
  const { bytes, frames } = clip.value.facts
  if (bytes !== job.facts.bytes || frames !== job.facts.frames)
    return fail('input-refused', `“${nameOf(job.source)}” has changed since it was checked.`, {
      advice: 'Choose it again.',
    })
  return clip
}

const tooHeavy = (job: ClipJob): Failure =>
  fail(
    'input-refused',
    `“${nameOf(job.source)}” cannot be made as small as ${formatBytes(job.maxBytes ?? 0)} at this length.`,
    { advice: 'Choose a shorter part of it.' },
  )

/** Constant quality first; where that is too heavy a computed bitrate, and fewer pixels where bits get scarce. */
async function encodeToFit(
  kit: Kit,
  encoding: Encoding,
  job: ClipJob,
  target: string,
  running: Running,
): Promise<Outcome<unknown>> {
  const atQuality = await encodeAtQuality(kit, encoding, target, share(running, 0, 0.85))
  if (!atQuality.ok || job.maxBytes === null) return atQuality
  if ((await bytesOf(target)) <= job.maxBytes) return atQuality

  let bits = videoBits(job.maxBytes, encoding.plan, encoding.sound)
  let { size } = encoding
  for (let attempt = 0; attempt < 4 && bits > 0; attempt += 1) {
    const part = pixelShare(bits, size, encoding.plan)
    const smaller = part < 1 ? shrink(size, part, job.minSide) : size
    // At the smallest allowed picture it is the bits that have to give way.
    size = smaller ?? size
    const atBitrate = await encodeAtBitrate(
      kit,
      { ...encoding, size },
      target,
      bits,
      share(running, 0.85, 0.95),
    )
    if (!atBitrate.ok) return atBitrate
    const bytes = await bytesOf(target)
    if (bytes <= job.maxBytes) return atBitrate
    bits = Math.floor((bits * job.maxBytes * 0.95) / bytes)
  }
  return tooHeavy(job)
}

const wrong = (job: ClipJob, detail: string): Failure =>
  fail('tool-failed', `“${nameOf(job.source)}” did not come out as planned.`, {
    advice: 'Try again; if it happens again, export the clip from another program and choose that.',
    detail,
  })

/** Reads the written file as a stranger would: every planned frame, from zero, nothing hidden, nothing broken. */
async function certify(
  kit: Kit,
  { plan }: Encoding,
  job: ClipJob,
  path: string,
  running: Running,
): Promise<Outcome<PreparedClip>> {
  const bytes = await bytesOf(path)
  const written = await measure(kit, path, { container: 'mp4', bytes }, running)
  if (!written.ok) return written
  const { facts, times } = written.value
  if (facts.frames !== plan.frames) return wrong(job, `${facts.frames} frames instead of ${plan.frames}`)
  if (facts.hiddenPackets > 0 || Math.abs(times[0] ?? 1) > 0.0005)
    return wrong(job, 'it does not start at zero')
  const about = {
    doing: `Checking the prepared “${nameOf(job.source)}”`,
    duration: plan.duration,
    otherwise: (detail: string) => wrong(job, detail),
  }
  const decoded = await strictDecode(kit, path, about, running)
  if (!decoded.ok) return decoded
  return ok({
    path: job.target,
    bytes,
    sha256: await sha256Of(path),
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

/** One whole attempt; a clip whose index misleads the seek is read from its beginning in a second one. */
async function encodeAndCertify(
  kit: Kit,
  encoding: Encoding,
  job: ClipJob,
  temporary: string,
  running: Running,
): Promise<Outcome<PreparedClip>> {
  const encoded = await encodeToFit(kit, encoding, job, temporary, running)
  const prepared = encoded.ok
    ? await certify(kit, encoding, job, temporary, share(running, 0.95, 1))
    : encoded
  const misled = !prepared.ok && ['file-damaged', 'tool-failed'].includes(prepared.problem.code)
  if (!misled || !encoding.seek || running.signal?.aborted) return prepared
  return encodeAndCertify(kit, { ...encoding, seek: false }, job, temporary, running)
}

/** The clip as it is sent: exact frames, upright, square pixels, constant rate, from zero, without metadata. */
export async function prepareClip(
  kit: Kit,
  job: ClipJob,
  running: Running = {},
): Promise<Outcome<PreparedClip>> {
  if (await isSameFile(job.source, job.target)) return alreadyThere(job.target)
  const measured = await measureSource(kit, job, running)
  if (!measured.ok) return measured
  const clip = measured.value
  const plan = planFrames(clip, job, job.maxFrameRate)
  const encoding: Encoding = {
    source: job.source,
    clip,
    plan,
    size: fitSize(clip.facts, job),
    sound: job.keepSound && clip.audioStream !== null,
    canToneMap: await canToneMap(kit, clip.facts),
    seek: canSeek(clip, plan),
  }
  return putInPlace(kit, job.target, 'replace', (temporary) =>
    encodeAndCertify(kit, encoding, job, temporary, running),
  )
}
