import { open } from 'node:fs/promises'
import type { ImageFormat } from '../../../../shared/domain/media.ts'
import { readBmpHeader, type ImageHeader } from '../header.ts'
import { extraChannels } from '../extra-channels.ts'
import { readTiffDirectory } from '../tiff-directory.ts'
import { openHeader } from './open-image.ts'

/** More parts than any real picture has before its pixels. */
const mostChunks = 1000

/** True for a PNG that says, before its first picture, that more follow. */
async function isAnimatedPng(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(8)
    let at = 8
    for (let nth = 0; nth < mostChunks; nth += 1) {
      const { bytesRead } = await file.read(head, 0, 8, at)
      const type = head.toString('latin1', 4, 8)
      if (bytesRead < 8 || type === 'IDAT') return false
      if (type === 'acTL') return true
      at += 12 + head.readUInt32BE(0)
    }
    return false
  } finally {
    await file.close()
  }
}

/** The library takes every channel beside the colours for one that says what is see-through. */
async function isSeeThrough(path: string): Promise<boolean> {
  const { count, alpha } = extraChannels(await readTiffDirectory(path))
  return count === 0 || alpha
}

/** The library calls both by the name of their container. */
const nameInside = (format: ImageFormat) => (format === 'avif' || format === 'heic' ? 'heif' : format)

/** What the first bytes of a picture say about it. Throws where they make no sense. */
export async function readImageHeader(path: string, format: ImageFormat): Promise<ImageHeader> {
  if (format === 'bmp') return readBmpHeader(path)
  const { header, moving } = await openHeader(path)
  if (header.format !== nameInside(format)) throw new Error(`Its content is ${header.format}.`)
  const several = (header.pages ?? 1) > 1
  return {
    format,
    width: header.autoOrient.width,
    height: header.autoOrient.height,
    orientation: header.orientation ?? 1,
    alpha: header.hasAlpha && (format !== 'tiff' || (await isSeeThrough(path))),
    animated:
      format === 'png' ? await isAnimatedPng(path) : moving || (several && ['gif', 'webp'].includes(format)),
    colourSpace: header.space,
    profile: header.icc ?? null,
  }
}
