import { expect, it } from 'vitest'
import { matchedNotice, noticeOf } from '../../../src/renderer/features/compare/found-words.ts'
import type { FoundOffset } from '../../../src/shared/domain/offset.ts'

const frame = 1 / 30
const nothing: FoundOffset = {
  verdict: 'none',
  by: null,
  offset: null,
  slope: 0,
  candidates: [],
  sound: null,
  motion: null,
}
const found = (about: Partial<FoundOffset>) => noticeOf({ ...nothing, ...about }, frame)

it('applies a sure offset, and says where the result is now and what answered', () => {
  const notice = found({ verdict: 'sure', by: 'sound', offset: -0.7331 })
  expect(notice).toMatchObject({ applies: -0.7331, title: 'The result is now 0.733 s earlier.', choices: [] })
  expect(notice.details).toContain('Found by sound.')
})

it('applies what motion found as whole frames, in the words of the same number', () => {
  const notice = found({ verdict: 'sure', by: 'motion', offset: 0.109 })
  expect(notice.applies).toBeCloseTo(0.1, 9)
  expect(notice.title).toBe('The result is now 0.1 s later.')
})

it('offers a likely offset and applies nothing', () => {
  const notice = found({ verdict: 'likely', by: 'sound', offset: 0.25 })
  expect(notice).toMatchObject({ applies: null, choices: [{ label: 'Apply 0.25 s later', offset: 0.25 }] })
})

it('offers every candidate where several fit, and says which one is which', () => {
  const repeats = found({
    verdict: 'ambiguous',
    candidates: [
      { offset: 0.5, by: 'sound' },
      { offset: 2.5, by: 'sound' },
    ],
  })
  expect(repeats.applies).toBeNull()
  expect(repeats.choices.map(({ label }) => label)).toEqual([
    'By sound: 0.5 s later',
    'By sound: 2.5 s later',
  ])
  const disagree = found({
    verdict: 'ambiguous',
    candidates: [
      { offset: 0.5, by: 'sound' },
      { offset: -1, by: 'motion' },
    ],
  })
  expect([disagree.applies, disagree.title, disagree.details]).toEqual([
    null,
    'Sound and motion disagree. Check them by eye.',
    [],
  ])
  expect(disagree.choices.map(({ offset }) => offset)).toEqual([0.5, -1])
})

it('offers nothing where nothing was found, and says why', () => {
  const notice = noticeOf(
    {
      ...nothing,
      sound: {
        verdict: 'none',
        offset: null,
        slope: 0,
        candidates: [],
        z: 0,
        ratio: null,
        windows: 0,
        agreeing: 0,
        envelope: null,
        soundless: { side: 'result', why: 'no-sound' },
      },
    },
    frame,
  )
  expect(notice).toMatchObject({ applies: null, choices: [], title: 'No offset found. Set it by hand.' })
  expect(notice.details).toEqual(['The result has no sound.'])
})

it('tells which frames two marks brought together, counted from one', () => {
  expect(matchedNotice(29, 9, 2 / 3)).toMatchObject({
    applies: 2 / 3,
    details: ['Reference frame 30 is shown with result frame 10.'],
  })
})
