import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

type Size = { readonly width: number; readonly height: number }

/** A drawn figure: enough detail that an encoder has something to do. */
function figure({ width, height }: Size): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400" width="${String(width)}" height="${String(height)}" preserveAspectRatio="none">
    <defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#f4c95d"/><stop offset="1" stop-color="#3d5a80"/></linearGradient></defs>
    <rect width="300" height="400" fill="url(#g)"/><circle cx="150" cy="110" r="50" fill="#ee6c4d"/>
    <path d="M90 380 L110 180 H190 L210 380 Z" fill="#293241"/></svg>`
  return sharp(Buffer.from(svg)).removeAlpha()
}

const usual: Size = { width: 768, height: 1024 }

async function save(folder: string, name: string, picture: Sharp): Promise<string> {
  const path = join(folder, name)
  await picture.toFile(path)
  return path
}

export const jpeg = (folder: string, size = usual) =>
  save(
    folder,
    `character-${String(size.width)}x${String(size.height)}.jpg`,
    figure(size).jpeg({ quality: 90 }),
  )
export const png = (folder: string, size = usual) => save(folder, 'character.png', figure(size).png())
export const webpImage = (folder: string) => save(folder, 'character.webp', figure(usual).webp())
export const avif = (folder: string) => save(folder, 'character.avif', figure(usual).avif({ effort: 0 }))
export const tiff = (folder: string) => save(folder, 'character.tiff', figure(usual).tiff())
export const gif = (folder: string) => save(folder, 'character.gif', figure(usual).gif())
export const cmyk = (folder: string) =>
  save(folder, 'character-cmyk.jpg', figure(usual).toColourspace('cmyk').jpeg())
export const tiny = (folder: string) => jpeg(folder, { width: 60, height: 60 })

/** Stored lying, with the EXIF note that it is to be shown upright, and with a place and an author. */
export const exifRotated = (folder: string) =>
  save(
    folder,
    'character-exif.jpg',
    figure({ width: 1024, height: 768 })
      .jpeg()
      .withExif({
        IFD0: { Artist: 'Ada Lovelace', Copyright: 'Ada' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 30/1' },
      })
      .withMetadata({ orientation: 6 }),
  )

/** The left half is see-through. */
export const alpha = (folder: string) =>
  save(
    folder,
    'character-alpha.png',
    sharp({ create: { ...usual, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .composite([
        {
          input: { create: { width: 384, height: 1024, channels: 4, background: '#c0392b' } },
          left: 384,
          top: 0,
        },
      ])
      .png(),
  )

/** Noise does not compress: the only way to make a small picture heavy. */
export const heavy = (folder: string, size: Size = { width: 3000, height: 4000 }) =>
  save(
    folder,
    'character-heavy.png',
    sharp({
      create: {
        ...size,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    }).png({ compressionLevel: 1 }),
  )

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/**
 * A picture of zeros, packed without ever being unpacked here: one block of rows, flushed so that it can be repeated,
 * an empty last block, and the checksum that so many zeros have.
 */
function packedZeros(bytes: number, block: number): Buffer {
  const rows = deflateRawSync(Buffer.alloc(block), { level: 9, finishFlush: constants.Z_FULL_FLUSH })
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(((bytes % 65_521) * 65_536 + 1) >>> 0)
  const blocks = Array.from({ length: bytes / block }, () => rows)
  return Buffer.concat([Buffer.from('78da', 'hex'), ...blocks, Buffer.from('0300', 'hex'), checksum])
}

/** 256 million pixels in less than a megabyte; decoded it would fill the memory. */
export async function hugePng(folder: string, side = 16_000): Promise<string> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const row = side * 3 + 1
  const path = join(folder, 'huge.png')
  await writeFile(
    path,
    Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('IDAT', packedZeros(row * side, row * 100)),
      chunk('IEND', new Uint8Array()),
    ]),
  )
  return path
}
