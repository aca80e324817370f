const quote = 0x22
const backslash = 0x5c

export type LongStringScanner = {
  /** Takes the next bytes of a JSON text and answers the bytes of an over-long string among them. */
  readonly take: (chunk: Buffer) => readonly Buffer[]
  /** The JSON text with every over-long string replaced by `mark`. */
  readonly shortText: () => string
  readonly shortBytes: () => number
  readonly longStrings: () => number
}

/**
 * Takes strings longer than `limit` bytes out of a JSON text as it streams by, so that an image of ten megabytes in
 * base64 is never held in memory. What it takes out is still escaped.
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
