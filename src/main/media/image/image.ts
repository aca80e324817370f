import { errorCode } from '../../files/error-code.ts'
import type { CharacterFacts, ImageFormat } from '../../../shared/domain/media.ts'
import { cancelled, ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes } from '../../../shared/units.ts'
import { doPictureWork } from '../../pictures/do-picture-work.ts'
import { limits } from '../limits.ts'
import { decodeBmp } from './bmp.ts'
import { profileName } from './header.ts'
import { decodeHeic } from './heic.ts'
import { tooManyBytes, tooManyPixels, undecoded } from './problems.ts'
import { readTiffDirectory, unreadTiff } from './tiff-directory.ts'
import type { MediaTools, Running } from '../media.ts'
import { doing } from '../problems.ts'
import { unlessAborted } from '../source-file.ts'
import { unreadKind } from '../probe/problems.ts'
import { unreadable } from '../probe/read-head.ts'

/** Errors of the file system have a code; every other error is about the image. */
const unopened = (path: string, error: unknown): Failure =>
  /^E[A-Z]+$/.test(errorCode(error)) ? unreadable(path, error) : undecoded(path, error)

/** Facts of an image from its header alone, so that a crafted one is never unpacked. */
export async function measureImage(
  path: string,
  { format, bytes }: { readonly format: ImageFormat; readonly bytes: Bytes },
  signal?: AbortSignal,
): Promise<Outcome<CharacterFacts>> {
  if (bytes > limits.imageBytes) return tooManyBytes(path, bytes)
  try {
    const unread = format === 'tiff' ? unreadTiff(await readTiffDirectory(path)) : null
    if (unread) return unreadKind(path, unread)
    const { profile, ...header } = await doPictureWork('header', [path, format], { signal })
    if (header.width * header.height > limits.imagePixels)
      return tooManyPixels(path, header.width, header.height)
    return ok({ kind: 'character', bytes, ...header, colourProfile: profileName(profile) })
  } catch (error) {
    return unopened(path, error)
  }
}

/** What sharp can open: the file itself, or the output of another decoder. */
async function readable(
  mediaTools: Pick<MediaTools, 'run' | 'ffmpeg'>,
  path: string,
  facts: CharacterFacts,
  running: Running,
): Promise<Outcome<string | Uint8Array>> {
  if (facts.format !== 'heic' && facts.format !== 'bmp') return ok(path)
  const header = await doPictureWork('header', [path, facts.format], { signal: running.signal })
  if (header.width * header.height > limits.imagePixels)
    return tooManyPixels(path, header.width, header.height)
  return facts.format === 'bmp'
    ? decodeBmp(mediaTools, path, header, running)
    : decodeHeic(path, header, running.signal)
}

/**
 * Calls `work` with what sharp can open, and with the memory that may be transferred; every error inside is about the
 * file.
 */
export async function withImage<T>(
  mediaTools: Pick<MediaTools, 'run' | 'ffmpeg'>,
  path: string,
  facts: CharacterFacts,
  work: (input: string | Uint8Array, handOver: readonly ArrayBuffer[]) => Promise<T>,
  running: Running = {},
): Promise<Outcome<T>> {
  const { signal } = running
  const stopped = cancelled(doing.reading(path))
  const read = async (): Promise<Outcome<T>> => {
    const input = await readable(mediaTools, path, facts, running)
    if (!input.ok) return input
    if (signal?.aborted) return stopped
    const { value } = input
    return ok(await work(value, typeof value === 'string' ? [] : [value.buffer as ArrayBuffer]))
  }
  try {
    return (await unlessAborted(read(), signal)) ?? stopped
  } catch (error) {
    return unopened(path, error)
  }
}
