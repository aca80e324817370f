import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import * as clips from '../../support/clips/clips.ts'
import {
  clipFacts,
  clipJob,
  createWorkbench,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import * as rare from '../../support/clips/rare-clips.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

describe('a second in the middle of a clip is the same thirty frames a player shows there, in', () => {
  it.each([
    ['AVI with pictures out of order', rare.reorderedAvi],
    ['AVI of Xvid', rare.xvidAvi],
    ['interlaced AVI', rare.interlacedAvi],
    ['VP8 with pictures that are never shown', rare.unseenPictures],
    ['AV1', rare.av1],
    ['MKV without a beginning', rare.headless],
    ['MKV whose clock starts late', (folder: string) => rare.lateStart(folder, 'mkv')],
    ['MP4 that pauses before it starts', (folder: string) => rare.lateStart(folder, 'mp4')],
    ['ProRes', rare.proRes],
    ['HLG', rare.hlg],
  ])('%s', async (_what, make) => {
    const source = await make(bench.folder)
    const shown = await clips.frameNumbers(source, 30)
    const job = await clipJob(bench, source, { start: 0.5, length: 1 })
    const prepared = valueOf(await prepareClip(bench.mediaTools, job))
    expect(await clips.frameNumbers(prepared.path)).toEqual(shown.slice(15, 45))
    expect(await clipFacts(bench.mediaTools, prepared.path)).toMatchObject({
      ...{ frames: 30, startTime: 0, editList: false, hiddenPackets: 0, variableFrameRate: false },
      ...{ interlaced: false, hdr: 'none', bitDepth: 8, container: 'mp4' },
    })
  })
})
