import { expect, it } from 'vitest'
import { jointOffset } from '../../../../src/main/media/offset/joint-offset.ts'
import { soundless } from '../../../../src/main/media/offset/sound-offset.ts'
import type { MotionOffset, OffsetVerdict, SoundOffset } from '../../../../src/shared/domain/offset.ts'

const frame = 1 / 24
const heard = (verdict: OffsetVerdict, ...candidates: readonly number[]): SoundOffset => ({
  ...soundless({ side: 'result', why: 'silent' }),
  ...{ verdict, candidates, offset: candidates[0] ?? null, soundless: null, slope: 0.01 },
})
const seen = (verdict: MotionOffset['verdict'], offset: number): MotionOffset => ({
  ...{ verdict, offset, r: 0.8, score: 12, ratio: 2 },
})

it('is that of the sound where the sound is sure, with its slope', () => {
  const expected = { verdict: 'sure', by: 'sound', offset: 0.7, slope: 0.01 }
  expect(jointOffset(heard('sure', 0.7), null, frame)).toMatchObject(expected)
  expect(jointOffset(heard('sure', 0.7), seen('none', 3), frame)).toMatchObject(expected)
  expect(jointOffset(heard('sure', 0.7), seen('likely', 0.7), frame)).toMatchObject(expected)
  expect(jointOffset(heard('sure', 0.7), seen('sure', 0.7 + 1.9 * frame), frame)).toMatchObject({
    ...expected,
    candidates: [{ offset: 0.7, by: 'sound' }],
  })
})

it.each([
  ['sure', 'sure'],
  ['sure', 'likely'],
  ['likely', 'sure'],
] as const)('is open where sound is %s and motion %s of another, with both as candidates', (ear, eye) => {
  const found = jointOffset(heard(ear, 0.7), seen(eye, 0.7 + 2.1 * frame), frame)
  expect(found).toMatchObject({ verdict: 'ambiguous', by: null, offset: null, slope: 0 })
  expect(found.candidates).toEqual([
    { offset: 0.7, by: 'sound' },
    { offset: 0.7875, by: 'motion' },
  ])
})

it.each([
  ['says nothing', heard('none')],
  ['fits there and at other places', heard('ambiguous', 1, -0.5, 3)],
])('is that of the motion where that is sure and the sound %s', (_what, sound) => {
  const found = jointOffset(sound, seen('sure', -0.5), frame)
  expect(found).toMatchObject({ verdict: 'sure', by: 'motion', offset: -0.5, slope: 0 })
  expect(found.candidates).toEqual([{ offset: -0.5, by: 'motion' }])
})

it('is open where the motion is sure of a place that the repeating sound does not name', () => {
  const found = jointOffset(heard('ambiguous', 1, 3), seen('sure', -0.5), frame)
  expect(found).toMatchObject({ verdict: 'ambiguous', by: null, offset: null })
  expect(found.candidates.map(({ offset }) => offset)).toEqual([1, 3, -0.5])
})

it('is only likely where neither is sure, and open where two guesses differ', () => {
  expect(jointOffset(heard('likely', 2), null, frame)).toMatchObject({ verdict: 'likely', by: 'sound' })
  expect(jointOffset(null, seen('likely', 2), frame)).toMatchObject({ verdict: 'likely', by: 'motion' })
  expect(jointOffset(heard('likely', 2), seen('likely', 2.02), frame)).toMatchObject({ by: 'sound' })
  expect(jointOffset(heard('likely', 2), seen('likely', 3), frame)).toMatchObject({
    verdict: 'ambiguous',
    by: null,
  })
})

it('keeps every place where the sound fits', () => {
  const found = jointOffset(heard('ambiguous', 1, 3), seen('likely', 3), frame)
  expect(found).toMatchObject({ verdict: 'ambiguous', by: 'sound', offset: null })
  expect(found.candidates.map(({ offset }) => offset)).toEqual([1, 3])
})

it('is none where neither says anything', () => {
  expect(jointOffset(heard('none'), seen('none', 0.2), frame)).toMatchObject({
    ...{ verdict: 'none', by: null, offset: null, candidates: [] },
  })
})
