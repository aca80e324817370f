import { describe, expect, it } from 'vitest'
import { offsetSentences } from '../../../src/shared/text/found-offset.ts'
import type { FoundOffset } from '../../../src/shared/domain/offset.ts'

const none: FoundOffset = {
  ...{ verdict: 'none', by: null, offset: null, slope: 0, candidates: [], sound: null, motion: null },
}

describe('what was found', () => {
  it.each([
    [0.733, 'Move the result 0.733 s later.'],
    [-1.25, 'Move the result 1.25 s earlier.'],
    [-0.0004, 'The result already matches.'],
  ])('an offset of %d s tells where the result has to go', (offset, sentence) => {
    const said = offsetSentences({ ...none, verdict: 'sure', by: 'sound', offset })
    expect(said).toEqual([sentence, 'Found by sound.'])
  })

  it('a guess is called one, and a result at another speed too', () => {
    expect(offsetSentences({ ...none, verdict: 'likely', by: 'sound', offset: 2, slope: -0.0102 })).toEqual([
      'Move the result 2 s later.',
      'Found by sound, but unsure. Check it by eye.',
      'The result runs 1.02 % faster. The offset fits in the middle.',
    ])
  })

  it('several offsets are all told', () => {
    const candidates = [
      { offset: 0.4, by: 'sound' },
      { offset: -1.6, by: 'sound' },
    ] as const
    expect(offsetSentences({ ...none, verdict: 'ambiguous', by: 'sound', candidates })).toEqual([
      'Several offsets fit: 0.4 s later, 1.6 s earlier.',
      'The sound repeats. Check them by eye.',
    ])
  })

  it('sound and motion that disagree are told apart', () => {
    const candidates = [
      { offset: 0, by: 'sound' },
      { offset: 0.3, by: 'motion' },
    ] as const
    expect(offsetSentences({ ...none, verdict: 'ambiguous', candidates })[0]).toBe(
      'Sound and motion disagree. By sound: 0 s. By motion: 0.3 s later.',
    )
    const repeats = [{ offset: -2, by: 'sound' }, ...candidates] as const
    expect(offsetSentences({ ...none, verdict: 'ambiguous', candidates: repeats })[0]).toBe(
      'Sound and motion disagree. By sound: 2 s earlier, 0 s. By motion: 0.3 s later.',
    )
  })
})
