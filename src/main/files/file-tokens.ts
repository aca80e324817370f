import { access, constants, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { FileRef } from '../../shared/domain/views.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { MiB } from '../../shared/units.ts'
import type { Shelf } from './files.ts'
import { createMediaHandler } from './serve.ts'
import { createRecentBytes } from './recent-bytes.ts'
import { createTokens, randomToken } from './tokens.ts'

const errorCode = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)

async function readableFile(path: string): Promise<Outcome<{ readonly bytes: number }>> {
  const name = basename(path)
  try {
    const found = await stat(path)
    if (found.isDirectory())
      return fail('file-is-folder', `“${name}” is a folder.`, { advice: 'Choose a file inside it.' })
    if (!found.isFile())
      return fail('file-unreadable', `“${name}” is not an ordinary file.`, {
        advice: 'Choose an image or a video file.',
      })
    if (found.size === 0)
      return fail('file-empty', `“${name}” is empty.`, {
        advice: 'Copy the file again from where it came from.',
      })
    await access(path, constants.R_OK)
    return ok({ bytes: found.size })
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      return fail('file-missing', `“${name}” is not there.`, {
        advice: 'Check whether it was moved or renamed, then choose it again.',
      })
    return fail('file-unreadable', `“${name}” cannot be read.`, {
      advice: 'Check that you may open this file, then choose it again.',
      detail: String(errorCode(error) ?? error),
    })
  }
}

/** `mediaBase` is what the face puts before a token: `media://take/` or `/media/`. */
export function createShelf({ mediaBase }: { readonly mediaBase: string }): Shelf {
  const files = createTokens('f_')
  // Published apart from adopted: a token for asking the core something is not one for loading bytes.
  const published = createTokens('m_')
  const pictures = createRecentBytes(64 * MiB)

  const serve = createMediaHandler((token) => {
    const path = published.pathOf(token)
    if (path !== undefined) return { kind: 'file', path }
    const picture = pictures.get(token)
    return picture && { kind: 'bytes', ...picture }
  })

  return {
    serve,
    adopt: async (path): Promise<Outcome<FileRef>> => {
      const absolute = resolve(path)
      const file = await readableFile(absolute)
      if (!file.ok) return file
      return ok({ token: files.tokenOf(absolute), name: basename(absolute), bytes: file.value.bytes })
    },
    path: (token) => {
      const path = files.pathOf(token)
      return path === undefined
        ? fail('not-found', 'This file is no longer known here.', { advice: 'Choose the file again.' })
        : ok(path)
    },
    publish: (path) => mediaBase + published.tokenOf(resolve(path)),
    publishBytes: (bytes, contentType) => {
      const token = `m_${randomToken()}`
      pictures.put(token, { bytes: new Uint8Array(bytes), contentType })
      return mediaBase + token
    },
  }
}
