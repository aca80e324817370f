import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, createLongStringScanner } from '../../src/main/practice/body.ts'
import { aFolder } from './support.ts'

const inPieces = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size))

describe('long strings in a request body', () => {
  it('are taken out whole, however the body is cut into pieces, and nothing else is touched', () => {
    const json = fc.json({ maxDepth: 3 })
    fc.assert(
      fc.property(json, fc.integer({ min: 1, max: 40 }), (text, size) => {
        const body = Buffer.from(`{"long":"${'ab\\"c'.repeat(20)}","rest":${text}}`)
        const scanner = createLongStringScanner(60, 'MARK')
        const taken = inPieces(body, size).flatMap((piece) => scanner.take(piece))
        const strings = scanner.longStrings()
        if (strings === 1) {
          expect(Buffer.concat(taken).toString()).toBe('ab\\"c'.repeat(20))
          expect(JSON.parse(scanner.shortText())).toEqual({ long: 'MARK', rest: JSON.parse(text) as unknown })
        } else {
          expect(strings).toBeGreaterThan(1)
          expect(() => JSON.parse(scanner.shortText()) as unknown).not.toThrow()
        }
      }),
    )
  })
})

describe('raw base64', () => {
  it('comes out as the bytes that went in, in pieces and with escaped slashes', async () => {
    await using folder = await aFolder()
    const target = join(folder.path, 'out')
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (bytes, size) => {
          const text = Buffer.from(bytes).toString('base64').replaceAll('/', '\\/')
          const pieces = inPieces(Buffer.from(text), size).map(String)
          expect(await decodeBase64(pieces, target)).toBe(true)
          expect([...(await readFile(target))]).toEqual([...bytes])
        },
      ),
      { numRuns: 50 },
    )
  })

  it.each(['AAA', 'AAA=AAAA', 'AA A', 'AA_-', '=AAA', 'AAAA\n'])(
    'is refused when it is not: %j',
    async (text) => {
      await using folder = await aFolder()
      expect(await decodeBase64([text], join(folder.path, 'out'))).toBe(false)
    },
  )
})
