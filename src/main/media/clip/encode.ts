import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import { encodeWatched, type Watched } from './encode-and-verify.ts'
import { beginsSoon, forkedJob, pictureJob, wholeJob, type Encoding } from './encode-job.ts'
import type { FfmpegJob } from '../ffmpeg.ts'
import { fineQuality } from './output-format.ts'
import type { Kit } from '../kit.ts'
import type { Running } from '../media.ts'
import { nameOf } from '../naming.ts'
import { runFfmpeg, share, type FfmpegStep } from '../run-ffmpeg.ts'

const undecodable = (source: string) => (detail: string) =>
  fail('file-damaged', `“${nameOf(source)}” could not be read to the end of the part that is used.`, {
    advice: 'Copy or export it again, or choose another part of it.',
    detail,
  })

const stepOf = ({ source, plan, seek }: Encoding, job: FfmpegJob): FfmpegStep => ({
  job,
  doing: `Preparing “${nameOf(source)}”`,
  duration: plan.duration + (seek === null ? plan.begins : 0),
  otherwise: undecodable(source),
})

/**
 * Constant quality, decoded as it is written; null where it was not. ffmpeg refuses to overwrite: what an earlier try
 * left is ours to remove.
 */
export async function encodeAtQuality(
  kit: Kit,
  encoding: Encoding,
  target: string,
  running: Running,
): Promise<Outcome<Watched | null>> {
  await rm(target, { force: true })
  if (beginsSoon(encoding)) {
    const step = stepOf(encoding, forkedJob(encoding, fineQuality, target))
    return encodeWatched(kit, step, encoding.plan.frames, running)
  }
  const encoded = await runFfmpeg(kit, stepOf(encoding, wholeJob(encoding, fineQuality, target)), running)
  return encoded.ok ? ok(null) : encoded
}

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
    const first = await runFfmpeg(
      kit,
      stepOf(encoding, pictureJob(encoding, rateControl(1))),
      share(running, 0, 0.4),
    )
    if (!first.ok) return first
    await rm(target, { force: true })
    const second = stepOf(encoding, wholeJob(encoding, rateControl(2), target))
    return await runFfmpeg(kit, second, share(running, 0.4, 1))
  } finally {
    const left = (await readdir(kit.workFolder)).filter((name) => name.startsWith(log))
    await Promise.all(left.map((name) => rm(join(kit.workFolder, name), { force: true })))
  }
}
