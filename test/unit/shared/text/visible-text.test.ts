import { describe, expect, it } from 'vitest'
import { visibleIn, visibleJson, visibleText } from '../../../../src/shared/text/visible-text.ts'

describe('text from outside', () => {
  const tricks: readonly (readonly [what: string, raw: string, shown: string])[] = [
    ['an override that turns an ending around', 'dance\u202e4pm.exe', 'dance4pm.exe'],
    ['embeddings and isolates', '\u202aa\u202bb\u202c\u202dc\u2066d\u2067e\u2068f\u2069', 'abcdef'],
    ['marks of the reading direction', 'a\u200eb\u200fc\u061cd', 'abcd'],
    ['spaces and letters of no width', 'a\u200bb\u2060c\ufeffd\u00ade\u3164f\u115fg\u180eh', 'abcdefgh'],
    ['joiners between Latin letters', 'pay\u200dpal pay\u200cpal', 'paypal paypal'],
    ['separators of lines and paragraphs', 'a\u2028b\u2029c', 'abc'],
    ['controls and escape sequences', 'a\u0000b\u001b[31mc\u009b1md\r', 'ab[31mc1md'],
    ['invisible tags', `a${String.fromCodePoint(0xe0041, 0xe0042)}b`, 'ab'],
  ]
  it.each(tricks)('is shown without %s', (_what, raw, shown) => {
    expect(visibleText(raw)).toBe(shown)
  })

  it.each([
    'two lines\nand a\ttab',
    'שלום · مرحبا بالعالم',
    'می\u200cخواهم',
    'क्\u200dष',
    '👩\u200d👩\u200d👧 ❤️\u200d🔥 👩🏽\u200d🚀',
    'Café, naïve, 日本語, Straße',
  ])('is shown as it is where every character has a place in it: %s', (text) => {
    expect(visibleText(text)).toBe(text)
  })

  it('is cleaned wherever it stands in an answer, and an answer without any stays the very same', () => {
    const bytes = new Uint8Array([1])
    const clean = { a: ['x', { b: 'y' }], bytes, none: null, many: 3 }
    expect(visibleIn(clean)).toBe(clean)
    expect(visibleIn({ a: ['x\u202e', { b: 'y' }], bytes })).toEqual({ a: ['x', { b: 'y' }], bytes })
  })

  it('stays whole in JSON, where only its spelling changes', () => {
    const value = { name: 'dance\u202e4pm.exe', also: 'é\u200b👩\u200d🚀' }
    const text = visibleJson(value)
    expect(text).not.toMatch(/[\u202e\u200b]/)
    expect(JSON.parse(text)).toEqual(value)
  })
})
