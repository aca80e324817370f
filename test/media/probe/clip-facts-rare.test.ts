import { open, truncate } from 'node:fs/promises'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../../src/main/media/create-media.ts'
import * as clips from '../../support/clips/clips.ts'
import { clipFacts, createWorkbench, problemOf, type Workbench } from '../../support/clips/media-kit.ts'
import * as rare from '../../support/clips/rare-clips.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const factsOf = async (make: (folder: string) => Promise<string>) =>
  clipFacts(bench.mediaTools, await make(bench.folder))
/** The facts of a clip and what a decoder, which knows nothing of them, makes of it. */
const factsAndFrames = async (make: (folder: string) => Promise<string>) => {
  const path = await make(bench.folder)
  return { facts: await clipFacts(bench.mediaTools, path), shown: await clips.frameNumbers(path) }
}

describe('the size as it is shown', () => {
  it('comes from wide pixels first and the turn after them', async () => {
    const path = await rare.wideAndTurned(bench.folder)
    for (const [degrees, width, height] of [
      [90, 360, 640],
      [180, 640, 360],
      [270, 360, 640],
    ] as const) {
      await clips.turn(path, degrees)
      expect(await clipFacts(bench.mediaTools, path)).toMatchObject({ width, height, rotation: degrees })
    }
  })
})

describe('codec, depth and light', () => {
  it('of an editor’s ProRes: ten bits, every picture a keyframe', async () => {
    expect(await factsOf(rare.proRes)).toMatchObject({
      ...{ container: 'mov', codec: 'prores', profile: 'HQ', bitDepth: 10, hdr: 'none', interlaced: false },
      ...{ frames: 60, keyframes: 60, keyframeInterval: expect.closeTo(1 / 30, 4), editList: false },
    })
  })

  it('of a phone’s HLG', async () => {
    expect(await factsOf(rare.hlg)).toMatchObject({ codec: 'hevc', bitDepth: 10, hdr: 'hlg' })
  })

  it('of AV1 in WebM', async () => {
    expect(await factsOf(rare.av1)).toMatchObject({
      ...{ container: 'webm', codec: 'av1', frames: 60, duration: 2, interlaced: false },
      audio: { codec: 'opus' },
    })
  })
})

describe('interlacing', () => {
  it('is told by the container where that says it', async () => {
    expect(await factsOf(rare.proResInterlaced)).toMatchObject({ codec: 'prores', interlaced: true })
  })

  it('is told by the pictures where nothing in front of them does', async () => {
    expect(await factsOf(rare.interlacedAvi)).toMatchObject({ codec: 'mpeg4', interlaced: true })
    expect(await factsOf(clips.avi)).toMatchObject({ codec: 'mpeg4', interlaced: false })
  })
})

describe('frames are counted as a player shows them', () => {
  it.each([
    ['an AVI whose pictures are out of order', rare.reorderedAvi],
    ['an AVI of Xvid, with packets that stand for nothing', rare.xvidAvi],
    ['VP8 with pictures that are never shown', rare.unseenPictures],
    ['a clip that starts in the middle of its pictures', rare.headless],
    ['a clip cut without coding it again', clips.cutWithEditList],
    ['a camera’s QuickTime of one keyframe', clips.longGopMov],
  ])('%s', async (_what, make) => {
    const { facts, shown } = await factsAndFrames(make)
    expect(facts.frames).toBe(shown.length)
    expect(facts.frames).toBeGreaterThan(20)
    expect(facts.duration).toBeCloseTo(facts.frames / 30, 1)
  })

  it('and not as packets lie in the file', async () => {
    const path = await rare.unseenPictures(bench.folder)
    expect(await clipFacts(bench.mediaTools, path)).toMatchObject({ frames: 90, variableFrameRate: false })
  })

  it.each(['mp4', 'mov', 'mkv', 'avi'] as const)(
    'a single one in %s, shown as long as its rate says',
    async (container) => {
      expect(await factsOf((folder) => rare.oneFrame(folder, container))).toMatchObject({
        ...{ frames: 1, duration: 0.04, frameRate: 25, variableFrameRate: false },
        ...{ keyframes: 1, keyframeInterval: 0.04 },
      })
    },
  )
})

