import type { Seconds } from '../../../shared/units.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { runJob, type FfmpegJob } from '../ffmpeg.ts'
import type { MediaTools, Running } from '../media.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { doing, noWaveform } from '../problems.ts'
import { toolProblem } from '../tool-problem.ts'

/** Speech and beats are all below 4 kHz; half as much again would only take longer. */
const usualRate = 8000
const rates = [usualRate, usualRate / 2, usualRate / 4]
/** Samples of both together: comparing them takes 200 MB. */
const mostSamples = 2 ** 22

/** How much is heard of each of two videos: all of them up to a quarter of an hour, for long ones more coarsely. */
export function listening(durations: readonly Seconds[]): {
  readonly rate: number
  readonly longest: Seconds
} {
  const fits = rates.find((rate) => durations.reduce((sum, one) => sum + one, 0) * rate <= mostSamples)
  const rate = fits ?? usualRate / 4
  return { rate, longest: fits === undefined ? mostSamples / 2 / rate : Infinity }
}

/**
 * Mono samples on the clock of the picture, whose first frame begins where `first_pts` says. `min_comp=0` makes that
 * exact to the sample; gaps shorter than 10 ms are rounding of the container.
 */
function readingJob(path: string, stream: number, begins: Seconds, end: Seconds, rate: number): FfmpegJob {
  const filters = [
    `atrim=end=${end.toFixed(6)}`,
    `aresample=${rate}:async=1:min_comp=0:min_hard_comp=0.01:first_pts=${Math.round(begins * rate)}`,
  ]
  return {
    inputs: [{ path, options: ['-copyts', '-seek_timestamp', '1'] }],
    options: [
      ...['-map', `0:${stream}`, '-filter:a', filters.join(','), '-ac', '1', '-ar', String(rate)],
      ...['-c:a', 'pcm_s16le', '-f', 's16le'],
    ],
    target: 'pipe:1',
  }
}

/** The first sound track of a video from its first frame on, from −1 to 1. */
export async function readSound(
  mediaTools: MediaTools,
  path: string,
  { facts, times, audioStream }: MeasuredClip,
  { rate, longest }: ReturnType<typeof listening>,
  running: Running,
): Promise<Outcome<Float32Array<ArrayBuffer>>> {
  const [begins = 0] = times
  const duration = Math.min(longest, facts.duration)
  const job = readingJob(path, audioStream ?? 0, begins, begins + duration, rate)
  const bytes = Buffer.alloc(2 * Math.ceil(duration * rate))
  let filled = 0
  const onOutput = (chunk: Uint8Array) => {
    const fits = chunk.subarray(0, bytes.length - filled)
    bytes.set(fits, filled)
    filled += fits.length
  }
  const exit = await runJob(mediaTools, { job, duration }, running, { onOutput })
  const problem = toolProblem(exit, {
    tool: 'ffmpeg',
    doing: doing.readingSound(path),
    otherwise: (detail) => noWaveform(path, detail),
  })
  if (problem) return problem
  return ok(Float32Array.from({ length: filled >> 1 }, (_, nth) => bytes.readInt16LE(2 * nth) / 32_768))
}
