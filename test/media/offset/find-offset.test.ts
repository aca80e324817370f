import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { findOffset } from '../../../src/main/media/offset/find-offset.ts'
import { inThread } from '../../../src/main/media/offset/offset-thread.ts'
import { createWorkbench, problemOf, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import { ffmpeg } from '../../support/processes/tools.ts'
import { filmed, withLater } from '../../support/sound/filmed-sounds.ts'
import * as sounds from '../../support/sound/made-sounds.ts'

let bench: Workbench
let reference: string
const voice = sounds.speech(6, 5)
beforeAll(async () => {
  bench = await createWorkbench()
  reference = await filmed(bench.folder, 'reference.mp4', voice)
})
afterAll(() => bench.remove())

const bySound = async (one: string, other: string) =>
  valueOf(await findOffset(bench.mediaTools, { reference: one, result: other, by: 'sound' }))

describe('an offset by the sound of two videos', () => {
  it.each([
    ['AAC in MP4', 'aac.mp4', []],
    ['AAC in Matroska', 'aac.mkv', []],
    ['Opus in WebM', 'opus.webm', ['-c:a', 'libopus', '-c:v', 'libvpx']],
    ['MP3 in QuickTime', 'mp3.mov', ['-c:a', 'libmp3lame']],
    ['a transport stream whose clock starts late', 'late.ts', ['-output_ts_offset', '5']],
    ['a Matroska file whose clock starts late', 'late.mkv', ['-output_ts_offset', '5']],
    ['stereo at 48 kHz', 'stereo.mp4', ['-ar', '48000', '-ac', '2']],
  ])('is within 5 ms for %s', async (_what, name, coded) => {
    const result = await filmed(bench.folder, name, sounds.part(voice, 0.733, 4), { coded })
    const found = await bySound(reference, result)
    expect(found).toMatchObject({ verdict: 'sure', by: 'sound', slope: 0, motion: null })
    expect(Math.abs((found.offset ?? NaN) - 0.733)).toBeLessThanOrEqual(0.005)
  })

  it.each([
    ['the sound starts after the picture', 'a', 0.5, 0.733 - 0.5],
    ['the picture starts after the sound', 'v', 0.36, 0.733 + 0.36],
  ] as const)('counts from the first frame where %s', async (_what, track, later, truth) => {
    const source = await filmed(bench.folder, `source-${track}.mp4`, sounds.part(voice, 0.733, 4))
    for (const container of ['mp4', 'mkv', 'mov']) {
      const result = await withLater(track, later, source, join(bench.folder, `later-${track}.${container}`))
      const found = await bySound(reference, result)
      expect(found.verdict).toBe('sure')
      expect(Math.abs((found.offset ?? NaN) - truth), container).toBeLessThanOrEqual(0.005)
    }
  })

  it('counts from the first shown frame where an edit list hides those before', async () => {
    const long = await filmed(bench.folder, 'long.mp4', voice, { coded: ['-g', '25'] })
    const cut = join(bench.folder, 'cut.mp4')
    await ffmpeg('-ss', '1.4', '-i', `file:${long}`, '-c', 'copy', '-y', `file:${cut}`)
    const found = await bySound(reference, cut)
    expect(found.verdict).toBe('sure')
    expect(Math.abs((found.offset ?? NaN) - 1.4)).toBeLessThanOrEqual(0.005)
  })

  it('says which side has no sound, or none to hear', async () => {
    const mute = await filmed(bench.folder, 'mute.mp4', null, { seconds: 2 })
    const quiet = await filmed(bench.folder, 'quiet.mp4', new Float32Array(2 * sounds.soundRate))
    expect((await bySound(reference, mute)).sound?.soundless).toEqual({ side: 'result', why: 'no-sound' })
    expect(await bySound(quiet, reference)).toMatchObject({
      verdict: 'none',
      by: null,
      offset: null,
      sound: { soundless: { side: 'reference', why: 'silent' } },
    })
  })
})

describe('the search for an offset', () => {
  it('asks motion as well, and reports its progress to the end', async () => {
    const told: number[] = []
    const found = valueOf(
      await findOffset(
        bench.mediaTools,
        { reference, result: reference, by: 'both' },
        { onProgress: (done) => told.push(done) },
      ),
    )
    expect(found).toMatchObject({ verdict: 'sure', by: 'sound', offset: 0, motion: { verdict: 'none' } })
    expect(told).toEqual(told.toSorted((one, other) => one - other))
    expect(told.at(-1)).toBeGreaterThan(0.95)
  })

  it('refuses what is no video', async () => {
    const job = { reference, result: `${reference}.wav`, by: 'both' } as const
    expect(problemOf(await findOffset(bench.mediaTools, job)).code).toBe('not-a-video')
  })

  it.each(['at once', 'in the middle'])('ends when it is cancelled %s', async (when) => {
    const stop = new AbortController()
    const onProgress = () => {
      stop.abort()
    }
    const job = { reference, result: reference, by: 'both' } as const
    const running = findOffset(bench.mediaTools, job, { signal: stop.signal, onProgress })
    if (when === 'at once') stop.abort()
    expect(problemOf(await running).code).toBe('cancelled')
  })
})

test('a comparison that is cancelled leaves its thread', async () => {
  const stop = new AbortController()
  const [one, other] = [sounds.noise(60, 1), sounds.noise(60, 2)]
  const task = { by: 'sound', sounds: { reference: one, result: other }, rate: sounds.soundRate } as const
  const running = inThread(task, stop.signal)
  stop.abort()
  expect(await running).toBeNull()
  expect(one.length, 'handed over, not copied').toBe(0)
})
