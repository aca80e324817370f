import { open, readFile } from 'node:fs/promises'
import type { Metadata, Sharp, SharpOptions } from 'sharp'
import { limits } from '../../limits.ts'
import {
  extraChannels,
  hasUnseen,
  noExtras,
  type ExtraChannels,
  readTiffDirectory,
} from '../tiff-directory.ts'
import type { ImageFormat } from '../../../../shared/domain/media.ts'
import { readBmpHeader, type ImageHeader } from '../header.ts'

/** Loaded when the first picture comes: starting the studio must not wait for it. */
export async function loadSharp() {
  const { default: sharp } = await import('sharp')
  // Its cache goes by content it has seen, and would keep whole pictures in memory.
  sharp.cache(false)
  return sharp
}

/**
 * A crafted picture may ask for hours of work in few bytes. By the clock, for the library has nothing else: long enough
 * for the largest picture on a machine that is busy with other things.
 */
const decodeTimeout = { seconds: 600 }

const movingAvif = { at: 4, name: 'ftypavis' }

/**
 * A moving AVIF says so by its first brand (`avis`), which the library does not know; the still picture that every
 * such file also holds, it decodes.
 */
async function isMovingAvif(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { at, name } = movingAvif
    const { buffer } = await file.read(Buffer.alloc(name.length), 0, name.length, at)
    return buffer.toString('latin1') === name
  } finally {
    await file.close()
  }
}

type Source = { readonly content: string | Uint8Array; readonly moving: boolean }

async function source(input: string | Uint8Array): Promise<Source> {
  if (typeof input !== 'string') return { content: input, moving: false }
  if (await isMovingAvif(input)) {
    const content = await readFile(input)
    content.write('ftypavif', movingAvif.at, 'latin1')
    return { content, moving: true }
  }
  // The library takes a name that ends in brackets for a list of options; such a file is read into memory first.
  return { content: input.includes('[') ? await readFile(input) : input, moving: false }
}

type Opened = Source & {
  readonly options: Pick<SharpOptions, 'unlimited'>
  readonly header: Metadata
}

/**
 * Reads a header, whatever size it tells. Phones cut large HEIC pictures into more parts than the library allows a
 * file to have; the limits on pixels, memory and time hold for such a file all the same.
 */
export async function openHeader(input: string | Uint8Array): Promise<Opened> {
  const sharp = await loadSharp()
  const { content, moving } = await source(input)
  const read = (options: Opened['options']) =>
    sharp(content, { ...options, limitInputPixels: false }).metadata()
  try {
    return { content, moving, options: {}, header: await read({}) }
  } catch (error) {
    if (!/exceeds the security limit of \d+ items/.test(String(error))) throw error
    const options = { unlimited: true }
    return { content, moving, options, header: await read(options) }
  }
}

/** The kind of colours a profile describes: `RGB `, `GRAY`, `CMYK` (ICC.1:2022, 7.2.8). */
const coloursOf = (profile: Uint8Array | undefined) =>
  profile === undefined ? null : Buffer.from(profile).toString('latin1', 16, 20)

/**
 * The picture in sRGB, decoded, without the channels of a TIFF that are no part of what is seen: nothing here could lay
 * those on a background.
 */
async function decoded(picture: Sharp, { count, alpha }: ExtraChannels): Promise<Sharp> {
  const { data, info } = await picture.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const kept = channels - count + (alpha ? 1 : 0)
  const seen = kept === channels ? data : Buffer.alloc(width * height * kept)
  if (kept !== channels)
    for (let pixel = 0; pixel < width * height; pixel += 1)
      data.copy(seen, pixel * kept, pixel * channels, pixel * channels + kept)
  const sharp = await loadSharp()
  return sharp(seen, { raw: { width, height, channels: kept as 1 | 2 | 3 | 4 } })
}

function inSrgb(picture: Sharp, space: string, profile: string | null): Sharp {
  if (space === 'rgb16') return picture.pipelineColourspace('srgb')
  if (space !== 'b-w' && space !== 'grey16') return picture
  // In grey a colour painted into the picture would only leave its brightness.
  if (profile !== 'GRAY') return picture.pipelineColourspace('srgb')
  // Its profile makes it a picture in colour, but only from 8 bits.
  return space === 'grey16' ? picture.pipelineColourspace('b-w') : picture
}

/**
 * A picture to be decoded, upright, its first page only, in sRGB of 8 bits before anything is done to it; decoding
 * fails at the first damage.
 */
export async function openPixels(input: string | Uint8Array): Promise<Sharp> {
  const sharp = await loadSharp()
  const { content, options, header } = await openHeader(input)
  const picture = sharp(content, {
    ...options,
    limitInputPixels: limits.imagePixels,
    failOn: 'error',
    pages: 1,
  })
    .timeout(decodeTimeout)
    .autoOrient()
  const profile = coloursOf(header.icc)
  const extras =
    typeof input === 'string' && header.format === 'tiff'
      ? extraChannels(await readTiffDirectory(input))
      : noExtras
  // The library works on such a picture in Display P3, the colours painted into it included, unless asked for more.
  if (header.space === 'rgb16' && profile === 'RGB ')
    return decoded(picture.withIccProfile('srgb', { attach: false }), extras)
  const inColour = inSrgb(picture, header.space, profile)
  return hasUnseen(extras) ? decoded(inColour, extras) : inColour
}

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
