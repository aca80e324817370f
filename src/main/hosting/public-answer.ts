import type { IncomingMessage } from 'node:http'
import type { Bytes } from '../../shared/units.ts'

/** What one answer to a ranged question held, with never more than its two edges in memory. */
export type Seen = {
  /** Of the whole file, as far as the answer says so. */
  readonly total: Bytes | null
  /** The first and last bytes of the body, each at most as long as an edge. */
  readonly first: Buffer
  readonly last: Buffer
  readonly received: Bytes
}

/**
 * The size of the whole file: in `Content-Range`, or in `Content-Length` of an answer that is the whole file; without
 * one, as much as came before the answer ended in good order.
 */
function totalOf(
  { statusCode, headers }: IncomingMessage,
  { first, last }: { readonly first: Bytes; readonly last: Bytes },
  received: Bytes,
): Bytes | null {
  if (statusCode === 206) {
    const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
    return Number(from) === first && Number(to) === last ? Number(total) : null
  }
  return /^\d+$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : received
}

/** Reads at most `most` bytes of an answer to the question for the bytes `first` to `last`; throws when it is cut off. */
export async function readAnswer(
  response: IncomingMessage,
  asked: { readonly first: Bytes; readonly last: Bytes },
  { edge, most }: { readonly edge: Bytes; readonly most: Bytes },
): Promise<Seen> {
  const head: Buffer[] = []
  let tail = Buffer.alloc(0)
  let received = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (received < edge) head.push(chunk.subarray(0, edge - received))
    tail = Buffer.concat([tail.subarray(Math.max(0, tail.length + chunk.length - edge)), chunk]).subarray(
      -edge,
    )
    received += chunk.length
    if (received > most) break
  }
  const total = totalOf(response, asked, received)
  return { total, first: Buffer.concat(head), last: tail, received }
}
