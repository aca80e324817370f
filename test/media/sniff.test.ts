import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sniff } from '../../src/main/media/facts/sniff.ts'

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
    expect(sniff(head('RIFF\x10\0\0\0WEBPVP8 '))).toEqual(character('webp'))
    expect(sniff(head('\xff\xd8\xff\xe0'))).toEqual(character('jpeg'))
    expect(sniff(head('\x89PNG\r\n\x1a\n'))).toEqual(character('png'))
    expect(sniff(head('GIF89a'))).toEqual(character('gif'))
    expect(sniff(head('II*\0'))).toEqual(character('tiff'))
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

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => sniff(bytes)).not.toThrow()
      }),
    )
  })
})
