import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movingAs, sniff } from '../../../src/main/files/sniff.ts'

const head = (text: string) => Buffer.from(text.padEnd(64, '\0'), 'latin1')

describe('what a file is', () => {
  it('is told by its first bytes', () => {
    const clip = (container: string) => ({ kind: 'clip', container })
    const character = (format: string) => ({ kind: 'character', format })
    expect(sniff(head('\0\0\0\x20ftypisom\0\0\x02\0isomiso2'))).toEqual(clip('mp4'))
    expect(sniff(head('\0\0\0\x14ftypqt  \0\0\x02\0qt  '))).toEqual(clip('mov'))
    expect(sniff(head('\0\0\0\x08wide\0\0\0\0mdat'))).toEqual(clip('mov'))
    expect(sniff(head('\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm'))).toEqual(clip('webm'))
    expect(sniff(head('\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska'))).toEqual(clip('mkv'))
    expect(sniff(head('RIFF\x10\0\0\0AVI LIST'))).toEqual(clip('avi'))
    expect(sniff(head('FLV\x01\x05\0\0\0\x09'))).toEqual(clip('flv'))
    expect(sniff(head('OggS\0\x02'))).toEqual(clip('ogg'))
    expect(sniff(head('\0\0\x01\xba\x44'))).toEqual(clip('mpeg'))
    expect(sniff(head('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c'))).toEqual(clip('asf'))
    expect(sniff(head('\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02'))).toEqual(clip('mxf'))
    expect(sniff(head('RIFF\x10\0\0\0WEBPVP8 '))).toEqual(character('webp'))
    expect(sniff(head('\xff\xd8\xff\xe0'))).toEqual(character('jpeg'))
    expect(sniff(head('\x89PNG\r\n\x1a\n'))).toEqual(character('png'))
    expect(sniff(head('GIF89a'))).toEqual(character('gif'))
    expect(sniff(head('II*\0'))).toEqual(character('tiff'))
    expect(sniff(head('BM\x4e\0\0\0\0\0\0\0\x36\0\0\0\x28'))).toEqual(character('bmp'))
    expect(sniff(head('BM\x4e\0\0\0\x29\0\x38\0\x8e\0\0\0\x40'))).toEqual(character('bmp'))
    expect(sniff(head('\0\0\0\x1cftypavif\0\0\0\0avifmif1'))).toEqual(character('avif'))
    expect(sniff(head('\0\0\0\x1cftypmif1\0\0\0\0avifmif1'))).toEqual(character('avif'))
    expect(sniff(head('\0\0\0\x1cftypheic\0\0\0\0mif1heic'))).toEqual(character('heic'))
  })

  it('is nothing the studio takes when it is text, a playlist, a page, sound or zeros', () => {
    for (const text of [
      '#EXTM3U\n',
      'ffconcat version 1.0\n',
      '<?xml version="1.0"?>',
      '<!doctype html>',
      'hello',
      '',
    ])
      expect(sniff(head(text))).toBeNull()
    expect(sniff(head('RIFF\x10\0\0\0WAVEfmt '))).toBeNull()
    expect(sniff(head('\0\0\0\x20ftypM4A \0\0\0\0M4A mp42'))).toBeNull()
    expect(sniff(new Uint8Array(0))).toBeNull()
  })

  it('is a transport stream by packets in a row, wherever in one it begins, and never by a text', () => {
    const packets = (length: number, count: number, filling: string, from = 0) =>
      Buffer.from(`G@\0\x10${filling.repeat(length)}`.slice(0, length).repeat(count).slice(from), 'latin1')
    const stream = { kind: 'clip', container: 'mpegts' }
    for (const length of [188, 192, 204]) {
      expect(sniff(packets(length, 9, '\xff'))).toEqual(stream)
      expect(sniff(packets(length, 9, '\xff', 100))).toEqual(stream)
      expect(sniff(packets(length, 4, '\xff'))).toBeNull()
    }
    const text = `G@a1${'#EXTM3U\nfile private.mp4\n'.repeat(8)}`.slice(0, 188).repeat(9)
    expect(sniff(Buffer.from(text))).toBeNull()
  })

  it('moves where a picture may hold several', () => {
    expect(movingAs(head('GIF89a'))).toBe('gif')
    expect(movingAs(head('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR....acTL....IDAT'))).toBe('apng')
    expect(movingAs(head('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR....IDATacTL'))).toBeNull()
    expect(movingAs(head('\0\0\0\x1cftypavis\0\0\0\0avifmif1'))).toBe('avif')
    expect(movingAs(head('\0\0\0\x1cftypavif\0\0\0\0avifmif1'))).toBeNull()
    expect(movingAs(head('FLV\x01'))).toBeNull()
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => sniff(bytes)).not.toThrow()
      }),
    )
  })
})
