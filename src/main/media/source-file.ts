import { basename } from 'node:path'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { visibleText } from '../../shared/text/visible-text.ts'
import { fail, type Failure } from '../../shared/outcome.ts'

const maxShownLength = 80

/** A file's name as a sentence can carry it: control characters and endless names would garble the line. */
export function displayName(path: string): string {
  const name = visibleText(basename(path)).replaceAll(/\s/g, ' ')
  return name.length <= maxShownLength ? name : `${name.slice(0, maxShownLength - 20)}…${name.slice(-19)}`
}

/** What is said about a clip that cannot be taken. */
export const damaged = (path: string, detail?: string): Failure =>
  fail('file-damaged', `“${displayName(path)}” is damaged or incomplete.`, {
    advice: 'Copy or export it again, then choose the new file.',
    ...(detail === undefined ? {} : { detail }),
  })

/** The file may well be whole; ffmpeg takes it for something that it is not let near. */
export const otherKind = (path: string, detail: string): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” is a different file type than it seems, and Understudy can’t read it.`,
    {
      advice: 'Export it as MP4 (H.264 with AAC sound), then choose the new file.',
      detail,
    },
  )

export const copyProtected = (path: string): Failure =>
  fail('input-refused', `“${displayName(path)}” is copy-protected (DRM) and can’t be read.`, {
    advice: 'Choose your own recording, or a version without protection.',
  })

export const onlyDolbyVision = (path: string, profile: number): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” is Dolby Vision profile ${profile}. Only Dolby Vision players show its colours correctly; everywhere else they turn green and purple.`,
    {
      advice: 'Export it as HDR10, HLG or standard (SDR) video, then choose the new file.',
    },
  )

export const severalRecordings = (path: string): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” contains several recordings, so its clock restarts in the middle.`,
    {
      advice: 'Join them in a video editor, or use only one of them.',
    },
  )

export const refused = (path: string, why: string): Failure =>
  fail('input-refused', `“${displayName(path)}” ${why}`, {
    advice: 'Export a smaller version and choose that.',
  })

/** The file may well be whole; one of its tracks is of a codec that is not let near a decoder. */
export const unsupportedCodec = (path: string, codec: string): Failure =>
  fail(
    'input-refused',
    `“${displayName(path)}” has a track encoded as “${codec}”, which Understudy can’t read.`,
    {
      advice: 'Export it as H.264 with AAC sound, then choose the new file.',
    },
  )

/**
 * What `work` comes to, or null as soon as the signal says to stop, for work that cannot be stopped in the middle:
 * it runs to its end, and nobody waits for it.
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (signal === undefined) return work
  const { promise, resolve } = Promise.withResolvers<null>()
  const stop = () => {
    resolve(null)
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    work.catch(() => undefined)
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** One piece of memory for the whole file: a stream would leave a new one behind for every piece it reads. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(256 * 1024)
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
