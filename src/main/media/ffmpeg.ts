import ffmpeg from 'fluent-ffmpeg'
import { allocationLimit, fileUrl, guards } from './limits.ts'
import { asOneMp4 } from './clip/output-format.ts'
import { toldProgress, progressReader } from './tool-output.ts'
import { ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { Milliseconds, Seconds } from '../../shared/units.ts'
import type { ToolExit, ToolRun } from '../system/ports.ts'
import { commandLine, type MediaTools, type Running } from './media.ts'
import { toolProblem } from './tool-problem.ts'

export type FfmpegInput = {
  /** Or `standardInput`. */
  readonly path: string
  /** Before its `-i`. */
  readonly options?: readonly string[]
}

/** Two outputs of the same packets, as ffmpeg's `tee` takes them. */
type Fork = { readonly outputs: string }

/** A bar would end the name of an output, and quotes and backslashes its letters. */
const literally = (url: string) => url.replace(/[\\'|\s]/g, (letter) => `\\${letter}`)

/** A file, and besides it the same packets as Matroska on standard output. */
export const forkTarget = (path: string): Fork => ({
  outputs: `${asOneMp4}${literally(fileUrl(path))}|[onfail=abort:fflags=+bitexact:f=matroska]${standardOutput}`,
})

export const standardInput = 'pipe:0'
const standardOutput = 'pipe:1'

function outputOf(target: FfmpegJob['target']): string {
  if (target === null) return '-'
  if (typeof target === 'object') return target.outputs
  return target === standardOutput ? target : fileUrl(target)
}

export type FfmpegJob = {
  readonly inputs: readonly FfmpegInput[]
  /** A filter graph; made of numbers and labels only, never of names. */
  readonly graph?: string
  readonly options: readonly string[]
  /** A path, `pipe:1` for standard output, several of them by `forkTarget`, or null to throw the output away. */
  readonly target: string | Fork | null
  /** Tells on standard error how far it is. */
  readonly progress?: boolean
  /** Also takes for damage what a decoder would conceal. */
  readonly strict?: boolean
  /** Of each decoder; one is quickest to a single picture. */
  readonly threads?: number
}

/** fluent-ffmpeg splits a lone "a b" into two arguments, but never one of several. */
function pushOptions(push: (...options: string[]) => unknown, options: readonly string[]): void {
  if (options.length === 1) throw new Error('Give options and their values together.')
  if (options.length > 1) push(...options)
}

/** The argument list of one ffmpeg run, with everything that makes it safe on files nobody has vouched for. */
export function ffmpegArgs(job: FfmpegJob): readonly string[] {
  const command = ffmpeg()
  for (const { path, options = [] } of job.inputs) {
    command.input(path === standardInput ? path : fileUrl(path))
    const strict = job.strict ? ['-err_detect', 'explode'] : []
    pushOptions(command.inputOptions.bind(command), [
      ...guards,
      '-threads',
      String(job.threads ?? 4),
      ...strict,
      ...options,
    ])
  }
  if (job.graph !== undefined) command.complexFilter(job.graph)
  pushOptions(command.outputOptions.bind(command), job.options)
  command.output(outputOf(job.target))
  return [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-nostats'],
    '-xerror',
    ...allocationLimit,
    ...(job.progress ? toldProgress : []),
    ...command._getArguments(),
  ]
}

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
const encoderStallFactor = 4

/** How long an encoder may make nothing. */
export const encoderStall = ({ stallLimit }: Pick<MediaTools, 'stallLimit'>): Milliseconds =>
  encoderStallFactor * stallLimit

/** One run of ffmpeg; it takes as long as it takes while something comes of it. */
export function runJob(
  mediaTools: MediaTools,
  { job, duration }: Pick<FfmpegStep, 'job' | 'duration'>,
  { signal, onProgress, onCommand }: Running,
  watched: Pick<ToolRun, 'onOutput' | 'onComplaint'> = {},
): Promise<ToolExit> {
  const args = ffmpegArgs({ ...job, progress: true })
  onCommand?.(commandLine(mediaTools.ffmpeg, args))
  const isWorking = progressReader(duration, (done) => onProgress?.(done))
  return mediaTools.run({
    command: mediaTools.ffmpeg,
    args,
    signal,
    stallLimit: encoderStall(mediaTools),
    ...watched,
    onComplaint: (chunk) => {
      const told = watched.onComplaint?.(chunk) === true
      return isWorking(chunk) || told
    },
  })
}

/** One run of ffmpeg that works on a whole clip; what it writes to standard output is the answer. */
export async function runFfmpeg(
  mediaTools: MediaTools,
  { job, doing, duration, otherwise }: FfmpegStep,
  running: Running,
): Promise<Outcome<Uint8Array>> {
  const exit = await runJob(mediaTools, { job, duration }, running)
  return toolProblem(exit, { tool: 'ffmpeg', doing, otherwise }) ?? ok(exit.stdout)
}

/** A running of which only the part from `from` to `to` of the whole progress is left for a step. */
export function share(running: Running, from: number, to: number): Running {
  return {
    ...running,
    onProgress: (done) => running.onProgress?.(from + (to - from) * done),
  }
}
