import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BufferSource,
  BufferTarget,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
  type EncodedPacket,
} from 'mediabunny'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disposablePackets } from '../../src/renderer/features/compare/engine/disposable.ts'
import { makeClip } from '../support/clips/clips.ts'
import { createWorkbench, type Workbench } from '../support/clips/media-kit.ts'
import { ffmpeg } from '../support/processes/tools.ts'

/** Real files with packets left out, decoded by ffmpeg and held against the whole file, picture by picture. */

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const small = { width: 192, height: 108, seconds: 2, sound: false, busy: true } as const
const x264 = (...more: readonly string[]) => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-sc_threshold', '0', '-g', '40'],
  ...more,
]
const x265 = (params = '') => [
  ...['-c:v', 'libx265', '-preset', 'medium', '-tag:v', 'hvc1', '-x265-params'],
  `log-level=none:keyint=40:scenecut=0:bframes=4:b-adapt=0${params}`,
]

async function packetsOf(path: string) {
  const input = new Input({ source: new BufferSource(await readFile(path)), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  const config = await track?.getDecoderConfig()
  if (!track || !config) throw new Error('no video')
  const packets: EncodedPacket[] = []
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet)
  return { config, packets, data: packets.map(({ data }) => data) }
}

/** A hash of every decoded picture, by its time in milliseconds. */
async function pictures(path: string): Promise<ReadonlyMap<number, string>> {
  const lines = await ffmpeg(
    ...['-i', `file:${path}`, '-map', '0:V:0', '-vsync', 'passthrough', '-enc_time_base', '1:1000'],
    ...['-f', 'framemd5', 'pipe:1'],
  )
  const rows = lines.toString('utf8').split('\n')
  return new Map(
    rows
      .filter((row) => /^\d/.test(row))
      .map((row) => row.split(',').map((cell) => cell.trim()))
      .map(([, , time, , , hash]) => [Number(time), hash ?? '']),
  )
}

/** Leaves packets out and hashes what is decoded from the others. */
async function without(path: string, left: (packet: number) => boolean) {
  const { config, packets } = await packetsOf(path)
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat(), target })
  const source = new EncodedVideoPacketSource(config.codec.startsWith('avc') ? 'avc' : 'hevc')
  output.addVideoTrack(source)
  await output.start()
  for (const [nth, packet] of packets.entries())
    if (!left(nth)) await source.add(packet, { decoderConfig: config })
  await output.finalize()
  const cut = join(bench.folder, 'left-out.mp4')
  await writeFile(cut, new Uint8Array(target.buffer ?? new ArrayBuffer(0)))
  return pictures(cut)
}

/** By file: at least this share of the packets is left out. */
const files: readonly (readonly [name: string, video: readonly string[], share: number])[] = [
  ['x264 as it comes: three B-frames in a pyramid', x264('-bf', '3'), 0.3],
  ['x264 with B-frames that nothing refers to', x264('-bf', '3', '-b-pyramid', 'none'), 0.4],
  ['x264 with open groups of pictures', x264('-bf', '3', '-x264-params', 'open-gop=1'), 0.3],
  ['x264 with interlaced pictures', x264('-bf', '3', '-flags', '+ildct+ilme'), 0.3],
  ['x264 without B-frames', x264('-bf', '0'), 0],
  ['x265 as it comes', x265(), 0.3],
  ['x265 with temporal layers', x265(':temporal-layers=3'), 0.2],
]

describe('packets that nothing refers to', () => {
  it.each(files)(
    'can be left out before any frame, and the others are the same to the last pixel: %s',
    async (_name, video, share) => {
      const path = await makeClip(bench.folder, 'whole.mp4', { ...small, video })
      const { config, packets, data } = await packetsOf(path)
      const disposable = disposablePackets(config, data)
      const whole = await pictures(path)
      expect(whole.size).toBe(60)
      const found = disposable.filter(Boolean).length / packets.length
      expect(found).toBeGreaterThanOrEqual(share)
      if (share === 0) expect(found).toBe(0)
      // Up to the middle of the second group of pictures.
      const left = (nth: number) => disposable[nth] === true && nth < 50
      const some = await without(path, left)
      expect(some.size).toBe(packets.filter((_, nth) => !left(nth)).length)
      for (const [time, hash] of some) expect(whole.get(time), `at ${String(time)} ms`).toBe(hash)
    },
  )

  it('are found in a stream with start codes too', async () => {
    for (const video of [x264('-bf', '3'), x265()]) {
      const path = await makeClip(bench.folder, 'whole.mp4', { ...small, video })
      const { config, data } = await packetsOf(path)
      const withCodes = data.map((packet) => {
        const bytes = packet.slice()
        const view = new DataView(bytes.buffer)
        for (let place = 0; place < bytes.length;) {
          const length = view.getUint32(place)
          view.setUint32(place, 1)
          place += 4 + length
        }
        return bytes
      })
      expect(disposablePackets({ codec: config.codec }, withCodes)).toEqual(disposablePackets(config, data))
    }
  })
})

describe('a packet is kept', () => {
  const avc = { codec: 'avc1.640028', description: new Uint8Array([1, 0x64, 0, 0x28, 0xff, 0xe1]) }
  const hevc = { codec: 'hvc1.1.6.L93.B0', description: new Uint8Array(22).fill(0xff) }
  const unit = (...bytes: readonly number[]) => [0, 0, 0, bytes.length, ...bytes]
  const packet = (...units: readonly (readonly number[])[]) => new Uint8Array(units.flat())

  const slice = unit(0x01, 0x9a)
  const trailing = unit(0x00, 0x01, 0xaf)
  const oneLayerUp = unit(0x00, 0x02, 0xaf)

  it('only where something may refer to it', () => {
    expect(disposablePackets(avc, [packet(slice), packet(unit(0x06, 5), slice, slice)])).toEqual([true, true])
    expect(disposablePackets(hevc, [packet(trailing), packet(unit(0x4e, 1, 5), trailing)])).toEqual([
      true,
      true,
    ])
  })

  it.each([
    ['one of its slices is referred to', avc, packet(slice, unit(0x41, 0x9a))],
    ['it begins a sequence', avc, packet(unit(0x65, 0x88))],
    ['it brings parameters', avc, packet(unit(0x08, 0xee), slice)],
    ['it has a second view', avc, packet(slice, unit(0x14, 0, 0))],
    ['it has no picture', avc, packet(unit(0x06, 5))],
    ['its lengths do not fit', avc, packet([0, 0, 0, 9, 0x01])],
    ['it is empty', avc, packet()],
    ['its own layer refers to it', hevc, packet(unit(0x02, 0x01, 0xaf))],
    ['it begins a sequence', hevc, packet(unit(0x26, 0x01, 0xaf))],
    ['it brings parameters', hevc, packet(unit(0x44, 0x01, 0xc0), trailing)],
    ['it has a second view', hevc, packet(trailing, unit(0x00, 0x09, 0xaf))],
    ['its codec is another one', { codec: 'vp09.00.10.08' }, packet(slice)],
  ])('where %s', (_why, config, bytes) => {
    expect(disposablePackets(config, [bytes])).toEqual([false])
  })

  it('where a higher temporal layer may refer to it', () => {
    expect(disposablePackets(hevc, [packet(trailing), packet(oneLayerUp)])).toEqual([false, true])
  })
})
