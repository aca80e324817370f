import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tiffHead } from '../../../src/main/media/image/tiff.ts'
import { bitmap } from './bitmaps.ts'
import { heicFile } from './heic.ts'
import { hugePng } from './pictures.ts'
import { quadrants, usualSize } from './quadrants.ts'

export type ClaimedFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'gif' | 'tiff' | 'bmp'

const side = 16_000

async function jpeg(): Promise<Buffer> {
  const content = await quadrants().jpeg().toBuffer()
  const frame = content.indexOf(Buffer.from('ffc0', 'hex'))
  content.writeUInt16BE(side, frame + 5)
  content.writeUInt16BE(side, frame + 7)
  return content
}

async function webp(): Promise<Buffer> {
  const content = await quadrants().webp({ lossless: true }).toBuffer()
  const data = content.indexOf('VP8L') + 8
  // One byte of signature, then both sides less one in 14 bits each.
  const rest = content.readUInt32LE(data + 1) & 0xf0000000
  content.writeUInt32LE((rest | (side - 1) | ((side - 1) << 14)) >>> 0, data + 1)
  return content
}

async function avif(): Promise<Buffer> {
  const content = await quadrants().avif({ effort: 0 }).toBuffer()
  const size = content.indexOf('ispe') + 8
  content.writeUInt32BE(side, size)
  content.writeUInt32BE(side, size + 4)
  return content
}

async function gif(): Promise<Buffer> {
  const content = await quadrants().gif().toBuffer()
  content.writeUInt16LE(side, 6)
  content.writeUInt16LE(side, 8)
  // Decoders go by the frame where it is smaller than the screen.
  const { width, height } = usualSize
  const frame = Buffer.alloc(9)
  frame[0] = 0x2c
  frame.writeUInt16LE(width, 5)
  frame.writeUInt16LE(height, 7)
  const at = content.indexOf(frame)
  content.writeUInt16LE(side, at + 5)
  content.writeUInt16LE(side, at + 7)
  return content
}

/** A small file that says it has 16000 × 16000 pixels, in one of the formats. */
export async function claimedHuge(folder: string, format: ClaimedFormat): Promise<string> {
  const size = { width: side, height: side }
  if (format === 'png') return hugePng(folder)
  if (format === 'bmp') return bitmap(folder, 'huge.bmp', { claimed: size })
  if (format === 'heic') return heicFile(folder, 'huge.heic', { tiles: [['red']], claimed: size })
  const path = join(folder, `huge.${format}`)
  const make = { jpeg, webp, avif, gif, tiff: () => Promise.resolve(tiffHead(size, 'rgb', null)) }
  await writeFile(path, await make[format]())
  return path
}
