import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameTimes } from '../../../src/main/media/probe/probe-clip.ts'
import { inspect } from '../../../src/main/media/create-media.ts'
import * as clips from '../../support/clips/clips.ts'
import { clipFacts, createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const factsOf = async (make: (folder: string) => Promise<string>) =>
  clipFacts(bench.mediaTools, await make(bench.folder))

describe('the facts of a clip', () => {
  it('name its container, codec, size, length and sound', async () => {
    expect(await factsOf(clips.landscape)).toMatchObject({
      container: 'mp4',
      codec: 'h264',
      pixelFormat: 'yuv420p',
      bitDepth: 8,
      hdr: 'none',
      interlaced: false,
      width: 640,
      height: 360,
      rotation: 0,
      pixelAspect: 1,
      duration: 4,
      frames: 120,
      frameRate: 30,
      variableFrameRate: false,
      hiddenPackets: 0,
      audio: { codec: 'aac', channels: 1, sampleRate: 48_000 },
    })
  })

  it('go by content and not by name', async () => {
    const path = join(bench.folder, 'photo.png')
    await copyFile(await clips.webm(bench.folder), path)
    expect(await clipFacts(bench.mediaTools, path)).toMatchObject({
      container: 'webm',
      codec: 'vp9',
      frames: 120,
    })
  })

  it('cover every container the studio takes', async () => {
    expect(await factsOf(clips.mkv)).toMatchObject({
      container: 'mkv',
      frames: 120,
      variableFrameRate: false,
    })
    expect(await factsOf(clips.hevcClip)).toMatchObject({ container: 'mov', codec: 'hevc', frames: 120 })
    expect(await factsOf(clips.avi)).toMatchObject({ container: 'avi', codec: 'mpeg4', frames: 120 })
  })

  it('give the size as it is shown: after the turn of a phone and after wide pixels', async () => {
    expect(await factsOf(clips.rotated)).toMatchObject({ width: 360, height: 640, rotation: 90 })
    const turned = await clips.turn(await clips.makeClip(bench.folder, 'upside-down.mp4'), 180)
    expect(await clipFacts(bench.mediaTools, turned)).toMatchObject({
      width: 640,
      height: 360,
      rotation: 180,
    })
    const left = await clips.turn(await clips.makeClip(bench.folder, 'left.mp4'), 270)
    expect(await clipFacts(bench.mediaTools, left)).toMatchObject({ width: 360, height: 640, rotation: 270 })
    const wide = await factsOf(clips.widePixels)
    expect(wide).toMatchObject({ width: 640, height: 360 })
    expect(wide.pixelAspect).toBeCloseTo(4 / 3, 3)
  })

  it('tell ten bits, HDR and interlacing from ordinary video', async () => {
    expect(await factsOf(clips.tenBit)).toMatchObject({ bitDepth: 10, hdr: 'none' })
    expect(await factsOf(clips.hdr)).toMatchObject({ bitDepth: 10, hdr: 'pq' })
    expect(await factsOf(clips.interlaced)).toMatchObject({ interlaced: true })
  })

  it('see a changing frame rate from the frames themselves', async () => {
    expect(await factsOf(clips.variableRate)).toMatchObject({
      variableFrameRate: true,
      frames: 89,
      duration: 4,
      frameRate: 22.25,
      stepRate: 30,
    })
  })

  it('give the exact broadcast rate', async () => {
    const facts = await factsOf(clips.ntsc)
    expect(facts.frameRate).toBeCloseTo(30_000 / 1001, 3)
    expect(facts.duration).toBeCloseTo(4.004, 3)
  })

  it('count the packets an edit list hides, and only shown frames as frames', async () => {
    const facts = await factsOf(clips.cutWithEditList)
    const shown = await clips.frameNumbers(join(bench.folder, 'edit-list.mp4'))
    expect(facts.frames).toBe(shown.length)
    expect(facts.hiddenPackets).toBe(39)
  })

  it('say when there is no sound', async () => {
    expect((await factsOf(clips.silent)).audio).toBeNull()
  })

  it('do not take a cover picture for the video', async () => {
    expect(await factsOf(clips.withCover)).toMatchObject({ codec: 'h264', width: 640, frames: 120 })
  })

  it('are found whatever the file is called', async () => {
    const source = await clips.landscape(bench.folder)
    const folder = join(bench.folder, "it's a %03d 'folder'")
    await mkdir(folder)
    for (const name of clips.awkwardNames) {
      const path = join(folder, name)
      await copyFile(source, path)
      expect(await clipFacts(bench.mediaTools, path)).toMatchObject({ frames: 120 })
    }
  })

  it('can be abandoned', async () => {
    const path = await clips.landscape(bench.folder)
    const outcome = await inspect(bench.mediaTools, path, { signal: AbortSignal.abort() })
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  })
})

describe('frame times', () => {
  it('are one for every shown frame, from zero, in order', async () => {
    const times = valueOf(await frameTimes(bench.mediaTools, await clips.cutWithEditList(bench.folder)))
    expect(times).toHaveLength(122)
    expect(times[0]).toBe(0)
    times.forEach((time, index) => {
      expect(Math.abs(time - index / 30)).toBeLessThan(0.0001)
    })
  })

  it('follow a changing frame rate', async () => {
    const path = await clips.variableRate(bench.folder)
    const times = valueOf(await frameTimes(bench.mediaTools, path))
    const numbers = await clips.frameNumbers(path)
    times.forEach((time, index) => {
      expect(Math.abs(time - (numbers[index] ?? -1) / 30)).toBeLessThan(0.0001)
    })
  })
})
