import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waveform } from '../../../src/main/media/previews/waveform.ts'
import * as clips from '../../support/clips/clips.ts'
import { soundBehindUnread } from '../../support/clips/unread-sounds.ts'
import { clipFacts, createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import { ffmpeg } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

async function peaksOf(path: string, step: number) {
  const made = valueOf(await waveform(bench.mediaTools, path, step))
  if (made === null) throw new Error('no sound')
  return made.peaks
}

/** A picture of three seconds with a tone from `from` to `to` on the clock of the picture. */
async function beep(
  name: string,
  from: number,
  to: number,
  options: readonly string[] = [],
): Promise<string> {
  const path = join(bench.folder, name)
  const tone = `sine=frequency=500:sample_rate=48000:d=3,volume=6,volume=0:enable='not(between(t,${from},${to}))'`
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:d=3', '-f', 'lavfi', '-i', tone],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le', ...options, '-y', `file:${path}`],
  )
  return path
}

describe('a waveform', () => {
  it('is loud exactly where the sound is, in equal steps over the whole clip', async () => {
    const peaks = await peaksOf(await beep('beep.mov', 1, 2), 0.1)
    expect(peaks).toHaveLength(30)
    peaks.forEach((peak, nth) => {
      if (nth >= 10 && nth < 20) expect(peak, `step ${nth}`).toBeGreaterThan(0.5)
      else if (nth !== 20) expect(peak, `step ${nth}`).toBeLessThan(0.05)
    })
  })

  it('keeps in step with the picture where both begin late, and the sound later still', async () => {
    const source = await beep('beep-early.mov', 0, 0.9)
    const path = join(bench.folder, 'beep-late.mkv')
    await ffmpeg(
      ...['-i', `file:${source}`, '-itsoffset', '1', '-i', `file:${source}`, '-map', '0:v', '-map', '1:a'],
      ...['-c', 'copy', '-output_ts_offset', '5', '-y', `file:${path}`],
    )
    const peaks = await peaksOf(path, 0.5)
    expect(peaks.slice(0, 6).map((peak) => peak > 0.5)).toEqual([false, false, true, true, false, false])
  })

  it('is silent where the sound ends before the picture', async () => {
    const source = await beep('beep-long.mov', 0, 3)
    const path = join(bench.folder, 'beep-short.mov')
    await ffmpeg(
      '-i',
      `file:${source}`,
      '-c:v',
      'copy',
      '-af',
      'atrim=end=1',
      '-c:a',
      'pcm_s16le',
      '-y',
      `file:${path}`,
    )
    const peaks = await peaksOf(path, 0.5)
    expect(peaks.map((peak) => peak > 0.5)).toEqual([true, true, false, false, false, false])
  })

  it('is of the track that is kept, where nothing here decodes the first', async () => {
    const path = await soundBehindUnread(bench.folder, 'unread.mp4')
    expect(await clipFacts(bench.mediaTools, path)).toMatchObject({
      audioTracks: 1,
      unreadSounds: ['zzzz'],
      audio: { codec: 'aac' },
    })
    const peaks = await peaksOf(path, 0.5)
    expect(peaks.map((peak) => peak > 0.3)).toEqual([false, false, false, false, true, true])
  })

  it('is nothing where there is no sound', async () => {
    const path = await clips.silent(bench.folder)
    expect(valueOf(await waveform(bench.mediaTools, path, 0.1))).toBeNull()
  })
})
