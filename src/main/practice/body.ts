import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { Bytes } from '../../shared/units.ts'
import { createLongStringScanner } from './long-strings.ts'
import { accepted, refusal, type OrRefusal } from './refusals.ts'

const bodyLimit: Bytes = 20 * 1024 * 1024
const stringLimit: Bytes = 64 * 1024
const shortLimit: Bytes = 512 * 1024

/** `longText` names the file that holds the one over-long string; in `json` it stands as the value `mark`. */
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
