import { errorCode } from '../../files/error-code.ts'
import { open as openFile, stat as statFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { ClipContainer } from '../../../shared/domain/media.ts'
import { fail, ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes } from '../../../shared/units.ts'
import { displayName } from '../source-file.ts'
import { otherKind } from '../../files/other-kinds.ts'
import { headLength, isAnimatedWebp, isDrawing, movingAs, sniff, type Sniffed } from '../../files/sniff.ts'

/** The two questions put to the file system; passed in so that a refusal can be played. */
export type FileAccess = {
  readonly stat: (path: string) => Promise<{
    readonly size: number
    readonly isFile: () => boolean
    readonly isDirectory: () => boolean
  }>
  readonly head: (path: string, length: number) => Promise<Uint8Array>
}

const diskAccess: FileAccess = {
  stat: (path) => statFile(path),
  head: async (path, length) => {
    const file = await openFile(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  },
}

export const acceptedClips = 'Choose an MP4, MOV, WebM, MKV, AVI, MTS, MPEG, WMV or FLV video, or a GIF.'
const acceptedImages = 'Choose a JPEG, PNG, HEIC, WebP, AVIF, GIF, TIFF or BMP image.'

/** Why a file cannot be read at all, as a sentence. Anything but a file system's refusal is a bug and thrown on. */
export function unreadable(path: string, error: unknown): Failure {
  const code = errorCode(error)
  if (code === '') throw error
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return fail('file-missing', `There is no file “${displayName(path)}”.`, {
      advice: 'It may have been moved, renamed or deleted. Choose it again.',
    })
  const refused = code === 'EACCES' || code === 'EPERM'
  return fail('file-unreadable', `“${displayName(path)}” can’t be read.`, {
    advice: refused
      ? 'You don’t have permission to read it. Change its permissions or copy it somewhere else.'
      : 'Its disk may be damaged or disconnected. Copy the file to this computer and choose the copy.',
    detail: code,
  })
}

const imageNames = [
  '.jpg',
  '.jpeg',
  '.png',
  '.webp',
  '.avif',
  '.heic',
  '.heif',
  '.gif',
  '.tif',
  '.tiff',
  '.bmp',
]

function unknownKind(path: string): Failure {
  if (imageNames.includes(extname(path).toLowerCase()))
    return fail('not-an-image', `“${displayName(path)}” isn’t an image, despite its name.`, {
      advice: acceptedImages,
    })
  return fail('not-a-video', `“${displayName(path)}” isn’t a video or image that Understudy can read.`, {
    advice: `${acceptedClips} ${acceptedImages.replace('Choose', 'For a character:')}`,
  })
}

const drawing = (path: string): Failure =>
  fail('not-an-image', `“${displayName(path)}” is a drawing (SVG) and has no pixels.`, {
    advice: 'Export it as PNG from a drawing program and choose that.',
  })

/** For a picture of a kind that is known, and that nothing here decodes. */
export const unreadKind = (path: string, kind: string): Failure =>
  fail('not-an-image', `“${displayName(path)}” is ${kind}, which Understudy can’t read.`, {
    advice: 'Open it in the program it comes from, export it as JPEG or PNG and choose that.',
  })

export type Head = {
  readonly sniffed: Sniffed
  readonly bytes: Bytes
  /** How a picture that may move is read where a clip is wanted. */
  readonly movingAs: ClipContainer | null
  readonly animatedWebp: boolean
}

/** What a file claims to be by its first bytes, before any tool opens it: text and playlists end here. */
export async function readHead(path: string, access: FileAccess = diskAccess): Promise<Outcome<Head>> {
  try {
    const stats = await access.stat(path)
    if (stats.isDirectory())
      return fail('file-is-folder', `“${displayName(path)}” is a folder.`, {
        advice: 'Choose the file inside it.',
      })
    if (!stats.isFile())
      return fail('file-unreadable', `“${displayName(path)}” isn’t a regular file.`, {
        advice: 'Copy it to a file first.',
      })
    if (stats.size === 0)
      return fail('file-empty', `“${displayName(path)}” is empty.`, {
        advice: 'It may not have been copied completely. Copy it again.',
      })
    const head = await access.head(path, headLength)
    const sniffed = sniff(head)
    if (sniffed !== null)
      return ok({ sniffed, bytes: stats.size, movingAs: movingAs(head), animatedWebp: isAnimatedWebp(head) })
    if (isDrawing(head)) return drawing(path)
    const kind = otherKind(head)
    return kind === null ? unknownKind(path) : unreadKind(path, kind)
  } catch (error) {
    return unreadable(path, error)
  }
}
