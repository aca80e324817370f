import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { Bytes } from '../../shared/units.ts'
import { accepted, refusal, type OrRefusal } from './refusals.ts'

const quote = 0x22
const backslash = 0x5c

type LongStringScanner = {
  /** Takes the next bytes of a JSON text and returns the bytes of an over-long string among them. */
  readonly take: (chunk: Buffer) => readonly Buffer[]
  /** The JSON text with every over-long string replaced by `mark`. */
  readonly shortText: () => string
  readonly shortBytes: () => number
  readonly longStrings: () => number
}

/**
 * Removes strings longer than `limit` bytes from a JSON text as it streams by, so that an image of ten megabytes in
 * base64 is never held in memory. Removed bytes are still escaped.
 */
export function createLongStringScanner(limit: number, mark: string): LongStringScanner {
  const short: Buffer[] = []
  let shortBytes = 0
  let longStrings = 0
  /** The string being read, without its quotes: kept until it turns out to be long. */
  let held: Buffer[] = []
  let heldBytes = 0
  let place: 'outside' | 'short' | 'long' = 'outside'
  let escaped = false

  const keep = (bytes: Buffer) => {
    short.push(bytes)
    shortBytes += bytes.length
  }

  function endOfString(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      if (escaped) escaped = false
      else if (chunk[at] === backslash) escaped = true
      else if (chunk[at] === quote) return at
    }
    return chunk.length
  }

  function insideString(bytes: Buffer): readonly Buffer[] {
    if (place === 'long') return [bytes]
    held.push(bytes)
    heldBytes += bytes.length
    if (heldBytes <= limit) return []
    place = 'long'
    longStrings += 1
    keep(Buffer.from(mark))
    const taken = held
    held = []
    return taken
  }

  function closeString(closingQuote: Buffer) {
    for (const bytes of held) keep(bytes)
    keep(closingQuote)
    held = []
    heldBytes = 0
    place = 'outside'
  }

  return {
    take: (chunk) => {
      const taken: Buffer[] = []
      let at = 0
      while (at < chunk.length) {
        if (place === 'outside') {
          const next = chunk.indexOf(quote, at)
          const end = next < 0 ? chunk.length : next + 1
          keep(chunk.subarray(at, end))
          if (next >= 0) place = 'short'
          at = end
          continue
        }
        const end = endOfString(chunk, at)
        taken.push(...insideString(chunk.subarray(at, end)))
        if (end < chunk.length) closeString(chunk.subarray(end, end + 1))
        at = end + 1
      }
      return taken
    },
    shortText: () => Buffer.concat(short).toString('utf8'),
    shortBytes: () => shortBytes,
    longStrings: () => longStrings,
  }
}

const bodyLimit: Bytes = 20 * 1024 * 1024
const stringLimit: Bytes = 64 * 1024
const shortLimit: Bytes = 512 * 1024

/** `longText` is the file with the one over-long string; in `json` its value is `mark`. */
export type Body = {
  readonly json: unknown
  readonly mark: string
  readonly longText: string | null
}

/** Reads a JSON body; a long string in it goes to the file `longTextPath` as it comes. */
export async function readBody(request: IncomingMessage, longTextPath: string): Promise<OrRefusal<Body>> {
  const mark = `long-${randomUUID()}`
  const scanner = createLongStringScanner(stringLimit, mark)
  const file = await open(longTextPath, 'w', 0o600)
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      // The rest is read and dropped: a client in the middle of sending would see a reset instead of this answer.
      if (bytes > bodyLimit || scanner.shortBytes() > shortLimit) continue
      const taken = scanner.take(chunk)
      if (taken.length > 0) await file.write(Buffer.concat(taken))
    }
  } finally {
    await file.close()
  }
  if (bytes > bodyLimit) return refusal(1200, 'The request body is larger than 20 MB')
  if (scanner.shortBytes() > shortLimit)
    return refusal(1200, 'The request body holds too much besides the image')
  if (scanner.longStrings() > 1) return refusal(1201, 'Only image_url may be this long')
  const json = parse(scanner.shortText())
  if (json.refused) return json
  return accepted({ json: json.value, mark, longText: scanner.longStrings() === 1 ? longTextPath : null })
}

function parse(text: string): OrRefusal<unknown> {
  try {
    return accepted(JSON.parse(text, exactIntegers))
  } catch {
    return refusal(1200, 'The request body is not valid JSON')
  }
}

/** Element ids have 64 bits: an integer that a double would round becomes a bigint. */
function exactIntegers(
  this: unknown,
  _key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const source = context?.source
  return source !== undefined && /^-?\d{1,30}$/.test(source) ? BigInt(source) : value
}

/**
 * Decodes raw base64 into a file, piece by piece. Returns false for anything but the standard alphabet with correct
 * padding. `\/` counts as `/`: some JSON writers escape it.
 */
export async function decodeBase64(
  pieces: AsyncIterable<string> | Iterable<string>,
  target: string,
): Promise<boolean> {
  const file = await open(target, 'w', 0o600)
  let rest = ''
  let padded = false
  try {
    for await (const piece of pieces) {
      const text = unescaped(rest + piece)
      const complete = text.endsWith('\\') ? text.length - 1 : text.length
      const ready = text.slice(0, complete - (complete % 4))
      rest = text.slice(ready.length)
      if (ready === '') continue
      if (padded || !/^[A-Za-z0-9+/]+={0,2}$/.test(ready)) return false
      padded = ready.endsWith('=')
      await file.write(Buffer.from(ready, 'base64'))
    }
  } finally {
    await file.close()
  }
  return rest === ''
}

const unescaped = (text: string) => text.replaceAll('\\/', '/')
