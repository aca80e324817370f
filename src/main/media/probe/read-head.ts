import { errorCode } from '../../files/error-code.ts'
import { open as openFile, stat as statFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { ClipContainer } from '../../../shared/domain/media.ts'
import { ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes } from '../../../shared/units.ts'
import { otherKind } from '../../files/other-kinds.ts'
import { headLength, isAnimatedWebp, isDrawing, movingAs, sniff, type Sniffed } from '../../files/sniff.ts'
import {
  drawing,
  emptyFile,
  isFolder,
  missingFile,
  notAnImage,
  notMedia,
  notRegularFile,
  unreadableFile,
  unreadKind,
} from './problems.ts'

/** File access, passed in so that tests can simulate a refusal. */
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

/** Why a file cannot be read at all. An error without a file system code is a bug and thrown again. */
export function unreadable(path: string, error: unknown): Failure {
  const code = errorCode(error)
  if (code === '') throw error
  if (code === 'ENOENT' || code === 'ENOTDIR') return missingFile(path)
  return unreadableFile(path, code === 'EACCES' || code === 'EPERM' ? 'permission' : 'disk', code)
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

const unknownKind = (path: string): Failure =>
  imageNames.includes(extname(path).toLowerCase()) ? notAnImage(path) : notMedia(path)

export type Head = {
  readonly sniffed: Sniffed
  readonly bytes: Bytes
  /** The container of an image that may be animated, when a clip is wanted. */
  readonly movingAs: ClipContainer | null
  readonly animatedWebp: boolean
}

/** What a file claims to be by its first bytes, before any tool opens it: text and playlists are refused here. */
export async function readHead(path: string, access: FileAccess = diskAccess): Promise<Outcome<Head>> {
  try {
    const stats = await access.stat(path)
    if (stats.isDirectory()) return isFolder(path)
    if (!stats.isFile()) return notRegularFile(path)
    if (stats.size === 0) return emptyFile(path)
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
