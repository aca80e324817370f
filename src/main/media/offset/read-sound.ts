import type { Seconds } from '../../../shared/units.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { MediaTools, Running } from '../media.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { decodeMono } from '../sound/decode-mono.ts'

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
const filtersFor = (begins: Seconds, end: Seconds, rate: number) => [
  `atrim=end=${end.toFixed(6)}`,
  `aresample=${rate}:async=1:min_comp=0:min_hard_comp=0.01:first_pts=${Math.round(begins * rate)}`,
]

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
  const filters = filtersFor(begins, begins + duration, rate)
  const job = { path, stream: audioStream ?? 0, filters, rate, duration }
  const bytes = Buffer.alloc(2 * Math.ceil(duration * rate))
  let filled = 0
  const onOutput = (chunk: Uint8Array) => {
    const fits = chunk.subarray(0, bytes.length - filled)
    bytes.set(fits, filled)
    filled += fits.length
  }
  const decoded = await decodeMono(mediaTools, job, running, onOutput)
  if (!decoded.ok) return decoded
  return ok(Float32Array.from({ length: filled >> 1 }, (_, nth) => bytes.readInt16LE(2 * nth) / 32_768))
}
