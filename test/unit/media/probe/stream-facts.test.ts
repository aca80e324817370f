import { describe, expect, it } from 'vitest'
import { framesNeeded } from '../../../../src/main/media/probe/frames.ts'
import { createReportReader } from '../../../../src/main/media/probe/ffprobe.ts'
import type { ProbeItem } from '../../../../src/main/media/probe/probe-items.ts'
import { bitDepthOf, extrasOf, hdrOf, shapeOf } from '../../../../src/main/media/probe/stream-facts.ts'

describe('how many bits a colour has', () => {
  it.each([
    ['yuv420p', 8],
    ['yuvj420p', 8],
    ['nv12', 8],
    ['rgb24', 8],
    ['pal8', 8],
    ['rgb565le', 8],
    ['yuv420p9le', 9],
    ['yuv420p10le', 10],
    ['yuva444p10be', 10],
    ['p010le', 10],
    ['p210le', 10],
    ['y210le', 10],
    ['x2rgb10le', 10],
    ['nv20le', 10],
    ['gray12le', 12],
    ['yuv422p12le', 12],
    ['xyz12le', 12],
    ['gbrp14le', 14],
    ['rgb48be', 16],
    ['rgba64le', 16],
    ['p016le', 16],
    ['gbrpf32le', 16],
    ['unknown', 8],
  ])('%s: %i', (pixelFormat, bits) => {
    expect(bitDepthOf(pixelFormat)).toBe(bits)
  })
})

describe('how brightness is coded', () => {
  it('is PQ or HLG only where the file says so', () => {
    expect([hdrOf('smpte2084'), hdrOf('arib-std-b67'), hdrOf('bt709'), hdrOf(undefined)]).toEqual([
      ...['pq', 'hlg', 'none', 'none'],
    ])
  })
})

describe('the shape that is shown', () => {
  const shape = (fields: ProbeItem = {}) => shapeOf({ width: 720, height: 576, ...fields })?.shape
  const turned = (rotation: number, ...before: readonly ProbeItem[]) => ({
    side_data_list: [...before, { side_data_type: 'Display Matrix', rotation }],
  })

  it('follows pixels that are not square, and a turn by quarters', () => {
    const sample_aspect_ratio = '16:15'
    expect(shape({ sample_aspect_ratio })).toMatchObject({ width: 768, height: 576 })
    expect(shape({ sample_aspect_ratio, ...turned(-90) })).toMatchObject({
      ...{ width: 576, height: 768, rotation: 90 },
    })
    expect(shape(turned(90))).toMatchObject({ rotation: 270 })
    expect(shape(turned(180))).toMatchObject({ width: 720, rotation: 180 })
  })

  it('follows the turn whatever else the container says before it', () => {
    const others = [{ side_data_type: 'DOVI configuration record', dv_profile: 8 }, {}]
    expect(shape(turned(-90, ...others))).toMatchObject({ width: 576, height: 720, rotation: 90 })
  })

  it('does not follow what no player follows: half turns of a quarter, nonsense of pixels', () => {
    expect(shape(turned(45))).toMatchObject({ width: 720, height: 576, rotation: 0 })
    for (const aspect of ['0:1', '1:0', '1:1000', 'x'])
      expect(shape({ sample_aspect_ratio: aspect })).toMatchObject({ width: 720, pixelAspect: 1 })
  })

  it('is none where there is no size', () => {
    expect(shapeOf({ width: 0, height: 576 })).toBeNull()
  })
})

describe('what else a container says about the picture', () => {
  it('is told by name, but for how it is turned and how its bits were spent', () => {
    const side_data_list = ['Stereo 3D', 'CPB properties', 'Display Matrix', 'DOVI configuration record'].map(
      (side_data_type) => ({ side_data_type }),
    )
    expect(extrasOf({ side_data_list })).toEqual(['Stereo 3D', 'DOVI configuration record'])
    expect(extrasOf({})).toEqual([])
  })
})

describe('what is asked of a decoder', () => {
  const askedOf = (stream: ProbeItem, packets: readonly ProbeItem[]) => {
    const reader = createReportReader()
    for (const packet of packets)
      reader.take('packets', { codec_type: 'video', stream_index: 0, size: '9', ...packet })
    reader.take('streams', { index: 0, codec_type: 'video', width: 640, height: 360, ...stream })
    const { streams, timelines } = reader.close()
    const [video, timeline] = [streams[0], timelines.get(0)]
    if (!video || !timeline) throw new Error('no picture')
    return framesNeeded(video, timeline, 'mp4')
  }
  const report = (stream: ProbeItem, ...packets: readonly ProbeItem[]) => askedOf(stream, packets)
  const h264 = { codec_name: 'h264', field_order: 'progressive', has_b_frames: 2 }

  it('is nothing where packets tell everything', () => {
    expect(
      report(
        h264,
        { pts_time: '0', flags: 'K__' },
        { pts_time: '0.1', flags: '___' },
        { pts_time: '0.05', flags: '___' },
      ),
    ).toBe('none')
    expect(report({ codec_name: 'vp9' }, { pts_time: '0', flags: 'K__' })).toBe('none')
    expect(report(h264, { pts_time: '0', flags: 'KD_' }, { pts_time: '0.1', flags: '___' })).toBe('none')
  })

  it('is a look at a few frames where nothing says whether they are interlaced', () => {
    expect(report({ codec_name: 'mpeg4', field_order: 'unknown' }, { pts_time: '0', flags: 'K__' })).toBe(
      'few',
    )
  })

  it('is every frame where packets mislead', () => {
    expect(report(h264, { pts_time: '0', flags: '___' }, { pts_time: '0.1', flags: 'K__' })).toBe('all')
    expect(report(h264, { pts_time: '0.1', flags: 'K__' }, { pts_time: '0', flags: '___' })).toBe('all')
    expect(report(h264, { pts_time: '0', flags: '___' })).toBe('all')
    expect(
      report({ codec_name: 'vp8' }, { pts_time: '0', flags: 'K__' }, { pts_time: '0', flags: '___' }),
    ).toBe('all')
    expect(report(h264, { dts_time: '0', flags: 'K__' }, { dts_time: '0.1', flags: '___' })).toBe('all')
  })

  it('is not hours of frames', () => {
    const long = Array.from({ length: 200_000 }, (_, at) => ({
      dts_time: String(at / 30),
      flags: at === 0 ? 'K__' : '___',
    }))
    expect(askedOf(h264, long)).toBe('none')
  })

  it('is every frame of a codec whose packets may say that nothing changed', () => {
    expect(report({ codec_name: 'tscc' }, { pts_time: '0', flags: 'K__' })).toBe('all')
  })
})
