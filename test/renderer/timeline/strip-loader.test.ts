import { describe, expect, it, vi } from 'vitest'
import {
  createStripLoader,
  coarseRequest,
  slotsOf,
  type StripRequest,
} from '../../../src/renderer/features/timeline/strip-loader.ts'

describe('the first strip of a clip', () => {
  it('has ten pictures where keyframes are frequent, and fewer where they are rare', () => {
    expect(coarseRequest(30, 1)).toEqual({ start: 0, end: 30, count: 10 })
    expect(coarseRequest(30, 8.4)).toEqual({ start: 0, end: 30, count: 3 })
    expect(coarseRequest(30, 30)).toEqual({ start: 0, end: 30, count: 1 })
    expect(coarseRequest(0.2, 0)).toEqual({ start: 0, end: 0.2, count: 10 })
  })

  it('is shown before anything finer is asked for', async () => {
    const asked: StripRequest[] = []
    const shown: number[] = []
    const loader = createStripLoader({
      duration: 30,
      keyframeInterval: 8.4,
      ask: (request) => {
        asked.push(request)
        const width = (request.end - request.start) / request.count
        const middles = Array.from({ length: request.count }, (_, nth) => (nth + 0.5) * width)
        return Promise.resolve(middles.map((at) => ({ at, picture: `/media/${String(at)}` })))
      },
      cancel: () => undefined,
      onPictures: (pictures) => shown.push(pictures.length),
      later: (run) => {
        run()
        return () => undefined
      },
    })
    loader.want(slotsOf({ from: 0, to: 30 }, { width: 1600, duration: 30, wide: 80 }))
    await vi.waitFor(() => expect(shown).toEqual([3, 23]))
    expect(asked.map(({ count }) => count)).toEqual([3, 20])
    loader.dispose()
  })
})
