import ffmpeg from 'fluent-ffmpeg'
import { allocationLimit, fileUrl, guards } from './guards.ts'
import { asOneMp4 } from './clip/output-format.ts'
import { toldProgress } from './progress.ts'

export type FfmpegInput = {
  /** Or `standardInput`. */
  readonly path: string
  /** Before its `-i`. */
  readonly options?: readonly string[]
}

/** Two outputs of the same packets, as ffmpeg's `tee` takes them. */
export type Fork = { readonly outputs: string }

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
