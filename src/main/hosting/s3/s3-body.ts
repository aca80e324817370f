import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes } from '../../../shared/units.ts'
import type { FileToHost } from '../hosts.ts'

export type Body = { readonly body: Uint8Array; readonly md5: string }

/** Reads stretches of a file that must not change meanwhile. */
export type BodyReader = (offset: Bytes, length: Bytes) => Promise<Outcome<Body>>

const changed = () =>
  fail('file-damaged', 'The prepared file changed while it was being sent.', {
    advice: 'Prepare the take again.',
  })

async function readFully(handle: FileHandle, offset: Bytes, length: Bytes): Promise<Uint8Array | null> {
  const body = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(body, filled, length - filled, offset + filled)
    if (bytesRead === 0) return null
    filled += bytesRead
  }
  return body
}

const unreadable = (error: unknown) =>
  fail('file-unreadable', 'The prepared file could not be read, so it was not stored.', {
    advice: 'Prepare the take again.',
    detail: error instanceof Error && 'code' in error ? String(error.code) : String(error),
  })

/** Opens the file for `use`, which reads as much of it at a time as it can hold. */
export async function withBody<T>(
  { path, bytes }: FileToHost,
  use: (read: BodyReader) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    return unreadable(error)
  }
  try {
    if ((await handle.stat()).size !== bytes) return changed()
    return await use(async (offset, length) => {
      try {
        const body = await readFully(handle, offset, length)
        return body === null ? changed() : ok({ body, md5: createHash('md5').update(body).digest('base64') })
      } catch (error) {
        return unreadable(error)
      }
    })
  } finally {
    await handle.close()
  }
}
