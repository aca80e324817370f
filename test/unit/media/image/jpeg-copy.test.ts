import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { copyJpegPixels } from '../../../../src/main/media/image/prepare-image.ts'

const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
const picture = () => sharp({ create: { width: 61, height: 47, channels: 3, background: '#808080', noise } })
const pixels = (content: Uint8Array) => sharp(content, { failOn: 'warning' }).raw().toBuffer()
const copied = (content: Uint8Array) => {
  const copy = copyJpegPixels(content)
  if (copy === null) throw new Error('not copied')
  return copy
}

describe('a JPEG copied without what stands around its pixels', () => {
  it('has the same pixels, of every kind of JPEG', async () => {
    const kinds = {
      baseline: picture().jpeg(),
      progressive: picture().jpeg({ progressive: true }),
      optimised: picture().jpeg({ mozjpeg: true }),
      full: picture().jpeg({ chromaSubsampling: '4:4:4' }),
      grey: picture().toColourspace('b-w').jpeg(),
      noted: picture()
        .jpeg()
        .withExif({ IFD0: { Artist: 'Ada' } })
        .withIccProfile('srgb'),
    }
    for (const [name, kind] of Object.entries(kinds)) {
      const source = await kind.toBuffer()
      const copy = copied(source)
      expect([name, (await pixels(copy)).equals(await pixels(source))]).toEqual([name, true])
      expect(copy.length).toBeLessThanOrEqual(source.length)
    }
  })

  it('ends with its picture: what was hidden behind is left out', async () => {
    const source = await picture().jpeg().toBuffer()
    const hidden = Buffer.concat([source, Buffer.from('a film behind the picture')])
    expect(Buffer.from(copied(hidden)).equals(copied(source))).toBe(true)
  })

  it('is not made of a JPEG that has no end', async () => {
    const source = await picture().jpeg().toBuffer()
    for (let length = 2; length < source.length - 1; length += 13)
      expect(copyJpegPixels(source.subarray(0, length))).toBeNull()
  })

  it('answers to any bytes at all without failing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const copy = copyJpegPixels(Buffer.concat([Buffer.from('ffd8', 'hex'), bytes]))
        expect(copy === null || copy.length <= bytes.length + 2 + 18).toBe(true)
      }),
    )
  })
})
