import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMedia } from '../../src/main/media/create-media.ts'
import { createSupportPack } from '../../src/main/takes/support/support-pack.ts'
import { ok } from '../../src/shared/outcome.ts'
import * as clips from '../support/clips/clips.ts'
import { createWorkbench, valueOf, type Workbench } from '../support/clips/media-kit.ts'
import { fullAttempt } from '../support/library/an-attempt.ts'
import { anOrder } from '../support/library/an-order.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

/** The number that test clips carry in the upper quarter of each frame. */
async function numberIn(jpeg: Uint8Array): Promise<number> {
  const rows = await sharp(jpeg).greyscale().resize(10, 8, { fit: 'fill' }).raw().toBuffer()
  return Array.from({ length: 10 }, (_, bit) => ((rows[bit] ?? 0) > 128 ? 2 ** bit : 0)).reduce(
    (sum, bit) => sum + bit,
    0,
  )
}

it('shows exactly the frames that it names: six pairs, and those around an early end', async () => {
  const { folder, mediaTools } = bench
  const id = 'a-take'
  mkdirSync(join(folder, id), { recursive: true })
  copyFileSync(await clips.short(folder), join(folder, id, 'clip.mp4'))
  const result = await clips.blink(folder)
  const { run, workFolder, ffmpeg, ffprobe } = mediaTools
  const { supportPack } = createSupportPack({
    library: {
      record: () => ok({ order: anOrder({ id }), attempt: fullAttempt({ take: id, state: 'DONE' }) }),
      wholeResult: () => Promise.resolve(ok(result)),
    },
    folder,
    journal: { attempts: () => [fullAttempt({ take: id, state: 'DONE' })] },
    media: createMedia({ tools: () => Promise.resolve({ ffmpeg, ffprobe }), run, workFolder }),
    motion: () =>
      Promise.resolve(
        ok({
          reference: { step: 1 / 30, values: [] },
          result: { step: 1 / 30, values: [] },
          freezes: [],
          shorter: { frame: 15, time: 0.5, seen: null, message: 'The result ends at 0.5 s.' },
        }),
      ),
    trackFile: mediaTools.trackFile,
    personal: { secrets: () => Promise.resolve([]), homeFolder: '/nowhere', userName: '' },
    clock: { now: () => Date.parse('2026-11-20T13:00:00Z') },
  })
  const written = valueOf(await supportPack(id, join(folder, 'support.zip')))
  const frames = Object.entries(unzipSync(readFileSync(written.path))).filter(([name]) =>
    name.startsWith('frames/'),
  )
  // The result has ended at the last of the moments.
  expect(
    frames
      .map(([name]) => name)
      .toSorted()
      .slice(-4),
  ).toEqual([
    'frames/06-evenly-result-frame-15-at-0.47s.jpg',
    'frames/07-early-end-reference-frame-16-at-0.50s.jpg',
    'frames/07-early-end-result-frame-15-at-0.47s.jpg',
    'frames/08-early-end-reference-frame-17-at-0.53s.jpg',
  ])
  for (const [name, jpeg] of frames) {
    const named = Number(/frame-(\d+)/.exec(name)?.[1])
    expect(await numberIn(jpeg), name).toBe(named - 1)
  }
})