describe('keyframes', () => {
  it('are counted, with the longest way between two of them or to the end', async () => {
    expect(await factsOf(clips.landscape)).toMatchObject({ keyframes: 4, keyframeInterval: 1 })
    expect(await factsOf(clips.longGopMp4)).toMatchObject({ keyframes: 1, keyframeInterval: 6 })
    expect(await factsOf(rare.reorderedAvi)).toMatchObject({ keyframes: 2, keyframeInterval: 1 })
  })

  it('that are hidden do not count', async () => {
    expect(await factsOf(clips.cutWithEditList)).toMatchObject({ keyframes: 0 })
  })
})

describe('an edit list', () => {
  it('that cuts is one', async () => {
    expect(await factsOf(clips.cutWithEditList)).toMatchObject({ editList: true, hiddenPackets: 39 })
  })

  it('that plays everything from the first picture is none, not even with pictures out of order', async () => {
    for (const make of [clips.landscape, clips.longGopMp4, clips.longGopMov, clips.chatty])
      expect(await factsOf(make)).toMatchObject({ editList: false, hiddenPackets: 0, startTime: 0 })
  })

  it('that ends early, or plays at another pace, is one', async () => {
    const early = await rare.withEdit(await clips.landscape(bench.folder), { duration: 2000 })
    expect(await clipFacts(bench.mediaTools, early)).toMatchObject({ editList: true, frames: 60 })
    expect(await clips.frameNumbers(early)).toHaveLength(60)
    const fast = await rare.withEdit(await clips.longGopMp4(bench.folder), { rate: 2 })
    expect(await clipFacts(bench.mediaTools, fast)).toMatchObject({ editList: true })
  })

  it('that pauses before the first picture is one, and the pause is the start time', async () => {
    const facts = await factsOf((folder) => rare.lateStart(folder, 'mp4'))
    expect(facts).toMatchObject({ editList: true, startTime: 5, duration: 2, frames: 60 })
  })
})

describe('the file’s own clock', () => {
  it('may start at any time', async () => {
    const facts = await factsOf((folder) => rare.lateStart(folder, 'mkv'))
    expect(facts).toMatchObject({ startTime: 5, duration: 2, frames: 60, editList: false })
  })
})

describe('sound', () => {
  it('has its tracks counted, and is described by the first, which a player takes', async () => {
    expect(await factsOf(rare.threeSounds)).toMatchObject({
      audioTracks: 3,
      audio: { codec: 'aac', channels: 1, sampleRate: 48_000 },
    })
    expect(await factsOf(clips.landscape)).toMatchObject({ audioTracks: 1 })
    expect(await factsOf(clips.silent)).toMatchObject({ audioTracks: 0, audio: null })
    expect(await factsOf(clips.withCover)).toMatchObject({ audioTracks: 1 })
  })
})

describe('a file that says how long it is', () => {
  it.each([
    ['MKV', clips.mkv],
    ['WebM', clips.webm],
    ['AVI', clips.avi],
    ['MP4', clips.landscape],
    ['MOV', clips.longGopMov],
  ])('and ends before that is refused: %s', async (_what, make) => {
    const path = await make(bench.folder)
    const file = await open(path)
    const { size } = await file.stat()
    await file.close()
    for (const kept of [0.3, 0.7, 0.95]) {
      await truncate(path, Math.floor(size * kept))
      expect(problemOf(await inspect(bench.mediaTools, path)).code).toBe('file-damaged')
      await make(bench.folder)
    }
  })

  it('is measured where it was never closed and says nothing', async () => {
    const path = await clips.mkv(bench.folder)
    const file = await open(path, 'r+')
    const head = Buffer.alloc(200)
    await file.read(head, 0, 200, 0)
    const segment = head.indexOf(Buffer.from('18538067', 'hex')) + 4
    // Eight bytes of ones: the length is not known, as in a live recording.
    await file.write(Buffer.from('01ffffffffffffff', 'hex'), 0, 8, segment)
    const { size } = await file.stat()
    await file.close()
    await truncate(path, Math.floor(size * 0.7))
    const facts = await clipFacts(bench.mediaTools, path)
    expect(facts.frames).toBeGreaterThan(60)
    expect(facts.frames).toBeLessThan(120)
  })
})
