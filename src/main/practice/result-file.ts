import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { readByteRange } from '../files/byte-range.ts'
import type { Bytes } from '../../shared/units.ts'

type Asked = { readonly path: string; readonly etag: string; readonly cutAfter?: Bytes | undefined }

/** Answers GET and HEAD for a finished video: whole, or the one byte range that was asked for. */
export async function sendResult(
  request: IncomingMessage,
  response: ServerResponse,
  { path, etag, cutAfter }: Asked,
): Promise<void> {
  const { size } = await stat(path)
  const { range: rangeHeader = null, 'if-range': ifRange } = request.headers
  const range = readByteRange(ifRange === undefined || ifRange === etag ? rangeHeader : null, size)
  const always = { 'accept-ranges': 'bytes', etag, 'content-type': 'video/mp4', 'cache-control': 'no-store' }
  if (range.kind === 'unsatisfiable') {
    response
      .writeHead(416, { ...always, 'content-range': `bytes */${String(size)}`, 'content-length': 0 })
      .end()
    return
  }
  const { first, last } = range.kind === 'whole' ? { first: 0, last: size - 1 } : range
  const part = range.kind === 'part' && {
    'content-range': `bytes ${String(first)}-${String(last)}/${String(size)}`,
  }
  response.writeHead(part ? 206 : 200, { ...always, ...part, 'content-length': last - first + 1 })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  if (cutAfter !== undefined && cutAfter < last - first + 1) {
    return cutShort(createReadStream(path, { start: first, end: first + cutAfter - 1 }), response)
  }
  await pipeline(createReadStream(path, { start: first, end: last }), response)
}

async function cutShort(part: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
  for await (const chunk of part) await new Promise((sent) => response.write(chunk, sent))
  response.destroy()
}
