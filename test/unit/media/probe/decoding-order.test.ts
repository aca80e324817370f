import { expect, it } from 'vitest'
import { measureClip } from '../../../../src/main/media/probe/clip-facts.ts'
import { createReportReader } from '../../../../src/main/media/probe/ffprobe.ts'

/** Packets of an AVI at these thirtieths of a second, whose decoder looks one packet ahead. */
function packetsAt(ticks: readonly number[]) {
  const reader = createReportReader()
  reader.take('streams', {
    ...{ index: 0, codec_type: 'video', codec_name: 'mpeg4', width: 320, height: 180 },
    ...{ pix_fmt: 'yuv420p', has_b_frames: 1, r_frame_rate: '30/1' },
  })
  for (const [nth, tick] of ticks.entries())
    reader.take('packets', {
      ...{ codec_type: 'video', stream_index: 0, size: '100', flags: nth === 0 ? 'K_' : '__' },
      ...{ dts_time: String(tick / 30), duration_time: String(1 / 30) },
    })
  return reader.close()
}

it('an AVI too long to decode shows each frame when the decoder hands it out, as a decoded one does', () => {
  const report = packetsAt([0, 2, 3, 4, 5, 7, 8])
  const clip = measureClip(report, { container: 'avi', bytes: 1 }, { edits: [], needed: 'none', frames: [] })
  expect(clip?.times.map((time) => Math.round(time * 30))).toEqual([2, 3, 4, 5, 7, 8, 9])
  expect(clip?.keys.map((time) => Math.round(time * 30))).toEqual([2])
})
