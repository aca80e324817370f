import { readFile } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import type { CharacterFacts, ImageFormat } from '../../shared/media.ts'
import { cancelled, fail, ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import { formatBytes, type Bytes } from '../../shared/units.ts'
import { limits } from './guards.ts'
import { nameOf } from './naming.ts'
import { unreadable } from './read-head.ts'

/** Loaded when the first picture comes: starting the studio must not wait for it. */
async function loadSharp() {
  const { default: sharp } = await import('sharp')
  // Its cache goes by content it has seen, and would keep whole pictures in memory.
  sharp.cache(false)
  return sharp
}

/** Named for people; both kinds can be recognised but not decoded by the picture library as it is shipped. */
const undecodable: Partial<Record<ImageFormat, string>> = { heic: 'HEIC', bmp: 'BMP' }

const damaged = (path: string, error: unknown): Failure =>
  fail('file-damaged', `“${nameOf(path)}” is damaged or not complete.`, {
    advice: 'Open it in a picture viewer, save it again as JPEG or PNG, and choose that.',
    detail: error instanceof Error ? error.message : String(error),
  })

/**
 * Opens a picture for decoding. It is read into memory first because the library below takes a name that ends in
 * brackets for a list of options.
 */
async function open(path: string): Promise<Outcome<Sharp>> {
  const sharp = await loadSharp()
  try {
    const content = await readFile(path)
    return ok(sharp(content, { limitInputPixels: limits.imagePixels, failOn: 'error', pages: 1 }))
  } catch (error) {
    return unreadable(path, error)
  }
}

/** Decodes a picture upright and hands it to `work`; everything that goes wrong inside is the file's fault. */
export async function withImage<T>(
  path: string,
  work: (picture: Sharp) => Promise<T>,
  signal?: AbortSignal,
): Promise<Outcome<T>> {
  const opened = await open(path)
  if (!opened.ok) return opened
  if (signal?.aborted) return cancelled(`Reading “${nameOf(path)}”`)
  try {
    const value = await work(opened.value.autoOrient())
    return signal?.aborted ? cancelled(`Reading “${nameOf(path)}”`) : ok(value)
  } catch (error) {
    return damaged(path, error)
  }
}

function refusal(path: string, format: ImageFormat, bytes: Bytes): Failure | null {
  const unread = undecodable[format]
  if (unread !== undefined)
    return fail(
      'input-refused',
      `“${nameOf(path)}” is a ${unread} picture, which the studio cannot read yet.`,
      {
        advice: 'Save it as JPEG or PNG and choose that.',
      },
    )
  if (bytes > limits.imageBytes)
    return fail(
      'file-too-large',
      `“${nameOf(path)}” is ${formatBytes(bytes)}; the studio reads pictures up to ${formatBytes(limits.imageBytes)}.`,
      {
        advice: 'Save a smaller version of it and choose that.',
      },
    )
  return null
}

/** Facts of a picture from its header alone: a crafted one must not get to unpack itself. */
export async function measureImage(
  path: string,
  { format, bytes }: { readonly format: ImageFormat; readonly bytes: Bytes },
): Promise<Outcome<CharacterFacts>> {
  const problem = refusal(path, format, bytes)
  if (problem) return problem
  const sharp = await loadSharp()
  try {
    const header = sharp(await readFile(path), { limitInputPixels: false })
    const { autoOrient, orientation, hasAlpha, pages, space } = await header.metadata()
    const { width, height } = autoOrient
    if (width * height > limits.imagePixels)
      return fail(
        'input-refused',
        `“${nameOf(path)}” is ${width} × ${height} pixels; the studio reads up to 120 million.`,
        {
          advice: 'Save a smaller version of it and choose that.',
        },
      )
    return ok({
      kind: 'character',
      bytes,
      format,
      width,
      height,
      orientation: orientation ?? 1,
      alpha: hasAlpha,
      animated: (pages ?? 1) > 1 && format !== 'tiff',
      colourSpace: space,
      colourProfile: null,
    })
  } catch (error) {
    return error instanceof Error && 'code' in error ? unreadable(path, error) : damaged(path, error)
  }
}
