import { afterEach, describe, expect, it, vi } from 'vitest'
import { dateFormat, localeOf, textIn } from '../../../src/renderer/lib/language.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('The language of the window', () => {
  it('is the one dates are written in, whatever the system speaks', () => {
    vi.stubGlobal('navigator', { languages: ['de-DE', 'de'] })
    const march = new Date(2026, 2, 20, 15, 4)
    expect(dateFormat({ dateStyle: 'long', timeStyle: 'short' }).format(march)).toBe('20 March 2026 at 15:04')
  })

  it('is written in the variant that the user prefers', () => {
    expect(localeOf('en', ['de-DE', 'en-US', 'en-GB'])).toBe('en-US')
    expect(localeOf('en', ['en-AU'])).toBe('en-AU')
    expect(localeOf('en', [])).toBe('en-GB')
  })

  it('has every text of a table, filled in as the table says', () => {
    const text = textIn({ en: { plain: 'A text', filled: (name: string) => `For ${name}` } })
    expect([text.plain, text.filled('you')]).toEqual(['A text', 'For you'])
    expect(Object.keys(text)).toEqual(['plain', 'filled'])
  })
})
