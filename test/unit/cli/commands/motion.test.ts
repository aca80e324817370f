import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../../src/shared/outcome.ts'
import { timingOf } from '../../../../src/shared/domain/motion.ts'
import { curveOf, makeDance } from '../../../support/clips/dances.ts'
import { fakeStudio } from '../../../support/library/fake-studio.ts'
import { understudy } from '../session.ts'

type Motion = ReturnType<typeof fakeStudio>['workshop']['motion']

const motionOf = (motion: Motion, ...more: string[]) => {
  const studio = fakeStudio()
  return understudy(['motion', '--clip', 'dance.mp4', ...more], {
    studio: { ...studio, workshop: { ...studio.workshop, motion } },
  })
}

const dancing: Motion = () =>
  Promise.resolve(
    ok({
      ...timingOf(curveOf(makeDance(11, 8), { rate: 30, seconds: 8, frozen: [2, 4] }, 5)),
      frames: 240,
      duration: 8,
    }),
  )
const still: Motion = () =>
  Promise.resolve(ok({ ...timingOf({ times: [0], energy: [0] }), frames: 1, duration: 0.04 }))

describe('motion', () => {
  it('draws the curve in one line and names where the clip stands still', async () => {
    const { code, stdout } = await motionOf(dancing)
    const [title, curve, strongest, ...pauses] = stdout.trim().split('\n')
    expect([code, title]).toEqual([0, '“dance.mp4”: 8 s, 240 frames'])
    expect(curve).toMatch(/^[▁▂▃▄▅▆▇█]{60}$/)
    expect(curve?.slice(16, 29)).toMatch(/^▁+$/)
    expect(strongest).toMatch(/^It moves most at \d\.\d s\.$/)
    // The dancer also pauses later.
    expect(pauses[0]).toBe('It stands still from 2.0 to 4.0 s.')
  })

  it('prints exactly the documented object', async () => {
    const { stdout } = await motionOf(dancing, '--json')
    const printed = JSON.parse(stdout) as Record<string, unknown>
    expect(Object.keys(printed)).toEqual(['step', 'values', 'frames', 'duration', 'still'])
  })

  it('has an answer for a single frame', async () => {
    expect(await motionOf(still)).toMatchObject({
      code: 0,
      stdout: '“dance.mp4”: 0.04 s, 1 frame\n▁\nNothing moves.\n',
    })
  })

  it('names a problem of the clip', async () => {
    const { code, stderr } = await motionOf(() => Promise.resolve(fail('file-damaged', 'It is damaged.')))
    expect([code, stderr]).toEqual([4, 'It is damaged.\n'])
  })

  it('needs a clip', async () => {
    expect(await understudy(['motion'])).toMatchObject({ code: 2, stdout: '' })
  })
})
