import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { frameTimes } from '../../src/main/media/probe/probe-clip.ts'
import { loadPackets } from '../../src/renderer/features/compare/engine/packets.ts'
import * as clips from '../support/clips/clips.ts'
import { cutWithinFrame } from '../support/clips/compare-zoo.ts'
import { lateClips } from '../support/clips/late-clips.ts'
import { clipFacts, createWorkbench, valueOf, type Workbench } from '../support/clips/media-kit.ts'
import { oneFrame } from '../support/clips/rare-clips.ts'

/** Real files taken apart as the page does it, and matched to the frames that the core counts. */

let bench: Workbench
/** What the browser says to a codec. */
let supports: (config: VideoDecoderConfig) => boolean = () => true

beforeAll(async () => {
  bench = await createWorkbench()
  vi.stubGlobal('VideoDecoder', {
    isConfigSupported: (config: VideoDecoderConfig) => Promise.resolve({ supported: supports(config) }),
  })
  vi.stubGlobal(
    'EncodedVideoChunk',
    class {
      readonly timestamp: number
      readonly type: string
      constructor({ timestamp, type }: EncodedVideoChunkInit) {
        this.timestamp = timestamp
        this.type = type
      }
    },
  )
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await bench.remove()
})

const { signal } = new AbortController()

async function addressOf(path: string): Promise<string> {
  return `data:application/octet-stream;base64,${(await readFile(path)).toString('base64')}`
}

async function loaded(path: string) {
  const times = valueOf(await frameTimes(bench.mediaTools, path))
  const { startTime } = await clipFacts(bench.mediaTools, path)
  const video = { url: await addressOf(path), frameTimes: times, clockStart: startTime }
  return { times, startTime, result: await loadPackets(video, signal) }
}

const small = { width: 320, height: 180, seconds: 2 } as const
const reordered = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '20', '-bf', '3', '-pix_fmt', 'yuv420p']

const files: Readonly<Record<string, (folder: string) => Promise<string>>> = {
  'plain MP4': (folder) => clips.makeClip(folder, 'plain.mp4', small),
  'B-frames': (folder) => clips.makeClip(folder, 'reordered.mp4', { ...small, video: reordered }),
  'open groups of pictures': (folder) =>
    clips.makeClip(folder, 'open-gop.mp4', { ...small, video: [...reordered, '-x264-params', 'open-gop=1'] }),
  'a cut without encoding': clips.cutWithEditList,
  'uneven frames': clips.variableRate,
  VP9: clips.webm,
  Matroska: clips.mkv,
  'one frame': (folder) => oneFrame(folder, 'mp4'),
  ...lateClips,
}

describe('a file that is compared', () => {
  it.each(Object.entries(files))('has a packet for every frame: %s', async (_name, make) => {
    const { times, startTime, result } = await loaded(await make(bench.folder))
    if (!result.ok) throw new Error(result.why)
    const { chunks, order, frameAt } = result.packets
    expect(times.length).toBeGreaterThan(0)
    expect(order.packetOf).toHaveLength(times.length)
    for (const [frame, packet] of order.packetOf.entries()) {
      const chunk = chunks[packet]
      expect(Math.abs((chunk?.timestamp ?? NaN) / 1e6 - startTime - (times[frame] ?? NaN))).toBeLessThan(
        0.001,
      )
      expect(frameAt(chunk?.timestamp ?? NaN)).toBe(frame)
      expect(chunks[order.keyOf[frame] ?? -1]?.type).toBe('key')
    }
  })

  it('that was cut without encoding has packets that are not shown', async () => {
    const { times, result } = await loaded(await clips.cutWithEditList(bench.folder))
    if (!result.ok) throw new Error(result.why)
    expect(result.packets.chunks.length).toBeGreaterThan(times.length)
    expect(result.packets.order.frameOf[0]).toBeNull()
  })

  it('that was cut within a frame begins with the next one', async () => {
    const path = await cutWithinFrame(bench.folder)
    const { result } = await loaded(path)
    if (!result.ok) throw new Error(result.why)
    const { chunks, order } = result.packets
    const inOrder = chunks.map(({ timestamp }) => timestamp).sort((one, other) => one - other)
    // The packets that stayed begin with frame 0 of the source.
    const numbers = order.packetOf.map((packet) => inOrder.indexOf(chunks[packet]?.timestamp ?? NaN))
    expect(numbers).toEqual(await clips.frameNumbers(path))
    expect(numbers[0]).toBe(23)
  })

  it('is asked for in software first, whose frames do not run out', async () => {
    const path = await clips.makeClip(bench.folder, 'plain.mp4', small)
    const { result } = await loaded(path)
    expect(result.ok && result.packets.config.hardwareAcceleration).toBe('prefer-software')
    supports = ({ hardwareAcceleration }) => hardwareAcceleration === undefined
    const { result: hardware } = await loaded(path)
    expect(hardware.ok && hardware.packets.config.hardwareAcceleration).toBeUndefined()
    supports = () => true
  })

  it('that can not be shown frame by frame is told with the reason', async () => {
    const plain = await clips.makeClip(bench.folder, 'plain.mp4', small)
    const why = async (path: string, change: object = {}) => {
      const video = { url: await addressOf(path), frameTimes: [0], clockStart: 0, ...change }
      const result = await loadPackets(video, signal)
      return result.ok ? 'ok' : result.why
    }
    expect(await why(plain)).toBe('ok')
    expect(await why(await clips.rotated(bench.folder))).toBe('rotated')
    expect(await why(await clips.textAsClip(bench.folder))).toBe('unreadable')
    expect(await why(await clips.soundOnly(bench.folder))).toBe('undecodable')
    expect(await why(plain, { url: 'data:nothing' })).toBe('unreadable')
    expect(await why(plain, { frameTimes: [0, 0.0123] })).toBe('unordered')
    supports = () => false
    expect(await why(plain)).toBe('undecodable')
    supports = () => true
  })

  it('is not loaded any further once nobody waits for it', async () => {
    const stop = new AbortController()
    stop.abort(new Error('left'))
    const plain = await clips.makeClip(bench.folder, 'plain.mp4', small)
    const video = { url: await addressOf(plain), frameTimes: [0], clockStart: 0 }
    await expect(loadPackets(video, stop.signal)).rejects.toThrow('left')
  })
})
