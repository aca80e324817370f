import { randomBytes } from 'node:crypto'
import { access, constants, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { LRUCache } from 'lru-cache'
import type { FileRef, FolderView, MediaUrl } from '../../shared/domain/views.ts'
import { type Outcome, ok } from '../../shared/outcome.ts'
import { type Bytes, MiB } from '../../shared/units.ts'
import { errorCode } from './error-code.ts'
import { createMediaHandler } from './serve.ts'
import { isFolder, notAFile, fileEmpty, fileMissing, fileUnreadable, unknownFile } from './problems.ts'

/** Stands between paths and the renderer: the renderer holds random tokens, this keeps what they mean. */
export type FileTokens = {
  /** A token for a file the user chose; a problem when it is missing, empty, a folder or unreadable. */
  readonly register: (path: string) => Promise<Outcome<FileRef>>
  readonly path: (token: string) => Outcome<string>
  /** A URL a player can load, with ranges, for as long as this process runs. */
  readonly serveUrl: (path: string) => MediaUrl
  /** The same for bytes made on the fly, such as a first picture. */
  readonly serveBytes: (bytes: Uint8Array, contentType: string) => MediaUrl
  /** Answers `media://` and `/media/` requests with exact byte ranges. */
  readonly serve: (request: Request) => Promise<Response>
}

/** The browser face's own file dialog: lists folders inside the user's home and mounted media, nothing else. */
export type FolderLister = {
  readonly list: (folder: string | null) => Promise<Outcome<FolderView>>
  readonly folderPath: (token: string) => Outcome<string>
  /** The token of a folder that may be listed; null for every other path. */
  readonly folderToken: (path: string) => Promise<string | null>
}

type Entry = { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string }

/** What an entry costs beside its bytes. */
const entryOverhead: Bytes = 1024
const maxPictureBytes: Bytes = 64 * MiB

/** What was used last; the newest entry is always kept. */
const createRecentBytes = () =>
  new LRUCache<string, Entry>({
    maxSize: maxPictureBytes,
    sizeCalculation: ({ bytes }) => Math.min(bytes.byteLength + entryOverhead, maxPictureBytes),
  })

/** 22 URL-safe characters: 132 random bits. */
export const randomToken = (): string => randomBytes(17).toString('base64url').slice(0, 22)

/** Tokens by path and paths by token; the same path keeps its token for as long as the process runs. */
export type Tokens = ReturnType<typeof createTokens>

export function createTokens(prefix: string) {
  const tokens = new Map<string, string>()
  const paths = new Map<string, string>()
  return {
    tokenOf: (path: string): string => {
      const known = tokens.get(path)
      if (known !== undefined) return known
      const token = prefix + randomToken()
      tokens.set(path, token)
      paths.set(token, path)
      return token
    },
    pathOf: (token: string): string | undefined => paths.get(token),
  }
}

async function readableFile(path: string): Promise<Outcome<{ readonly bytes: number }>> {
  const name = basename(path)
  try {
    const found = await stat(path)
    if (found.isDirectory()) return isFolder(name)
    if (!found.isFile()) return notAFile(name)
    if (found.size === 0) return fileEmpty(name)
    await access(path, constants.R_OK)
    return ok({ bytes: found.size })
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return fileMissing(name)
    return fileUnreadable(name, error)
  }
}

/** `mediaBase` is what the face puts before a token: `media://take/` or `/media/`. */
export function createFileTokens({ mediaBase }: { readonly mediaBase: string }): FileTokens {
  const files = createTokens('f_')
  // Published apart from adopted: a token for asking the core something is not one for loading bytes.
  const published = createTokens('m_')
  const pictures = createRecentBytes()

  const serve = createMediaHandler((token) => {
    const path = published.pathOf(token)
    if (path !== undefined) return { kind: 'file', path }
    const picture = pictures.get(token)
    return picture && { kind: 'bytes', ...picture }
  })

  return {
    serve,
    register: async (path): Promise<Outcome<FileRef>> => {
      const absolute = resolve(path)
      const file = await readableFile(absolute)
      if (!file.ok) return file
      return ok({ token: files.tokenOf(absolute), name: basename(absolute), bytes: file.value.bytes })
    },
    path: (token) => {
      const path = files.pathOf(token)
      return path === undefined ? unknownFile : ok(path)
    },
    serveUrl: (path) => mediaBase + published.tokenOf(resolve(path)),
    serveBytes: (bytes, contentType) => {
      const token = `m_${randomToken()}`
      pictures.set(token, { bytes: new Uint8Array(bytes), contentType })
      return mediaBase + token
    },
  }
}
