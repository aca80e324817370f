import { readFile } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { limits } from '../guards.ts'

/** Loaded when the first picture comes: starting the studio must not wait for it. */
export async function loadSharp() {
  const { default: sharp } = await import('sharp')
  // Its cache goes by content it has seen, and would keep whole pictures in memory.
  sharp.cache(false)
  return sharp
}

/** A crafted picture may ask for hours of work in few bytes. */
const patience = { seconds: 60 }

/** The library takes a name that ends in brackets for a list of options; such a file is read into memory first. */
const source = async (path: string): Promise<string | Uint8Array> =>
  path.includes('[') ? readFile(path) : path

/** A picture of which only the header is read: its size is not judged. */
export async function openHeader(path: string): Promise<Sharp> {
  const sharp = await loadSharp()
  return sharp(await source(path), { limitInputPixels: false })
}

/** A picture to be decoded, upright, its first page only; decoding fails at the first damage. */
export async function openPixels(input: string | Uint8Array): Promise<Sharp> {
  const sharp = await loadSharp()
  const content = typeof input === 'string' ? await source(input) : input
  return sharp(content, { limitInputPixels: limits.imagePixels, failOn: 'error', pages: 1 })
    .timeout(patience)
    .autoOrient()
}
