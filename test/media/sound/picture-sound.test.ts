import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pictureSound, soundDuration } from '../../../src/main/media/sound/picture-sound.ts'
import { clickClip, clicks, clicksIn, readWav } from '../../support/clips/click-clips.ts'
import { silent } from '../../support/clips/clips.ts'
import {
  clipFacts,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { ffmpeg } from '../../support/processes/tools.ts'

let bench: Workbench
/** Two channels, whose picture begins 0.2 s after its sound. */
let early: string
beforeAll(async () => {
  bench = await createWorkbench()
  early = await clickClip(bench.folder, 'both.mov', { channels: 2, soundLate: -0.2 })
})
afterAll(() => bench.remove())

async function soundOf(path: string, speed: number) {
  const target = join(bench.folder, 'sound.wav')
  valueOf(await pictureSound(bench.mediaTools, path, { speed, target }))
  return readWav(target)
}

/** The distance of each click from where it belongs, in samples; NaN where there is none. */
async function errorsOf(path: string, { shift = 0, speed = 1 }: { shift?: number; speed?: number }) {
  const wav = await soundOf(path, speed)
  const found = clicksIn(wav)
  const wanted = clicks.map((time) => time + shift).filter((time) => time >= 0 && time < 2.99)
  return wanted.map((time, nth) => Number((((found[nth] ?? NaN) - time / speed) * wav.rate).toFixed(3)))
}

const aac = ['-c:a', 'aac', '-b:a', '128k']

async function cut(folder: string): Promise<string> {
  const path = join(folder, 'cut.mp4')
  const source = await clickClip(folder, 'whole.mp4', { audio: aac })
  await ffmpeg('-ss', '0.7', '-i', `file:${source}`, '-c', 'copy', '-y', `file:${path}`)
  return path
}

describe('the sound of a picture', () => {
  it.each([
    ['a MOV', 'plain.mov', {}],
    ['two channels', 'stereo.mov', { channels: 2 }],
    ['six channels', 'six.mov', { channels: 6 }],
    ['sound at 44.1 kHz', 'other.mov', { rate: 44_100 }],
    ['sound that begins later', 'late.mov', { soundLate: 0.3 }],
    ['sound that begins earlier', 'early.mov', { soundLate: -0.32 }],
    ['sound at 22.05 kHz that begins earlier', 'rough.mov', { soundLate: -0.32, rate: 22_050 }],
    ['sound that begins a millisecond later', 'just.mov', { soundLate: 0.001 }],
    ['a clock that begins late', 'clock.mov', { soundLate: 0.2, options: ['-output_ts_offset', '3'] }],
  ])('of %s begins with the first picture, to the sample', async (_what, name, recipe) => {
    const path = await clickClip(bench.folder, name, recipe)
    const shift = 'soundLate' in recipe ? recipe.soundLate : 0
    for (const error of await errorsOf(path, { shift })) expect(Math.abs(error)).toBeLessThanOrEqual(1)
  })

  it.each([
    ['AAC in MP4', (folder: string) => clickClip(folder, 'aac.mp4', { audio: aac }), 0],
    ['a cut that an edit list hides', cut, -0.7],
  ])('of %s has no delay of the encoder', async (_what, make, shift) => {
    for (const error of await errorsOf(await make(bench.folder), { shift }))
      expect(Math.abs(error)).toBeLessThanOrEqual(48)
  })

  it.each([0.1, 0.25, 0.6, 2])('at %d times the speed stays with the picture', async (speed) => {
    const errors = await errorsOf(early, { shift: -0.2, speed })
    expect(errors).toHaveLength(clicks.length)
    for (const error of errors) expect(Math.abs(error)).toBeLessThanOrEqual(speed < 0.25 ? 240 : 480)
  })

  it.each([0.24, 0.25, 1, 1.7])('at %d times the speed is as long as the picture', async (speed) => {
    const { samples, rate, channels, bits } = await soundOf(early, speed)
    const { duration } = await clipFacts(bench.mediaTools, early)
    expect(samples).toHaveLength(Math.round((duration / speed) * rate))
    expect(samples.length / rate).toBe(soundDuration(duration, speed))
    expect([rate, channels, bits]).toEqual(speed < 0.25 ? [24_000, 1, 16] : [48_000, 2, 16])
  })

  it('is a problem where there is none', async () => {
    const target = join(bench.folder, 'none.wav')
    const outcome = await pictureSound(bench.mediaTools, await silent(bench.folder), { speed: 1, target })
    expect(problemOf(outcome).message).toBe('“silent.mp4” has no sound.')
  })

  it.each(['reading', 'writing'])('leaves nothing behind when it is stopped while %s', async (when) => {
    const stop = new AbortController()
    const before = await readdir(bench.folder)
    const outcome = await pictureSound(
      bench.mediaTools,
      early,
      { speed: 0.1, target: join(bench.folder, 'stopped.wav') },
      {
        signal: stop.signal,
        onCommand: () => {
          if (when === 'reading') stop.abort()
        },
        onProgress: (done) => {
          if (done > 0.5) stop.abort()
        },
      },
    )
    expect(problemOf(outcome).code).toBe('cancelled')
    expect(await readdir(bench.folder)).toEqual(before)
  })
})
