import type { Fraction, Seconds } from '../../../shared/units.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Waveform } from '../../../shared/domain/media.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { measureFile } from '../probe/probe-clip.ts'
import type { MediaTools, Running } from '../media.ts'
import { decodeMono } from '../sound/decode-mono.ts'

const full = 32_768

/** The peak of each of `count` equal steps of `samples` samples, from 16-bit little-endian PCM. */
function createPeaks(samples: number, count: number, onProgress: (done: Fraction) => void) {
  const peaks = new Float64Array(count)
  let position = 0
  let odd: number | null = null

  const add = (low: number, high: number) => {
    const value = ((high << 24) >> 16) | low
    const step = Math.floor(position / samples)
    position += 1
    if (step < count) peaks[step] = Math.max(peaks[step] ?? 0, Math.abs(value) / full)
  }
  return {
    take: (chunk: Uint8Array): void => {
      let at = 0
      if (odd !== null && chunk.length > 0) {
        add(odd, chunk[0] ?? 0)
        odd = null
        at = 1
      }
      for (; at + 1 < chunk.length; at += 2) add(chunk[at] ?? 0, chunk[at + 1] ?? 0)
      if (at < chunk.length) odd = chunk[at] ?? 0
      onProgress(Math.min(1, position / (samples * count)))
    },
    /** Three digits are more precise than any screen. */
    close: (): readonly number[] => [...peaks].map((peak) => Number(peak.toFixed(3))),
  }
}

/** This rate is enough for loudness, and shows beats to an eighth of a millisecond. */
const rate = 8000

function filtersFor({ startTime, duration }: MeasuredClip['facts']): readonly string[] {
  const [from, to] = [startTime.toFixed(6), (startTime + duration).toFixed(6)]
  // On the clock of the video: sound that starts later is preceded by silence.
  return [
    `atrim=start=${from}:end=${to}`,
    `asetpts=PTS-(${from})/TB`,
    `aresample=${rate}:async=1:first_pts=0`,
  ]
}

/** The peak of every `step` seconds of the first sound track, in sync with the video; null without sound. */
export async function waveform(
  mediaTools: MediaTools,
  path: string,
  step: Seconds,
  running: Running = {},
): Promise<Outcome<Waveform | null>> {
  const measured = await measureFile(mediaTools, path, running)
  if (!measured.ok) return measured
  const { facts, audioStream } = measured.value
  if (audioStream === null) return ok(null)
  const { signal, onProgress, onCommand } = running
  const count = Math.max(1, Math.ceil(facts.duration / step - 1e-6))
  const peaks = createPeaks(step * rate, count, (done) => onProgress?.(done))
  const { duration } = facts
  const job = { path, stream: audioStream, filters: filtersFor(facts), rate, duration }
  const decoded = await decodeMono(mediaTools, job, { signal, onCommand }, peaks.take)
  return decoded.ok ? ok({ step, peaks: peaks.close() }) : decoded
}
