import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sharp } from 'sharp'
import type { PreparedCharacter } from '../../shared/media.ts'
import { cancelled, fail, ok, type Outcome } from '../../shared/outcome.ts'
import { formatBytes, type Bytes, type Pixels } from '../../shared/units.ts'
import { withImage } from './image.ts'
import type { Kit } from './kit.ts'
import type { CharacterJob, Running } from './media.ts'
import { nameOf } from './naming.ts'
import { alreadyThere, isSameFile, putInPlace } from './put-in-place.ts'

/** "10 MB" in either reading of the word. */
const usualLimit: Bytes = 10_000_000

/** From indistinguishable to just acceptable; below that a smaller picture looks better. */
const qualities = [95, 90, 85, 80, 72]
const smallestSide: Pixels = 300

type Written = {
  readonly content: Uint8Array
  readonly width: Pixels
  readonly height: Pixels
  readonly format: 'jpeg' | 'png'
}

async function encode(picture: Sharp, format: 'jpeg' | 'png', quality: number): Promise<Written> {
  const coded =
    format === 'png'
      ? picture.clone().png({ compressionLevel: 9 })
      : picture.clone().jpeg({ quality, chromaSubsampling: quality >= 90 ? '4:4:4' : '4:2:0' })
  const { data, info } = await coded.toBuffer({ resolveWithObject: true })
  return { content: data, width: info.width, height: info.height, format }
}

/** The best version within `maxBytes`: PNG stays PNG if it can, then JPEG of falling quality, then fewer pixels. */
async function encodeToFit(
  picture: Sharp,
  job: CharacterJob,
  maxBytes: Bytes,
  stopped: () => boolean,
): Promise<Written | null> {
  let side = Math.min(job.maxSide ?? Infinity, Math.max(job.facts.width, job.facts.height))
  for (let first = true; side >= smallestSide; side = Math.floor(side * 0.8), first = false) {
    const fitted = picture
      .clone()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    if (first && job.facts.format === 'png') {
      const lossless = await encode(fitted, 'png', 100)
      if (lossless.content.length <= maxBytes) return lossless
    }
    for (const quality of qualities) {
      if (stopped()) return null
      const coded = await encode(fitted, 'jpeg', quality)
      if (coded.content.length <= maxBytes) return coded
      // Far too heavy: the steps in between would only cost time.
      if (coded.content.length > maxBytes * 4) break
    }
  }
  return null
}

/** The character as it is sent: upright, sRGB, on white where it was see-through, without metadata. */
export async function prepareImage(
  kit: Pick<Kit, 'noteFile'>,
  job: CharacterJob,
  { signal, onProgress }: Running = {},
): Promise<Outcome<PreparedCharacter>> {
  const maxBytes = job.maxBytes ?? usualLimit
  const made = await withImage(
    job.source,
    (image) =>
      encodeToFit(image.flatten({ background: '#ffffff' }).toColourspace('srgb'), job, maxBytes, () =>
        Boolean(signal?.aborted),
      ),
    signal,
  )
  if (!made.ok) return made
  const written = made.value
  if (written === null)
    return fail(
      'input-refused',
      `“${nameOf(job.source)}” cannot be made as small as ${formatBytes(maxBytes)}.`,
      { advice: 'Choose a simpler or smaller picture.' },
    )
  const path = join(job.folder, `${job.name}.${written.format === 'png' ? 'png' : 'jpg'}`)
  if (await isSameFile(job.source, path)) return alreadyThere(path)
  const placed = await putInPlace(kit, path, 'replace', async (temporary) => {
    if (signal?.aborted) return cancelled(`Preparing “${nameOf(job.source)}”`)
    await writeFile(temporary, written.content, { flag: 'wx' })
    return ok(null)
  })
  if (!placed.ok) return placed
  onProgress?.(1)
  return ok({
    path,
    bytes: written.content.length,
    sha256: createHash('sha256').update(written.content).digest('hex'),
    width: written.width,
    height: written.height,
    format: written.format,
  })
}
