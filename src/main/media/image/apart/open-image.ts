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

/** Loaded with the first image, so that it does not slow down the start. */
export async function loadSharp() {
  const { default: sharp } = await import('sharp')
  // Its cache would keep whole images in memory.
  sharp.cache(false)
  return sharp
}

/**
 * A crafted image may need hours of work for a few bytes. This is wall time, since sharp offers nothing else: long
 * enough for the largest image on a busy computer.
 */
const decodeTimeout = { seconds: 600 }

const movingAvif = { at: 4, name: 'ftypavis' }

/**
 * An animated AVIF has the brand `avis`, which sharp does not know; it can decode the still image that every such file
 * also holds.
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
  // libvips reads a name that ends in brackets as a list of options; such a file is read into memory first.
  return { content: input.includes('[') ? await readFile(input) : input, moving: false }
}

type Opened = Source & {
  readonly options: Pick<SharpOptions, 'unlimited'>
  readonly header: Metadata
}

/**
 * Reads a header, whatever its size. Phones split large HEIC images into more tiles than libheif allows; the limits on
 * pixels, memory and time still hold.
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

/** The colour space of a profile: `RGB `, `GRAY`, `CMYK` (ICC.1:2022, 7.2.8). */
const coloursOf = (profile: Uint8Array | undefined) =>
  profile === undefined ? null : Buffer.from(profile).toString('latin1', 16, 20)

/** The image decoded to sRGB, without the extra channels of a TIFF: nothing later could lay those on a background. */
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
  // In a grey image, a colour drawn into it would keep only its brightness.
  if (profile !== 'GRAY') return picture.pipelineColourspace('srgb')
  // Its profile makes it a colour image, but only from 8 bits.
  return space === 'grey16' ? picture.pipelineColourspace('b-w') : picture
}

/** An image ready to decode: upright, its first page only, in 8-bit sRGB; decoding fails at the first damage. */
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
  // sharp processes such an image in Display P3, including colours drawn into it, unless told otherwise.
  if (header.space === 'rgb16' && profile === 'RGB ')
    return decoded(picture.withIccProfile('srgb', { attach: false }), extras)
  const inColour = inSrgb(picture, header.space, profile)
  return hasUnseen(extras) ? decoded(inColour, extras) : inColour
}

/** More chunks than any real image has before its pixels. */
const maxChunks = 1000

/** True for a PNG that announces an animation before its first image. */
async function isAnimatedPng(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(8)
    let at = 8
    for (let nth = 0; nth < maxChunks; nth += 1) {
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

/** sharp takes every extra channel for alpha. */
async function isSeeThrough(path: string): Promise<boolean> {
  const { count, alpha } = extraChannels(await readTiffDirectory(path))
  return count === 0 || alpha
}

/** sharp calls both by the name of their container. */
const nameInside = (format: ImageFormat) => (format === 'avif' || format === 'heic' ? 'heif' : format)

/** What the header of an image says. Throws where it makes no sense. */
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
