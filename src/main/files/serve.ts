import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Bytes } from '../../shared/units.ts'
import { entityTag } from './file-identity.ts'
import { contentType, headLength } from './sniff.ts'

const chunkBytes = 128 * 1024

/**
 * Bytes `first` to `last` of an open file, read only when the consumer pulls, one chunk at a time. Closes the handle at
 * the end, on an error and when the reader goes away. Written by hand because `Readable.toWeb` can throw outside of
 * any promise when a player cancels (nodejs/node issue 64529).
 */
export function streamRange(handle: FileHandle, first: Bytes, last: Bytes): ReadableStream<Uint8Array> {
  let position = first
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await handle.close()
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>) {
    const wanted = Math.min(chunkBytes, last - position + 1)
    const { bytesRead, buffer } = await handle.read(new Uint8Array(wanted), 0, wanted, position)
    if (closed) return
    if (bytesRead === 0) throw new Error('The file got shorter while it was being read.')
    position += bytesRead
    controller.enqueue(buffer.subarray(0, bytesRead))
    if (position <= last) return
    controller.close()
    await close()
  }

  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          await pull(controller)
        } catch (error) {
          await close()
          throw error
        }
      },
      cancel: close,
    },
    // No reading ahead: an answer that is never read costs nothing.
    { highWaterMark: 0 },
  )
}

/** `last` is the last byte that is sent, not the one after it. */
type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly first: Bytes; readonly last: Bytes }
  | { readonly kind: 'unsatisfiable' }

const whole: ByteRange = { kind: 'whole' }
const unsatisfiable: ByteRange = { kind: 'unsatisfiable' }

/**
 * What a `Range` header asks of a file of `size` bytes. One range is honoured; several ranges, other units and what
 * is not well formed mean the whole file, as RFC 9110 section 14.2 allows.
 */
export function readByteRange(header: string | null, size: Bytes): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header ?? '')
  if (match === null) return whole
  const [, from = '', to = ''] = match
  if (from === '') return to === '' ? whole : lastBytes(Number(to), size)
  const first = Number(from)
  const last = to === '' ? Infinity : Number(to)
  if (last < first) return whole
  if (first >= size) return unsatisfiable
  return { kind: 'part', first, last: Math.min(last, size - 1) }
}

function lastBytes(count: Bytes, size: Bytes): ByteRange {
  if (count === 0 || size === 0) return unsatisfiable
  return { kind: 'part', first: Math.max(size - count, 0), last: size - 1 }
}

const mediaHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** What has to be known about a file or picture before a request for it is answered. */
type MediaFacts = { readonly size: Bytes; readonly type: string; readonly tag: string }

type MediaAnswer = {
  readonly status: 200 | 206 | 416
  readonly headers: Record<string, string>
  /** The bytes of the body, from the first to the last; null for an answer without one. */
  readonly send: { readonly first: Bytes; readonly last: Bytes } | null
}

/** Decides status, headers and bytes of an answer to GET and HEAD. */
export function mediaAnswer(request: Pick<Request, 'method' | 'headers'>, facts: MediaFacts): MediaAnswer {
  const { size, type, tag } = facts
  const range = rangeOf(request, facts)
  const headers = { ...mediaHeaders, 'Accept-Ranges': 'bytes', 'Content-Type': type, ETag: tag }
  if (range.kind === 'unsatisfiable')
    return {
      status: 416,
      headers: { ...headers, 'Content-Length': '0', 'Content-Range': `bytes */${size}` },
      send: null,
    }
  const [first, last] = range.kind === 'part' ? [range.first, range.last] : [0, size - 1]
  const length = last - first + 1
  return {
    status: range.kind === 'part' ? 206 : 200,
    headers: {
      ...headers,
      'Content-Length': String(length),
      ...(range.kind === 'part' && { 'Content-Range': `bytes ${first}-${last}/${size}` }),
    },
    send: request.method === 'GET' && length > 0 ? { first, last } : null,
  }
}

function rangeOf({ method, headers }: Pick<Request, 'method' | 'headers'>, facts: MediaFacts): ByteRange {
  // RFC 9110 defines ranges for GET only.
  if (method !== 'GET') return { kind: 'whole' }
  const condition = headers.get('If-Range')
  // A range of a file that has changed since the player first asked would mix two files: it gets the whole new one.
  if (condition !== null && condition !== facts.tag) return { kind: 'whole' }
  return readByteRange(headers.get('Range'), facts.size)
}

type MediaSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string }

const refuse = (status: number, sentence: string) =>
  new Response(sentence, {
    status,
    headers: { ...mediaHeaders, 'Content-Type': 'text/plain; charset=utf-8' },
  })

const notFound = () => refuse(404, 'There is no such file.')

/**
 * The one `Request → Response` handler for `media://` and `/media/`: the last part of the address is a token, its
 * meaning is looked up, and exact byte ranges are answered so that players can seek.
 */
export function createMediaHandler(find: (token: string) => MediaSource | undefined) {
  return async (request: Request): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'Media files are read-only.')
    const source = find(new URL(request.url).pathname.split('/').at(-1) ?? '')
    if (source === undefined) return notFound()
    return source.kind === 'file' ? answerFile(request, source.path) : answerBytes(request, source)
  }
}

async function answerFile(request: Request, path: string): Promise<Response> {
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return notFound()
  const facts = await fileFacts(handle, path).catch(() => null)
  const answer = facts && mediaAnswer(request, facts)
  // From here on the stream closes the file.
  if (answer?.send) return new Response(streamRange(handle, answer.send.first, answer.send.last), answer)
  await handle.close()
  return answer ? new Response(null, answer) : notFound()
}

async function fileFacts(handle: FileHandle, path: string): Promise<MediaFacts | null> {
  const stat = await handle.stat()
  if (!stat.isFile()) return null
  const head = await handle.read(new Uint8Array(headLength), 0, headLength, 0)
  return {
    size: stat.size,
    type: contentType(basename(path), head.buffer.subarray(0, head.bytesRead)),
    tag: entityTag(stat),
  }
}

function answerBytes(request: Request, source: Extract<MediaSource, { kind: 'bytes' }>): Response {
  const facts = { size: source.bytes.byteLength, type: source.contentType, tag: '"bytes"' }
  const answer = mediaAnswer(request, facts)
  const body = answer.send && source.bytes.subarray(answer.send.first, answer.send.last + 1)
  return new Response(body, answer)
}
