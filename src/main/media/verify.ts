import { ok, type Failure, type Outcome, type ProblemCode } from '../../shared/outcome.ts'
import type { Seconds } from '../../shared/units.ts'
import type { Measuring, MediaTools, Running } from './media.ts'
import { runJob } from './ffmpeg.ts'
import { createMotionReader } from './offset/motion-energy.ts'
import { openStillsOutput } from './previews/even-stills.ts'
import { signatureSize } from './scene-detection/frame-signature.ts'
import { smallPictures } from './scene-detection/small-pictures.ts'
import { toolProblem } from './tool-problem.ts'
import type { MeasuredClip } from './probe/clip-facts.ts'
import type { ResultFacts } from '../../shared/domain/media.ts'
import { holdsEverySample, startsAsMp4, walkBoxes } from './probe/mp4-boxes.ts'
import { sha256Of } from './source-file.ts'
import { measureFile, timesFromFirst } from './probe/probe-clip.ts'
import { doing, endMissing, notMp4, resultUnusable } from './problems.ts'

/** An output beside the discarded one, of the same decoded frames, on standard output. */
type AlsoDecoded = { readonly output: readonly string[]; readonly take: (chunk: Uint8Array) => void }

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
  also: AlsoDecoded | null = null,
): Promise<Outcome<null>> {
  const job = {
    inputs: [{ path }],
    options: [
      ...(also ? [...also.output, 'pipe:1'] : []),
      ...['-map', '0:V:0', '-map', '0:a?', '-f', 'null'],
    ],
    target: null,
    strict: true,
  }
  const exit = await runJob(mediaTools, { job, ...about }, running, also ? { onOutput: also.take } : {})
  return toolProblem(exit, { tool: 'ffmpeg', ...about }) ?? ok(null)
}

/** What a strict decode tells besides; null where there is no room for it. */
const stillsOf = (mediaTools: MediaTools, clip: MeasuredClip, { stills }: Measuring) =>
  stills ? openStillsOutput(mediaTools, clip, stills).catch(() => null) : Promise.resolve(null)

/** Decodes strictly, and measures the motion and takes stills in the same run. */
async function decodeAndLook(
  mediaTools: MediaTools,
  path: string,
  clip: MeasuredClip,
  about: Parameters<typeof strictDecode>[2],
  running: Measuring,
): Promise<Outcome<null>> {
  const size = signatureSize(clip.facts.width / clip.facts.height)
  const reader = createMotionReader(size)
  const stills = await stillsOf(mediaTools, clip, running)
  try {
    const output = [...(stills?.output ?? []), ...smallPictures(clip, size, 'gray')]
    const decoded = await strictDecode(mediaTools, path, about, running, { output, take: reader.take })
    // This may fail where the video itself is whole, and a curve is no reason to refuse a paid result or to wait.
    if (!decoded.ok && decoded.problem.code !== 'cancelled' && decoded.problem.code !== 'tool-missing')
      return await strictDecode(mediaTools, path, about, running)
    if (!decoded.ok) return decoded
    const energy = reader.close()
    if (energy.length === clip.times.length) running.onMotion?.({ times: timesFromFirst(clip), energy })
    const jpegs = await stills?.read().catch(() => null)
    if (jpegs) running.stills?.onStills(jpegs)
    return decoded
  } finally {
    await stills?.remove()
  }
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
  running: Measuring = {},
): Promise<Outcome<ResultFacts>> {
  const measured = await measureFile(mediaTools, path, running)
  if (!measured.ok) return asResult(measured)
  const boxes = await walkBoxes(path)
  if (!startsAsMp4(boxes)) return resultUnusable(notMp4)
  if (!(await holdsEverySample(path, boxes))) return resultUnusable(endMissing)
  const { bytes, duration, width, height, frameRate } = measured.value.facts
  const about = { doing: doing.checkingDownload, duration, otherwise: resultUnusable }
  const isWatched = running.onMotion !== undefined || running.stills !== undefined
  const decoded = isWatched
    ? await decodeAndLook(mediaTools, path, measured.value, about, running)
    : await strictDecode(mediaTools, path, about, running)
  if (!decoded.ok) return decoded
  return ok({ bytes, sha256: await sha256Of(path), duration, width, height, frameRate })
}
