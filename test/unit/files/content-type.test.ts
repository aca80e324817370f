import { describe, expect, it } from 'vitest'
import { contentType } from '../../../src/main/files/sniff.ts'

const branded = (...brands: readonly string[]) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 12 + 4 * brands.length]),
    Buffer.from(`ftyp${brands[0] ?? ''}`),
    Buffer.alloc(4),
    Buffer.from(brands.slice(1).join('')),
  ])

describe('the type a file is served with', () => {
  it.each([
    ['hevx', 'image/heic'],
    ['hevc', 'image/heic'],
    ['mif1', 'image/heic'],
    ['avis', 'image/avif'],
    ['isom', 'video/mp4'],
    ['qt  ', 'video/mp4'],
  ])('is what the file dialog takes it for: brand %s is %s', (brand, type) => {
    expect(contentType('hero.bin', branded(brand))).toBe(type)
  })

  it('is AVIF where a general brand comes first', () => {
    expect(contentType('hero.heic', branded('mif1', 'avif'))).toBe('image/avif')
  })

  it('goes by the name where the bytes say nothing, and is never one that a browser would run', () => {
    expect(contentType('clip.webm', new Uint8Array())).toBe('video/webm')
    expect(contentType('page.html', Buffer.from('<html>'))).toBe('application/octet-stream')
    expect(contentType('drawing.svg', Buffer.from('<svg/>'))).toBe('application/octet-stream')
  })
})
