import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Seconds } from '../../../src/shared/units.ts'
import { ffmpeg } from '../processes/tools.ts'

type ClickClip = {
  /** How much later the picture or the sound is shown than it was made; negative: the other one. */
  readonly soundLate?: Seconds
  readonly channels?: number
  readonly rate?: number
  readonly audio?: readonly string[]
  readonly options?: readonly string[]
}

/** Clicks at these seconds of the sound. */
export const clicks: readonly Seconds[] = [0.5, 0.9, 1.4, 2.1, 2.6]

/** Three seconds of a small picture, and a quiet tone with clicks of one sample. */
export async function clickClip(
  folder: string,
  name: string,
  { soundLate = 0, channels = 1, rate = 48_000, audio = ['-c:a', 'pcm_s16le'], options = [] }: ClickClip = {},
): Promise<string> {
  const path = join(folder, name)
  const at = clicks.map((time) => `eq(n,${String(Math.round(time * rate))})`).join('+')
  const wave = `0.9*(${at})+0.03*sin(2*PI*330*t)`
  const sound = `aevalsrc=exprs='${Array.from({ length: channels }, () => wave).join('|')}':s=${String(rate)}:d=3`
  const late = (by: Seconds) => (by > 0 ? ['-itsoffset', String(by)] : [])
  await ffmpeg(
    ...[...late(-soundLate), '-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=25:d=3'],
    ...[...late(soundLate), '-f', 'lavfi', '-i', sound],
    ...[
      '-vsync',
      'passthrough',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '10',
      '-pix_fmt',
      'yuv420p',
    ],
    ...audio,
    ...options,
    ...['-y', `file:${path}`],
  )
  return path
}

export type Wav = {
  readonly channels: number
  readonly rate: number
  readonly bits: number
  /** Of the first channel, from −1 to 1. */
  readonly samples: readonly number[]
}

/** Reads a WAV file by its own header alone; throws where that is not true of the file. */
export async function readWav(path: string): Promise<Wav> {
  const bytes = await readFile(path)
  const [channels, rate, bits] = [bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)]
  const whole =
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.toString('latin1', 8, 16) === 'WAVEfmt ' &&
    bytes.readUInt32LE(4) === bytes.length - 8 &&
    bytes.readUInt32LE(40) === bytes.length - 44
  if (!whole) throw new Error(`${path} is not the WAV file that it says`)
  const frame = channels * 2
  return {
    channels,
    rate,
    bits,
    samples: Array.from(
      { length: (bytes.length - 44) / frame },
      (_, nth) => bytes.readInt16LE(44 + nth * frame) / 32_768,
    ),
  }
}

/** The first sample of each click: one that is half as loud as the loudest, with 0.1 s of quiet before. */
export function clicksIn({ samples, rate }: Pick<Wav, 'samples' | 'rate'>): readonly Seconds[] {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const found: number[] = []
  samples.forEach((sample, nth) => {
    if (Math.abs(sample) > loudest / 2 && nth - (found.at(-1) ?? -rate) > rate / 10) found.push(nth)
  })
  return found.map((nth) => nth / rate)
}
