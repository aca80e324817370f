import { ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { Milliseconds, Seconds } from '../../shared/units.ts'
import type { ToolExit, ToolRun } from '../system/ports.ts'
import { ffmpegArgs, type FfmpegJob } from './ffmpeg.ts'
import { commandLine, type Kit } from './kit.ts'
import type { Running } from './media.ts'
import { progressReader } from './progress.ts'
import { toolProblem } from './tool-problem.ts'

export type FfmpegStep = {
  readonly job: FfmpegJob
  /** For the sentence when it is cancelled, stopped or out of space: “Preparing …”. */
  readonly doing: string
  /** Of the picture that passes through: the measure of progress. */
  readonly duration: Seconds
  /** What a plain failure means; gets the tool's own words. */
  readonly otherwise: (detail: string) => Failure
}

/** An encoder looks ahead at dozens of frames before it writes the first, and writes the last dozens in silence. */
const patience = 4

/** How long an encoder may make nothing. */
export const encoderStall = ({ stallLimit }: Pick<Kit, 'stallLimit'>): Milliseconds => patience * stallLimit

/** One run of ffmpeg; it takes as long as it takes while something comes of it. */
export function runJob(
  kit: Kit,
  { job, duration }: Pick<FfmpegStep, 'job' | 'duration'>,
  { signal, onProgress, onCommand }: Running,
  watched: Pick<ToolRun, 'onOutput' | 'onComplaint'> = {},
): Promise<ToolExit> {
  const args = ffmpegArgs({ ...job, progress: true })
  onCommand?.(commandLine(kit.ffmpeg, args))
  const isWorking = progressReader(duration, (done) => onProgress?.(done))
  return kit.run({
    command: kit.ffmpeg,
    args,
    signal,
    stallLimit: encoderStall(kit),
    ...watched,
    onComplaint: (chunk) => {
      const told = watched.onComplaint?.(chunk) === true
      return isWorking(chunk) || told
    },
  })
}

/** One run of ffmpeg that works on a whole clip; what it writes to standard output is the answer. */
export async function runFfmpeg(
  kit: Kit,
  { job, doing, duration, otherwise }: FfmpegStep,
  running: Running,
): Promise<Outcome<Uint8Array>> {
  const exit = await runJob(kit, { job, duration }, running)
  return toolProblem(exit, { tool: 'ffmpeg', doing, otherwise }) ?? ok(exit.stdout)
}

/** A running of which only the part from `from` to `to` of the whole progress is left for a step. */
export function share(running: Running, from: number, to: number): Running {
  return {
    ...running,
    onProgress: (done) => running.onProgress?.(from + (to - from) * done),
  }
}
