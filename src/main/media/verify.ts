import { ok, type Failure, type Outcome, type ProblemCode } from '../../shared/outcome.ts'
import type { Seconds } from '../../shared/units.ts'
import type { MediaTools, Running } from './media.ts'
import { runFfmpeg } from './ffmpeg.ts'
import type { ResultFacts } from '../../shared/domain/media.ts'
import { holdsEverySample, startsAsMp4, walkBoxes } from './probe/mp4-boxes.ts'
import { sha256Of } from './source-file.ts'
import { measureFile } from './probe/probe-clip.ts'
import { doing, endMissing, notMp4, resultUnusable } from './problems.ts'

/**
 * Decodes every frame and sample and stops at the first error. Nothing less detects a truncated file: ffprobe and a
 * plain decode accept an MP4 whose second half is missing.
 */
export async function strictDecode(
  mediaTools: MediaTools,
  path: string,
  about: {
    readonly doing: string
    readonly duration: Seconds
    readonly otherwise: (detail: string) => Failure
  },
  running: Running,
): Promise<Outcome<null>> {
  const job = {
    inputs: [{ path }],
    options: ['-map', '0:V:0', '-map', '0:a?', '-f', 'null'],
    target: null,
    strict: true,
  }
  const decoded = await runFfmpeg(mediaTools, { job, ...about }, running)
  return decoded.ok ? ok(null) : decoded
}

/** For a download, these problems mean that it did not arrive completely. */
const aboutTheFile: readonly ProblemCode[] = [
  'file-empty',
  'file-damaged',
  'file-too-large',
  'not-a-video',
  'not-an-image',
  'input-refused',
]

const asResult = (failure: Failure): Failure =>
  aboutTheFile.includes(failure.problem.code)
    ? resultUnusable([failure.problem.message, failure.problem.detail].filter(Boolean).join(' '))
    : failure

/**
 * The length, header and duration of a truncated file look right. Only walking its boxes and decoding it to the end
 * proves that it is whole.
 */
export async function verifyResult(
  mediaTools: MediaTools,
  path: string,
  running: Running = {},
): Promise<Outcome<ResultFacts>> {
  const measured = await measureFile(mediaTools, path, running)
  if (!measured.ok) return asResult(measured)
  const boxes = await walkBoxes(path)
  if (!startsAsMp4(boxes)) return resultUnusable(notMp4)
  if (!(await holdsEverySample(path, boxes))) return resultUnusable(endMissing)
  const { bytes, duration, width, height, frameRate } = measured.value.facts
  const about = { doing: doing.checkingDownload, duration, otherwise: resultUnusable }
  const decoded = await strictDecode(mediaTools, path, about, running)
  if (!decoded.ok) return decoded
  return ok({ bytes, sha256: await sha256Of(path), duration, width, height, frameRate })
}
