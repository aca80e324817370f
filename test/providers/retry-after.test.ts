import { describe, expect, it } from 'vitest'
import { retryAfter } from '../../src/main/providers/answers.ts'

const date = 'Sat, 21 Nov 2026 09:00:00 GMT'

describe('the wait a server asks for', () => {
  it.each([
    ['30', 30_000],
    ['0', 1000],
    ['86400', 900_000],
    ['Sat, 21 Nov 2026 09:00:40 GMT', 40_000],
    ['Sat, 21 Nov 2026 08:00:00 GMT', 1000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 900_000],
  ])('is read from “%s” by the server’s own clock', (asked, wait) => {
    expect(retryAfter({ 'retry-after': asked, date })).toBe(wait)
  })

  it.each(['', 'soon', 'soon 5', '1.5', '-5', '1e3'])('ignores “%s”', (asked) => {
    expect(retryAfter({ 'retry-after': asked, date })).toBeNull()
  })

  it('ignores a date without the server’s own date, and is not there when it was not asked for', () => {
    expect(retryAfter({ 'retry-after': date })).toBeNull()
    expect(retryAfter({ date })).toBeNull()
  })
})
