import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameAt, insideFrame, intervalOf, type FrameList } from '../../../src/shared/domain/frames.ts'
import { momentTolerance } from '../../../src/shared/units.ts'

/** Frame gaps from 120 frames a second to a still of two seconds, in any mixture. */
const unevenVideo = fc
  .array(fc.integer({ min: 8, max: 2000 }), { minLength: 1, maxLength: 200 })
  .map((gaps) => {
    const ends = gaps.reduce<number[]>((times, gap) => [...times, (times.at(-1) ?? 0) + gap / 1000], [])
    const frameTimes = [0, ...ends.slice(0, -1)]
    return { frameTimes, duration: ends.at(-1) ?? 0 } satisfies FrameList
  })
const videoAndFrame = unevenVideo.chain((video) =>
  fc.record({ video: fc.constant(video), frame: fc.nat({ max: video.frameTimes.length - 1 }) }),
)

describe('the frame at a time', () => {
  it('is the one whose interval holds the time, however uneven the frames are', () => {
    fc.assert(
      fc.property(videoAndFrame, fc.double({ min: 0, max: 0.999, noNaN: true }), ({ video, frame }, part) => {
        const { start, end } = intervalOf(video, frame)
        const time = start + part * (end - start - momentTolerance)
        expect(frameAt(video.frameTimes, time)).toBe(frame)
      }),
    )
  })

  it('is the same whether a file rounds its times to milliseconds or not', () => {
    const exact = Array.from({ length: 300 }, (_, frame) => frame / 30)
    const rounded = exact.map((time) => Math.round(time * 1000) / 1000)
    for (const [frame, time] of exact.entries()) expect(frameAt(rounded, time)).toBe(frame)
    for (const [frame, time] of rounded.entries()) expect(frameAt(exact, time)).toBe(frame)
  })

  it('is the first before the start and the last after the end', () => {
    fc.assert(
      fc.property(unevenVideo, (video) => {
        expect(frameAt(video.frameTimes, -5)).toBe(0)
        expect(frameAt(video.frameTimes, video.duration + 5)).toBe(video.frameTimes.length - 1)
      }),
    )
  })
})

describe('where a player is sent for a frame', () => {
  it('lies well inside the frame, so that no rounding shows the neighbour', () => {
    fc.assert(
      fc.property(videoAndFrame, fc.double({ min: -10, max: 500, noNaN: true }), ({ video, frame }, near) => {
        const { start, end } = intervalOf(video, frame)
        const time = insideFrame(video, frame, near)
        expect(time - start).toBeGreaterThanOrEqual((end - start) * 0.249)
        expect(end - time).toBeGreaterThanOrEqual((end - start) * 0.249)
      }),
    )
  })

  it('is the wanted time itself in the middle of a frame, so that playing starts together', () => {
    const video = { frameTimes: [0, 1, 2], duration: 3 }
    expect(insideFrame(video, 1, 1.6)).toBe(1.6)
  })
})
