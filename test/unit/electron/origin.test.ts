import { describe, expect, it } from 'vitest'
import { appOrigin, isAppUrl } from '../../../src/main/electron/security.ts'

const packaged = appOrigin(undefined)

describe('the origin of the studio', () => {
  it('is the custom scheme, whose URL.origin says "null"', () => {
    expect(new URL(packaged.start).origin).toBe('null')
    expect(isAppUrl(packaged.start, packaged)).toBe(true)
    expect(isAppUrl('app://studio/assets/index.js?x#y', packaged)).toBe(true)
  })

  it.each([
    'https://example.org/',
    'file:///etc/passwd',
    'data:text/html,<p>',
    'javascript:alert(1)',
    'about:blank',
    'app://other/index.html',
    'app://studio.example/index.html',
    'app://studio:81/index.html',
    'app://user@studio/index.html',
    'app://user:word@studio/index.html',
    'media://studio/index.html',
    'appx://studio/index.html',
    'app:studio',
    '',
    'no url at all',
  ])('is not %s', (url) => {
    expect(isAppUrl(url, packaged)).toBe(false)
  })

  it('is the development server while there is one, port included', () => {
    const origin = appOrigin('http://localhost:5173')
    expect(isAppUrl('http://localhost:5173/index.html', origin)).toBe(true)
    expect(isAppUrl('http://localhost:5174/', origin)).toBe(false)
    expect(isAppUrl('app://studio/index.html', origin)).toBe(false)
  })
})
