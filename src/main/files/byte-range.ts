import type { Bytes } from '../../shared/units.ts'

/** `last` is the last byte that is sent, not the one after it. */
export type ByteRange =
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
