import { describe, expect, it } from 'vitest'
import { retryAfter } from '../../../src/main/providers/answers.ts'

const date = 'Sat, 21 Nov 2026 09:00:00 GMT'

describe('a wait that only looks like one', () => {
  it.each([
    'not before Sat, 21 Nov 2026 09:00:40 GMT',
    'Sat, 21 Nov 2026 09:00:40 GMT+0100',
    'Sat, 21 Nov 2026 09:00:40 GMT or so',
    'Sat, 21 Nov 2026 09:00:40 GMT2',
  ])('is ignored: %s', (asked) => {
    expect(retryAfter({ 'retry-after': asked, date })).toBeNull()
  })
})
