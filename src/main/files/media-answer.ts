import type { Bytes } from '../../shared/units.ts'
import { readByteRange, type ByteRange } from './byte-range.ts'

export const mediaHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** What has to be known about a file or picture before a request for it is answered. */
export type MediaFacts = { readonly size: Bytes; readonly type: string; readonly tag: string }

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
