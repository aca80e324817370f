import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib'
import type { Bytes } from '../../../shared/units.ts'

type Limits = { readonly maxOutputLength: Bytes }
type Coding = {
  readonly whole: (body: Buffer, limits: Limits) => Buffer
  readonly stream: () => NodeJS.ReadWriteStream
}

const gzip: Coding = { whole: gunzipSync, stream: createGunzip }

/** No compression is requested, but some servers and proxies compress anyway. */
const codings: Readonly<Record<string, Coding>> = {
  gzip,
  'x-gzip': gzip,
  br: { whole: brotliDecompressSync, stream: createBrotliDecompress },
  zstd: { whole: zstdDecompressSync, stream: createZstdDecompress },
  deflate: {
    // Some servers leave out the header that the standard asks for.
    whole: (body, limits) => {
      try {
        return inflateSync(body, limits)
      } catch {
        return inflateRawSync(body, limits)
      }
    },
    stream: createInflate,
  },
}

/** What was done to a body, the last step first; empty for one that came as it is. */
export const codingsOf = (headers: IncomingHttpHeaders): readonly string[] =>
  (headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
    .toReversed()

const isGzip = (body: Buffer) => body[0] === 0x1f && body[1] === 0x8b

/** A body as it was before it was compressed. One that says so and is not, is left as it came. */
function unpacked(body: Buffer, names: readonly string[], limits: Limits): Buffer {
  const steps = names.length === 0 && isGzip(body) ? ['gzip'] : names
  try {
    return steps.reduce((rest, name) => codings[name]?.whole(rest, limits) ?? rest, body)
  } catch {
    return body
  }
}

/** In front of text that is not UTF-8, its byte order mark says so; any mark is taken off. */
function encodingOf([first, second]: Buffer): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

/** The text of a whole body, whatever it was packed into; `most` bounds what may come out of it. */
export function bodyText(body: Buffer, headers: IncomingHttpHeaders, most: Bytes): string {
  const plain = unpacked(body, codingsOf(headers), { maxOutputLength: most })
  return new TextDecoder(encodingOf(plain)).decode(plain)
}

/** A long body as it was before it was compressed, while it comes. What it cannot read ends it with an error. */
export function plainStream(response: IncomingMessage): Readable {
  return codingsOf(response.headers).reduce<Readable>((from, name) => {
    const decoder = codings[name]?.stream()
    if (!decoder) return from
    // The reader of the last one hears of an error of any.
    return pipeline(from, decoder, () => undefined) as unknown as Readable
  }, response)
}
