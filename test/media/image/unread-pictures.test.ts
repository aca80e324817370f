import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../../src/main/media/create-media.ts'
import { picture } from '../../../src/main/media/previews/picture.ts'
import { createWorkbench, problemOf, type Workbench } from '../../support/clips/media-kit.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const refused = async (path: string) => problemOf(await inspect(bench.mediaTools, path))

describe('a picture of a kind that is not read', () => {
  /** A TIFF whose first directory has one entry of a single number. */
  const tiff = (tag: number, value: number, little = true) => {
    const file = Buffer.alloc(64)
    file.write(little ? 'II*\0' : 'MM\0*', 'latin1')
    const [u16, u32] = little
      ? ([file.writeUInt16LE.bind(file), file.writeUInt32LE.bind(file)] as const)
      : ([file.writeUInt16BE.bind(file), file.writeUInt32BE.bind(file)] as const)
    u32(8, 4)
    u16(1, 8)
    u16(tag, 10)
    u16(4, 12)
    u32(1, 14)
    u32(value, 18)
    return file
  }
  const text = (head: string) => Buffer.from(head.padEnd(200, '\0'), 'latin1')

  it.each([
    ['a JPEG XL image', 'a.jxl', text('\xff\x0a\xfa')],
    ['a JPEG XL image', 'b.jpg', text('\0\0\0\x0cJXL \r\n\x87\n')],
    ['a JPEG 2000 image', 'a.jp2', text('\0\0\0\x0cjP  \r\n\x87\n')],
    ['a Photoshop document', 'a.psd', text('8BPS\0\x01')],
    ['an OpenEXR image', 'a.exr', text('\x76\x2f\x31\x01')],
    ['a HEIF image of the newest kind', 'a.avif', text('\0\0\0\x10ftypmif3avif\0\0\x18\x96mini')],
    ['a HEIF image of the newest kind', 'a.heic', text('\0\0\0\x18ftypmif2\0\0\0\0mif2mif1')],
    ['a BigTIFF image', 'big.tif', text('II+\0\x08\0\0\0\x10')],
    ['an icon file', 'a.ico', text('\0\0\x01\0\x03\0')],
    ['a PDF document', 'a.pdf', text('%PDF-1.7')],
    ['a raw photo', 'a.cr2', text('II*\0\x10\0\0\0CR\x02\0')],
    ['a raw photo', 'a.cr3', text('\0\0\0\x18ftypcrx \0\0\0\x01crx isom')],
    ['a raw photo', 'a.raf', text('FUJIFILMCCD-RAW 0201')],
    ['a raw photo', 'a.rw2', text('IIU\0\x18')],
    ['a raw photo', 'a.orf', text('IIRO\x08')],
    ['a raw photo', 'thumbnail-first.nef', tiff(254, 1, false)],
    ['a raw photo', 'thumbnail-first.arw', tiff(254, 1)],
    ['a raw photo', 'a.dng', tiff(50_706, 0x0000_0401)],
    ['a raw photo', 'mosaic.pef', tiff(262, 32_803)],
  ])('is called %s, not damaged: %s', async (kind, name, content) => {
    const path = join(bench.folder, name)
    await writeFile(path, content)
    const problem = await refused(path)
    expect(problem.code).toBe('not-an-image')
    expect(problem.message).toBe(`“${name}” is ${kind}, which Understudy can’t read.`)
    expect(problem.advice).toContain('export it as JPEG')
  })

  it('is told from one that is coded in a way that no decoder here knows', async () => {
    const path = join(bench.folder, 'fax.tiff')
    const content = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } })
      .tiff({ compression: 'lzw' })
      .toBuffer()
    // LZW becomes JPEG 2000 in the entry for the compression.
    const entry = content.indexOf(Buffer.from('0301030001000000', 'hex'))
    content.writeUInt16LE(34_712, entry + 8)
    await writeFile(path, content)
    const facts = await inspect(bench.mediaTools, path)
    const problem = facts.ok
      ? problemOf(await picture(bench.mediaTools, path, facts.value, 64))
      : facts.problem
    expect(problem.message).toContain('uses an encoding that Understudy can’t read')
  })
})
