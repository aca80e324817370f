import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CharacterFacts, ImageFormat, PreparedCharacter } from '../../../shared/domain/media.ts'
import { cancelled, ok, type Outcome } from '../../../shared/outcome.ts'
import { layOut } from '../../../shared/domain/picture-geometry.ts'
import type { Bytes } from '../../../shared/units.ts'
import { doPictureWork } from '../../pictures/do-picture-work.ts'
import { changesNothing, type Coded } from './encoding.ts'
import { withImage } from './image.ts'
import type { MediaTools, CharacterJob, Running } from '../media.ts'
import { alreadyThere, doing } from '../problems.ts'
import { isSameFile, putInPlace } from '../put-in-place.ts'
import { imageTooHeavy, imageTooNarrow, writtenUnreadable } from './problems.ts'

const marker = { start: 0xd8, end: 0xd9, scan: 0xda, app0: 0xe0, app14: 0xee, app15: 0xef, comment: 0xfe }
/** Tables and frame headers: all that a decoder needs besides the scans. */
const needed = new Set([
  ...[0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd],
  // Arithmetic coding and its tables.
  ...[0xc9, 0xca, 0xcc],
])

/** Square pixels, no thumbnail. */
const plainJfif = Buffer.from('ffe000104a46494600010100000100010000', 'hex')
/** An Adobe marker with the colour transform, without the version of the program that wrote it. */
const adobe = (transform: number) =>
  Buffer.concat([
    Buffer.from('ffee000e41646f626500640000000000', 'hex').subarray(0, 15),
    Buffer.from([transform]),
  ])

/** The end of a scan’s data: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(content: Uint8Array, from: number): number {
  for (let at = from; at + 1 < content.length; at += 1) {
    if (content[at] !== 0xff) continue
    const next = content[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return content.length
}

/**
 * The same JPEG with nothing but the image: no EXIF, profile, comment or thumbnail, and nothing after its end. null for
 * a file with an unexpected structure, which has to be re-encoded.
 */
export function copyJpegPixels(source: Uint8Array): Uint8Array | null {
  const content = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  const parts: Uint8Array[] = [content.subarray(0, 2)]
  let at = 2
  let scans = 0
  while (at + 2 <= content.length) {
    if (content[at] !== 0xff) return null
    const kind = content[at + 1] ?? 0
    if (kind === 0xff) at += 1
    else if (kind === marker.end) {
      return scans === 0 ? null : Buffer.concat([...parts, content.subarray(at, at + 2)])
    } else {
      const end = at + 4 > content.length ? Infinity : at + 2 + content.readUInt16BE(at + 2)
      if (end > content.length) return null
      const name = content.toString('latin1', at + 4, at + 9)
      if (kind === marker.scan) {
        const scanned = endOfScan(content, end)
        parts.push(content.subarray(at, scanned))
        scans += 1
        at = scanned
        continue
      }
      if (needed.has(kind)) parts.push(content.subarray(at, end))
      else if (kind === marker.app0 && name === 'JFIF\0' && parts.length === 1) parts.push(plainJfif)
      else if (kind === marker.app14 && name === 'Adobe' && end - at >= 16)
        parts.push(adobe(content[at + 15] ?? 0))
      else if (kind !== marker.comment && (kind < marker.app0 || kind > marker.app15)) return null
      at = end
    }
  }
  return null
}

/** 10 MB, whether a provider counts in units of 1000 or 1024. */
const usualLimit: Bytes = 10_000_000

/** Usually lossless; a JPEG would lose quality. */
const losslessFormats: readonly ImageFormat[] = ['png', 'gif', 'bmp', 'tiff']

const plainProfiles = /^sRGB( IEC61966-?2[.-]1)?$/

const isPlain = ({ format, orientation, colourSpace, colourProfile }: CharacterFacts) =>
  format === 'jpeg' &&
  orientation === 1 &&
  (colourSpace === 'srgb' || colourSpace === 'b-w') &&
  (colourProfile === null || plainProfiles.test(colourProfile))

/**
 * A JPEG that already fits keeps its encoded data, because re-encoding loses quality; only metadata is removed. null
 * for every other image.
 */
async function copied(
  { source, facts, fit, ...limits }: CharacterJob,
  maxBytes: Bytes,
): Promise<Coded | null> {
  if (!isPlain(facts)) return null
  const layout = layOut(facts, fit, limits)
  if (layout === null || !changesNothing(layout, facts)) return null
  const content = copyJpegPixels(await readFile(source))
  if (content === null || content.length > maxBytes) return null
  const written = await doPictureWork('measureWritten', [content, 'jpeg'])
  return written?.width === facts.width && written.height === facts.height
    ? { content, format: 'jpeg' }
    : null
}

const tenth = 0.1

/** Reports progress for steps of similar length whose number is unknown. */
function stepper({ signal, onProgress }: Running): () => void {
  let done = 0
  return () => {
    signal?.throwIfAborted()
    done += (1 - done) * 2 * tenth
    onProgress?.(done)
  }
}

/** The character as it is sent: upright, sRGB, laid out as chosen, within all limits, without metadata. */
export async function prepareImage(
  mediaTools: Pick<MediaTools, 'trackFile' | 'run' | 'ffmpeg'>,
  job: CharacterJob,
  running: Running = {},
): Promise<Outcome<PreparedCharacter>> {
  const { signal, onProgress } = running
  const maxBytes = job.maxBytes ?? usualLimit
  const { facts, fit, minSide, maxSide, aspect } = job
  const encoding = {
    size: facts,
    fit,
    limits: { minSide, maxSide, aspect },
    maxBytes,
    lossless: losslessFormats.includes(facts.format),
  }
  const make = async (input: string | Uint8Array, handOver: readonly ArrayBuffer[]) =>
    (await copied(job, maxBytes)) ??
    doPictureWork('encode', [input, encoding], { signal, onStep: stepper(running), handOver })
  const made = await withImage(mediaTools, job.source, facts, make, running)
  if (!made.ok) return made
  if (typeof made.value === 'string')
    return made.value === 'heavy' ? imageTooHeavy(job.source, maxBytes) : imageTooNarrow(job)
  const { content, format } = made.value
  const written = await doPictureWork('measureWritten', [content, format], { signal })
  if (written === null) return writtenUnreadable(job.source)
  const path = join(job.folder, `${job.name}.${format === 'png' ? 'png' : 'jpg'}`)
  if (await isSameFile(job.source, path)) return alreadyThere(path)
  const placed = await putInPlace(mediaTools, path, 'replace', async (temporary) => {
    if (signal?.aborted) return cancelled(doing.preparing(job.source))
    await writeFile(temporary, content, { flag: 'wx' })
    return ok(null)
  })
  if (!placed.ok) return placed
  onProgress?.(1)
  return ok({
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    ...written,
    format,
  })
}
