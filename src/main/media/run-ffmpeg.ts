import { ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { Seconds } from '../../shared/units.ts'
import { ffmpegArgs, type FfmpegJob } from './ffmpeg.ts'
import { commandLine, type Kit } from './kit.ts'
import type { Running } from './media.ts'
import { progressReader } from './progress.ts'
import { toolProblem } from './tool-problem.ts'

export type FfmpegStep = {
  readonly job: FfmpegJob
  /** For the sentence when it is cancelled, stopped or out of space: “Preparing …”. */
  readonly doing: string
  /** Of the picture that passes through: the measure of progress and of patience. */
  readonly duration: Seconds
  /** What a plain failure means; gets the tool's own words. */
  readonly otherwise: (detail: string) => Failure
}

/** Of a run that passes this much picture. */
export const wallLimit = (duration: Seconds) => Math.max(60_000, duration * 20_000)

/** One run of ffmpeg that works on a whole clip; reports progress unless standard output is its result. */
export async function runFfmpeg(
  kit: Kit,
  { job, doing, duration, otherwise }: FfmpegStep,
  { signal, onProgress, onCommand }: Running,
): Promise<Outcome<Uint8Array>> {
  const collecting = job.target === 'pipe:1'
  const args = ffmpegArgs({ ...job, progress: !collecting })
  onCommand?.(commandLine(kit.ffmpeg, args))
  const exit = await kit.run({
    command: kit.ffmpeg,
    args,
    signal,
    wallLimit: wallLimit(duration),
    stallLimit: kit.stallLimit,
    ...(!collecting && { onOutput: progressReader(duration, (done) => onProgress?.(done)) }),
  })
  return toolProblem(exit, { tool: 'ffmpeg', doing, otherwise }) ?? ok(exit.stdout)
}

/** A running of which only the part from `from` to `to` of the whole progress is left for a step. */
export function share(running: Running, from: number, to: number): Running {
  return {
    ...running,
    onProgress: (done) => running.onProgress?.(from + (to - from) * done),
  }
}
