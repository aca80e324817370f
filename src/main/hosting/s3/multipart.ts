import { fileChanged, fileUnreadable } from './problems.ts'
import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { type Bytes, MiB } from '../../../shared/units.ts'
import type { FileToHost, Putting, UploadNote } from '../hosts.ts'
import type { S3Note, S3Session, Tried } from './session.ts'
import type { SentPart } from './sdk.ts'

type Body = { readonly body: Uint8Array; readonly md5: string }

/** Reads stretches of a file that must not change meanwhile. */
export type BodyReader = (offset: Bytes, length: Bytes) => Promise<Outcome<Body>>

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

/** Opens the file for `use`, which reads as much of it at a time as it can hold. */
export async function withBody<T>(
  { path, bytes }: FileToHost,
  use: (read: BodyReader) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    return fileUnreadable(error)
  }
  try {
    if ((await handle.stat()).size !== bytes) return fileChanged()
    return await use(async (offset, length) => {
      try {
        const body = await readFully(handle, offset, length)
        return body === null
          ? fileChanged()
          : ok({ body, md5: createHash('md5').update(body).digest('base64') })
      } catch (error) {
        return fileUnreadable(error)
      }
    })
  } finally {
    await handle.close()
  }
}

const partBytes: Bytes = 8 * MiB
const atOnce = 4

type Sending = {
  readonly session: S3Session
  readonly file: FileToHost
  readonly read: BodyReader
  readonly note: UploadNote
  readonly putting: Putting
}
type Begun = S3Note & { readonly upload: NonNullable<S3Note['upload']> }

const byNumber = (one: SentPart, other: SentPart) => one.number - other.number

async function begin({ session, file, note, putting }: Sending, start: S3Note): Promise<Tried<Begun>> {
  const id = await session.attempt(
    (calls, signal) => calls.begin({ key: start.key, contentType: file.contentType }, signal),
    putting.signal,
  )
  if (!id.ok) return id
  const begun = { ...start, upload: { id: id.value, parts: [] } }
  note.write(begun)
  return ok(begun)
}

/** Sends what is missing, several parts at once; each one that arrived is written down before the next is read. */
async function sendParts(sending: Sending, begun: Begun): Promise<Tried<readonly SentPart[]>> {
  const { session, file, read, note, putting } = sending
  const count = Math.ceil(file.bytes / partBytes)
  const sent = new Map(begun.upload.parts.map((part) => [part.number, part]))
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((number) => !sent.has(number))
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, ...(putting.signal ? [putting.signal] : [])])
  const list = () => [...sent.values()].sort(byNumber)
  let failure: Extract<Tried<never>, { ok: false }> | undefined

  const sendOne = async (number: number): Promise<Tried<null>> => {
    const offset = (number - 1) * partBytes
    const part = await read(offset, Math.min(partBytes, file.bytes - offset))
    if (!part.ok) return { ...part, gone: false }
    const { id } = begun.upload
    const etag = await session.attempt(
      (calls, signal) => calls.putPart({ key: begun.key, upload: id, number, ...part.value }, signal),
      signal,
    )
    if (!etag.ok) return etag
    sent.set(number, { number, etag: etag.value })
    note.write({ ...begun, upload: { id, parts: list() } })
    putting.onProgress?.(sent.size / count)
    return ok(null)
  }
  const work = async () => {
    for (let next = missing.shift(); next !== undefined; next = missing.shift()) {
      const done = await sendOne(next)
      if (done.ok) continue
      // The first failure is the reason; the others only stopped because of it.
      failure ??= done
      stop.abort()
      return
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return failure ?? ok(list())
}

/** The answer to an earlier end of this upload may have been lost: then the whole file is there already. */
async function isThere({ session, file, putting }: Sending, key: string): Promise<boolean> {
  const size = await session.attempt((calls, signal) => calls.size({ key }, signal), putting.signal)
  return size.ok && size.value === file.bytes
}

async function sendAll(sending: Sending, begun: Begun): Promise<Tried<null>> {
  const parts = await sendParts(sending, begun)
  if (!parts.ok) return parts
  const { key, upload } = begun
  return sending.session.attempt(async (calls, signal) => {
    await calls.finish({ key, upload: upload.id, parts: parts.value }, signal)
    return null
  }, sending.putting.signal)
}

/** Sends a large file in parts and continues where its note ends. An upload that the bucket forgot starts over, once. */
export async function sendMultipart(sending: Sending, start: S3Note): Promise<Outcome<null>> {
  const { upload } = start
  const resumed = upload !== null
  const begun = resumed ? ok({ ...start, upload }) : await begin(sending, start)
  if (!begun.ok) return begun
  const done = await sendAll(sending, begun.value)
  if (done.ok || !done.gone) return done
  if (await isThere(sending, start.key)) return ok(null)
  if (!resumed) return done
  const fresh = { ...start, upload: null }
  sending.note.write(fresh)
  return sendMultipart(sending, fresh)
}
