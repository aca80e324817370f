import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestQuality } from '../../../../src/main/media/image/apart/encode.ts'

const range = { least: 72, most: 95 }

describe('the search for a quality', () => {
  it('finds the highest that fits, in few steps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(2000), { minLength: 24, maxLength: 24 }),
        fc.nat(30_000),
        async (steps, maxBytes) => {
          const weights = steps.map((_, nth) => steps.slice(0, nth + 1).reduce((sum, step) => sum + step, 1))
          const weightOf = (quality: number) => weights[quality - range.least] ?? Infinity
          let tries = 0
          const found = await bestQuality(
            (quality) => {
              tries += 1
              return Promise.resolve(new Uint8Array(weightOf(quality)))
            },
            maxBytes,
            range,
          )
          expect(tries).toBeLessThanOrEqual(7)
          if (!found.fits) {
            expect(weightOf(range.least)).toBeGreaterThan(maxBytes)
            return
          }
          expect(found.content.length).toBeLessThanOrEqual(maxBytes)
          expect(found.content.length).toBe(weightOf(found.quality))
          if (found.quality < range.most) expect(weightOf(found.quality + 1)).toBeGreaterThan(maxBytes)
        },
      ),
    )
  })

  it('tries the finest first, and stops there if it fits', async () => {
    const asked: number[] = []
    const encode = (quality: number) => {
      asked.push(quality)
      return Promise.resolve(new Uint8Array(quality))
    }
    expect(await bestQuality(encode, 95, range)).toMatchObject({ fits: true, quality: 95 })
    expect(asked).toEqual([95])
  })
})
