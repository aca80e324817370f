import type { MotionCurve } from '../../../shared/domain/motion.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { runJob } from '../ffmpeg.ts'
import type { MediaTools, Running } from '../media.ts'
import { measureFile, timesFromFirst } from '../probe/probe-clip.ts'
import { doing, scanIncomplete } from '../problems.ts'
import { createChunker, type SignatureSize } from '../scene-detection/frame-signature.ts'
import { smallPicturesJob, smallSize } from '../scene-detection/small-pictures.ts'
import { toolProblem } from '../tool-problem.ts'

/** Far finer than a level of brightness, and short in a file. */
const digits = 3

/** Takes the brightness of every small picture in order. */
export function createMotionMeter() {
  const energy: number[] = []
  let before: Uint8Array | null = null
  return {
    take: (luma: Uint8Array): void => {
      let sum = 0
      if (before)
        for (let at = 0; at < luma.length; at += 1) sum += Math.abs((luma[at] ?? 0) - (before[at] ?? 0))
      energy.push(Number((sum / luma.length).toFixed(digits)))
      before = luma.slice()
    },
    close: (): readonly number[] => energy,
  }
}

/** Reads small grey pictures as they come from ffmpeg. */
export function createMotionReader(
  { width, height }: SignatureSize,
  onFrame: (count: number) => void = () => undefined,
) {
  const meter = createMotionMeter()
  let frames = 0
  const chunker = createChunker(width * height, (luma) => {
    meter.take(luma)
    frames += 1
    onFrame(frames)
  })
  return { take: chunker.take, close: meter.close }
}

/** How much moves in a whole clip, from frame to frame, in one decoding run. */
export async function motionEnergy(
  mediaTools: MediaTools,
  path: string,
  running: Running = {},
): Promise<Outcome<MotionCurve>> {
  const clip = await measureFile(mediaTools, path, running)
  if (!clip.ok) return clip
  const times = timesFromFirst(clip.value)
  const reader = createMotionReader(smallSize(clip.value.facts), (count) => {
    if (count % 16 === 0) running.onProgress?.(Math.min(1, count / times.length))
  })
  const job = smallPicturesJob(path, clip.value, { first: 0, count: times.length }, 'gray')
  const { signal, onCommand } = running
  const { duration } = clip.value.facts
  const exit = await runJob(mediaTools, { job, duration }, { signal, onCommand }, { onOutput: reader.take })
  const otherwise = (detail: string) => scanIncomplete(path, detail)
  const problem = toolProblem(exit, { tool: 'ffmpeg', doing: doing.measuringMotion(path), otherwise })
  if (problem) return problem
  const energy = reader.close()
  // Without some of its frames, the rest would be at wrong times.
  return energy.length === times.length
    ? ok({ times, energy })
    : otherwise(`${String(energy.length)} of ${String(times.length)} frames`)
}
