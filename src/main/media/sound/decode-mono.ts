import type { Seconds } from '../../../shared/units.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { runJob, type FfmpegJob } from '../ffmpeg.ts'
import type { MediaTools, Running } from '../media.ts'
import { doing, noWaveform } from '../problems.ts'
import { toolProblem } from '../tool-problem.ts'

export type MonoJob = {
  readonly path: string
  /** Of the sound, in the file. */
  readonly stream: number
  /** They bring the sound to `rate` and place it on the clock of the picture. */
  readonly filters: readonly string[]
  /** Samples per second. */
  readonly rate: number
  readonly duration: Seconds
}

/** Decodes a sound track to 16-bit little-endian samples of one channel, piece by piece. */
export async function decodeMono(
  mediaTools: MediaTools,
  { path, stream, filters, rate, duration }: MonoJob,
  running: Running,
  onOutput: (chunk: Uint8Array) => void,
): Promise<Outcome<null>> {
  const job: FfmpegJob = {
    inputs: [{ path, options: ['-copyts', '-seek_timestamp', '1'] }],
    options: [
      ...['-map', `0:${stream}`, '-filter:a', filters.join(','), '-ac', '1', '-ar', String(rate)],
      ...['-c:a', 'pcm_s16le', '-f', 's16le'],
    ],
    target: 'pipe:1',
  }
  const exit = await runJob(mediaTools, { job, duration }, running, { onOutput })
  const problem = toolProblem(exit, {
    tool: 'ffmpeg',
    doing: doing.readingSound(path),
    otherwise: (detail) => noWaveform(path, detail),
  })
  return problem ?? ok(null)
}
