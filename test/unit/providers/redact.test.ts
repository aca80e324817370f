import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../src/main/providers/json.ts'
import { createRedact } from '../../../src/main/providers/redact.ts'

/** A key as accounts take them: printable, without blanks, long enough to be told from a word. */
const key = fc
  .array(fc.integer({ min: 0x21, max: 0x7e }), { minLength: 8, maxLength: 300 })
  .map((codes) => String.fromCharCode(...codes))
const words = fc.string({ maxLength: 30 })

const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(2, '0')
/** The ways in which one character may be written. Where some are escaped, the marks that begin an escape are too. */
const ways: readonly ((char: string) => string)[] = [
  (char) => (`\\%&`.includes(char) ? `\\u00${hex(char)}` : char),
  (char) => `\\u00${hex(char)}`,
  (char) => `\\u00${hex(char).toUpperCase()}`,
  (char) => `\\x${hex(char)}`,
  (char) => `%${hex(char)}`,
  (char) => `%25${hex(char).toUpperCase()}`,
  (char) => `&#${String(char.charCodeAt(0))};`,
  (char) => `&#x${hex(char)};`,
]
const json = (text: string) => JSON.stringify(text).slice(1, -1)
const writtenAnyhow = (secret: string) =>
  fc
    .array(fc.integer({ min: 0, max: ways.length - 1 }), {
      minLength: secret.length,
      maxLength: secret.length,
    })
    .map((chosen) => Array.from(secret, (char, at) => ways[chosen[at] ?? 0]?.(char) ?? char).join(''))

const keyAnd = <T>(more: (secret: string) => fc.Arbitrary<T>) =>
  key.chain((secret) => fc.tuple(fc.constant(secret), more(secret)))

describe('a key in what comes from outside', () => {
  it('is taken out however each of its characters is written', () => {
    fc.assert(
      fc.property(keyAnd(writtenAnyhow), words, words, ([secret, form], before, after) => {
        expect(createRedact([secret]).text(`${before}|${form}|${after}`)).toMatch(/\|•••\|/)
      }),
    )
  })

  it('is taken out as it is, whatever it looks like', () => {
    fc.assert(
      fc.property(key, words, words, (secret, before, after) => {
        expect(createRedact([secret]).text(`${before}|${secret}|${after}`)).toContain('|•••|')
      }),
    )
  })

  it('is taken out of JSON, of JSON inside JSON, and of an address inside either', () => {
    const coders = [
      json,
      (text: string) => json(json(text)),
      (text: string) => json(encodeURIComponent(text)),
    ]
    fc.assert(
      fc.property(key, fc.constantFrom(...coders), (secret, coder) => {
        const { text, body } = createRedact([secret])
        expect(text(`<${coder(secret)}>`)).toBe('<•••>')
        expect(readJson(body(`{"message":"<${coder(secret)}>","code":1}`))).toEqual({
          message: '<•••>',
          code: 1,
        })
      }),
    )
  })

  it('is taken out after it was parsed, where one form is hidden in another', () => {
    const twice = (secret: string) => Array.from(secret, (char) => `\\u0025${hex(char)}`).join('')
    fc.assert(
      fc.property(key, (secret) => {
        expect(readJson(createRedact([secret]).body(`["${twice(secret)}"]`))).toEqual(['•••'])
      }),
    )
  })

  it('cannot be read back from base64 or base64url, wherever in it the key begins', () => {
    const bytes = fc.uint8Array({ maxLength: 12 })
    const kind = fc.constantFrom('base64' as const, 'base64url' as const)
    fc.assert(
      fc.property(key, bytes, bytes, kind, (secret, before, after, name) => {
        const coded = Buffer.concat([before, Buffer.from(secret), after]).toString(name)
        const cleaned = createRedact([secret]).text(`|${coded}|`)
        expect(cleaned).toContain('•••')
        // What is left of it on either side is less than one more character of the key.
        const pieces = cleaned.split('•••').flatMap((rest) => [0, 1, 2, 3].map((cut) => rest.slice(cut)))
        for (const rest of pieces) expect(Buffer.from(rest, name).includes(secret.slice(0, 8))).toBe(false)
      }),
    )
  })

  it('is taken out where it is nothing but digits, and the answer stays readable', () => {
    const { body } = createRedact(['8298368027'])
    expect(readJson(body('{"account":8298368027,"data":{"task_id":"7"}}'))).toEqual({
      account: '•••',
      data: { task_id: '7' },
    })
  })

  it('is taken out of the names of fields and of what is no JSON', () => {
    const { body } = createRedact(['canary/key+1'])
    expect(body('{"canary\\/key+1":1}')).toBe('{"•••":1}')
    expect(body('<p>canary&#x2F;key%2b1</p>')).toBe('<p>•••</p>')
  })

  it('leaves everything else as it came, to the last byte', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(createRedact(['canary-key-5f1c9e']).body(text)).toBe(text)
      }),
    )
    const ids = '{"element_id":829836802793406551, "n": 1.50}'
    expect(createRedact(['canary-key-5f1c9e', 'short']).body(ids)).toBe(ids)
  })

  it('is looked for to the end in an answer that was made to be slow', () => {
    const { text } = createRedact(['\\\\\\\\%%%%%%%%', 'canary-key-5f1c9e'])
    for (const part of ['\\', '%25', '&#0', 'canary-key-5f1c9']) {
      const flood = part.repeat(200_000 / part.length)
      expect(text(`${flood} canary%2Dkey-5f1c9e`)).toBe(`${flood} •••`)
    }
  })
})
