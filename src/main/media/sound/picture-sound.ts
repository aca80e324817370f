import { open } from 'node:fs/promises'
import { cancelled, ok, type Outcome } from '../../../shared/outcome.ts'
import type { Seconds } from '../../../shared/units.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { measureFile } from '../probe/probe-clip.ts'
import { soundRate } from '../clip/output-format.ts'
import { type FfmpegJob, runJob, share } from '../ffmpeg.ts'
import type { MediaTools, PictureSoundJob, Running } from '../media.ts'
import { doing, noSound, soundTooLong, soundUnread } from '../problems.ts'
import { putInPlace } from '../put-in-place.ts'
import { toolProblem } from '../tool-problem.ts'
import { stretched, type Sound } from './stretch.ts'

/** Below this speed a sound is long, and says little about the room it is heard in. */
const slow = 0.25
const slowRate = 24_000
/** Twenty times what a provider accepts; a tenth of the speed makes 288 MB of it. */
const longest: Seconds = 600

const rateAt = (speed: number): number => (speed < slow ? slowRate : soundRate)

const framesOf = (duration: Seconds, rate: number) => Math.max(1, Math.round(duration * rate))

/** How long the sound of a picture of this duration is at a speed: whole samples. */
export function soundDuration(duration: Seconds, speed: number): Seconds {
  const rate = rateAt(speed)
  return framesOf(duration / speed, rate) / rate
}

/**
 * Samples on the clock of the picture. ffmpeg fills gaps and cuts overlaps from 10 ms on; shorter ones are rounding of
 * the container. At the start, `min_comp=0` makes it exact to the sample.
 */
function readingJob(
  path: string,
  { facts, times, audioStream }: MeasuredClip,
  { channels, rate }: Sound,
): FfmpegJob {
  const begins = (times[0] ?? 0).toFixed(6)
  const filters = [
    `asetpts=PTS-(${begins})/TB`,
    // A little more than the picture, for the delay of the resampler.
    `atrim=end=${(facts.duration + 0.1).toFixed(6)}`,
    `aresample=${rate}:async=1:min_comp=0:min_hard_comp=0.01:first_pts=0`,
  ]
  return {
    inputs: [{ path, options: ['-copyts', '-seek_timestamp', '1'] }],
    options: [
      ...['-map', `0:${audioStream ?? 0}`, '-filter:a', filters.join(',')],
      ...['-ac', String(channels), '-ar', String(rate), '-c:a', 'pcm_s16le', '-f', 's16le'],
    ],
    target: 'pipe:1',
  }
}

/** Fills 16-bit samples from bytes as they come; what does not fit is not needed. */
function createFill(samples: Int16Array) {
  const bytes = Buffer.from(samples.buffer)
  let filled = 0
  return (chunk: Uint8Array): void => {
    const fits = chunk.subarray(0, bytes.length - filled)
    bytes.set(fits, filled)
    filled += fits.length
  }
}

function wavHeader({ channels, rate }: Pick<Sound, 'channels' | 'rate'>, frames: number): Buffer {
  const header = Buffer.alloc(44)
  const bytes = frames * channels * 2
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + bytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(bytes, 40)
  return header
}

const bytesOf = (samples: Int16Array) =>
  new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)

/** Parts between two breaths: about 5 ms of work, so that a window never waits for it. */
const partsAtOnce = 16

type Written = { readonly path: string; readonly speed: number; readonly frames: number }

async function writeWav(
  sound: Sound,
  { path, speed, frames }: Written,
  { signal, onProgress }: Running,
): Promise<boolean> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(wavHeader(sound, frames))
    const parts = speed === 1 ? [sound.samples] : stretched(sound, speed, frames)
    let waiting: Int16Array[] = []
    let done = 0
    for (const part of parts) {
      waiting.push(part)
      done += part.length / sound.channels
      if (waiting.length < partsAtOnce && done < frames) continue
      await file.writeFile(Buffer.concat(waiting.map(bytesOf)))
      waiting = []
      onProgress?.(done / frames)
      await new Promise((later) => setImmediate(later))
      if (signal?.aborted) return false
    }
    return true
  } finally {
    await file.close()
  }
}

/**
 * Writes the first sound track as a WAV file at a speed, with its pitch kept. Its first sample is heard with the first
 * picture, its last one with the end of the last. Stereo at 48 kHz at most; below a quarter of the speed mono at 24 kHz.
 */
export async function pictureSound(
  mediaTools: MediaTools,
  path: string,
  { speed, target }: PictureSoundJob,
  running: Running = {},
): Promise<Outcome<null>> {
  const measured = await measureFile(mediaTools, path, running)
  if (!measured.ok) return measured
  const { facts } = measured.value
  if (facts.audio === null) return noSound(path)
  if (facts.duration > longest) return soundTooLong(path, longest)
  const rate = rateAt(speed)
  const channels = speed < slow || facts.audio.channels < 2 ? 1 : 2
  const samples = new Int16Array(framesOf(facts.duration, rate) * channels)
  const sound: Sound = { samples, channels, rate }
  const reading = share(running, 0, speed === 1 ? 0.9 : 0.4)
  const exit = await runJob(
    mediaTools,
    { job: readingJob(path, measured.value, sound), duration: facts.duration },
    reading,
    { onOutput: createFill(samples) },
  )
  const problem = toolProblem(exit, {
    tool: 'ffmpeg',
    doing: doing.readingSound(path),
    otherwise: (detail) => soundUnread(path, detail),
  })
  if (problem) return problem
  return putInPlace(mediaTools, target, 'replace', async (temporary) => {
    const written = { path: temporary, speed, frames: framesOf(facts.duration / speed, rate) }
    const whole = await writeWav(sound, written, share(running, speed === 1 ? 0.9 : 0.4, 1))
    return whole ? ok(null) : cancelled(doing.readingSound(path))
  })
}
