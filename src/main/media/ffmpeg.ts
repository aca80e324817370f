import ffmpeg from 'fluent-ffmpeg'
import { allocationLimit, fileUrl, inputGuards } from './limits.ts'
import { maxGraphArgument, withGraphFile } from './graph-file.ts'
import { asOneMp4 } from './clip/output-format.ts'
import { progressOptions, progressReader } from './tool-output.ts'
import { ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { Milliseconds, Seconds } from '../../shared/units.ts'
import type { ToolExit, ToolRun } from '../system/ports.ts'
import { commandLine, type MediaTools, type Running } from './media.ts'
import { toolProblem } from './tool-problem.ts'

export type FfmpegInput = {
  /** A path, or `standardInput`. */
  readonly path: string
  /** Before its `-i`. */
  readonly options?: readonly string[]
}

/** Two outputs of the same packets, as ffmpeg's `tee` takes them. */
type Fork = { readonly outputs: string }

/** `tee` ends the name of an output at a bar and interprets quotes and backslashes. */
const literally = (url: string) => url.replace(/[\\'|\s]/g, (letter) => `\\${letter}`)

/** Writes a file, and the same packets as Matroska to standard output. */
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
  /** A filter graph of numbers and labels only, never of names of files. */
  readonly graph?: string
  readonly options: readonly string[]
  /** A path, `pipe:1` for standard output, both by `forkTarget`, or null to discard the output. */
  readonly target: string | Fork | null
  /** Reports progress on standard error. */
  readonly progress?: boolean
  /** Also fails on damage that a decoder would conceal. */
  readonly strict?: boolean
  /** Threads of each decoder; one is the quickest for a single frame. */
  readonly threads?: number
}

/** fluent-ffmpeg splits a lone "a b" into two arguments, but never one of several. */
function pushOptions(push: (...options: string[]) => unknown, options: readonly string[]): void {
  if (options.length === 1) throw new Error('Give options and their values together.')
  if (options.length > 1) push(...options)
}

/** The arguments of one ffmpeg run, with everything that makes it safe on untrusted files; `graphFile` replaces the graph. */
export function ffmpegArgs(job: FfmpegJob, graphFile: readonly string[] = []): readonly string[] {
  const command = ffmpeg()
  for (const { path, options = [] } of job.inputs) {
    command.input(path === standardInput ? path : fileUrl(path))
    const strict = job.strict ? ['-err_detect', 'explode'] : []
    pushOptions(command.inputOptions.bind(command), [
      ...inputGuards,
      '-threads',
      String(job.threads ?? 4),
      ...strict,
      ...options,
    ])
  }
  if (job.graph !== undefined && graphFile.length === 0) command.complexFilter(job.graph)
  pushOptions(command.outputOptions.bind(command), job.options)
  command.output(outputOf(job.target))
  return [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-nostats'],
    '-xerror',
    ...allocationLimit,
    ...(job.progress ? progressOptions : []),
    ...graphFile,
    ...command._getArguments(),
  ]
}

export type FfmpegStep = {
  readonly job: FfmpegJob
  /** Begins the sentence when it is cancelled, stopped or out of disk space: “Preparing …”. */
  readonly doing: string
  /** Of the video that is processed: progress is measured against it. */
  readonly duration: Seconds
  /** What a failure of the tool means, given its last message. */
  readonly otherwise: (detail: string) => Failure
}

/** An encoder looks ahead dozens of frames before it writes the first, and writes the last dozens without a message. */
const encoderStallFactor = 4

/** How long an encoder may produce nothing. */
export const encoderStall = ({ stallLimit }: Pick<MediaTools, 'stallLimit'>): Milliseconds =>
  encoderStallFactor * stallLimit

/** One run of ffmpeg, without a time limit as long as it makes progress. */
export function runJob(
  mediaTools: MediaTools,
  { job, duration }: Pick<FfmpegStep, 'job' | 'duration'>,
  { signal, onProgress, onCommand, yields = false }: Running,
  watched: Pick<ToolRun, 'onOutput' | 'onComplaint'> = {},
): Promise<ToolExit> {
  const isWorking = progressReader(duration, (done) => onProgress?.(done))
  const run = (graphFile?: readonly string[]) => {
    const args = ffmpegArgs({ ...job, progress: true }, graphFile)
    onCommand?.(commandLine(mediaTools.ffmpeg, args))
    return mediaTools.run({
      command: mediaTools.ffmpeg,
      args,
      signal,
      yields,
      stallLimit: encoderStall(mediaTools),
      ...watched,
      onComplaint: (chunk) => {
        const told = watched.onComplaint?.(chunk) === true
        return isWorking(chunk) || told
      },
    })
  }
  const isLong = job.graph !== undefined && job.graph.length > maxGraphArgument
  return isLong ? withGraphFile(mediaTools, job.graph, run) : run()
}

/** One run of ffmpeg on a whole clip; the result is what it writes to standard output. */
export async function runFfmpeg(
  mediaTools: MediaTools,
  { job, doing, duration, otherwise }: FfmpegStep,
  running: Running,
): Promise<Outcome<Uint8Array>> {
  const exit = await runJob(mediaTools, { job, duration }, running)
  return toolProblem(exit, { tool: 'ffmpeg', doing, otherwise }) ?? ok(exit.stdout)
}

/** Maps the progress of one step to its share, `from` to `to`, of the whole. */
export function share(running: Running, from: number, to: number): Running {
  return {
    ...running,
    onProgress: (done) => running.onProgress?.(from + (to - from) * done),
  }
}
