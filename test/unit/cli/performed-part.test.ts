import { describe, expect, it } from 'vitest'
import { durationOf, windowOf } from '../../../src/main/cli/performed-part.ts'
import { ok } from '../../../src/shared/outcome.ts'

/** Ten frames at 10 a second, of which the one at 0.5 s stands twice as long. */
const times = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9, 1]
const asked: string[] = []
const clip = {
  frameTimes: (path: string) => {
    asked.push(path)
    return Promise.resolve(ok(times))
  },
}
const { signal } = new AbortController()

describe('A part that is asked for in frames', () => {
  it.each([
    [
      { start: { frames: 5 }, length: { frames: 2 } },
      { start: 0.5, length: 0.3 },
    ],
    [
      { start: 0.21, length: { frames: 3 } },
      { start: 0.21, length: 0.3 },
    ],
    [
      { start: { frames: 6 }, length: 0.2 },
      { start: 0.7, length: 0.2 },
    ],
    [
      { start: { frames: 6 }, length: { frames: 4 } },
      { start: 0.7, length: null },
    ],
    [
      { start: { frames: 9 }, length: null },
      { start: 1, length: null },
    ],
  ])('%o is %o by the clip’s own times', async (window, meant) => {
    const outcome = await windowOf(clip, 'dance.mp4', window, signal)
    expect(outcome).toMatchObject({ ok: true })
    if (!outcome.ok) return
    expect(outcome.value.start).toBeCloseTo(meant.start, 9)
    if (meant.length === null) expect(outcome.value.length).toBeNull()
    else expect(outcome.value.length).toBeCloseTo(meant.length, 9)
  })

  it('is refused where the clip has no such frame', async () => {
    expect(
      await windowOf(clip, '/media/dance.mp4', { start: { frames: 10 }, length: null }, signal),
    ).toMatchObject({
      problem: { code: 'usage', message: '--in: “dance.mp4” has 10 frames, from 0f to 9f.' },
    })
  })

  it('costs no look at the clip where it is asked for in seconds', async () => {
    asked.length = 0
    const window = { start: 2.5, length: 8 }
    expect(await windowOf(clip, 'dance.mp4', window, signal)).toEqual(ok(window))
    expect(asked).toEqual([])
  })

  it.each([
    [{ frames: 6 }, 0.7],
    [{ frames: -2 }, -0.2],
    [{ frames: 18 }, 2],
    [-0.5, -0.5],
  ])('%o frames later are %d s', async (time, offset) => {
    const later = await durationOf(clip, 'dance.mp4', time, signal)
    expect(later.ok && later.value).toBeCloseTo(offset, 9)
  })
})
