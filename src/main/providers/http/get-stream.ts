import { redirectedTooOften } from '../problems.ts'
import type { Milliseconds, Bytes } from '../../../shared/units.ts'
import { watchStall } from '../../system/awake.ts'
import { resultAddress, safeUrl } from '../../network/addresses.ts'
import type { Network } from '../../network/connect.ts'
import { requestOver } from '../../network/request.ts'
import { wordsOf } from '../../network/unreached.ts'
import { contentType, headLength } from '../../files/sniff.ts'
import type * as http from 'node:http'

const stallLimit: Milliseconds = 30_000
const mostRedirects = 5

const unencrypted =
  'the link is plain http, which others on the network could read or change, so https was used instead'

type StreamEnd =
  | { readonly kind: 'response'; readonly response: http.IncomingMessage }
  | { readonly kind: 'silent'; readonly why: string }
  /** The address itself is not one we may fetch from. */
  | { readonly kind: 'forbidden'; readonly why: string }

type Get = {
  readonly network: Network
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly loopback: boolean
  /** An address of plain http is asked for by https in its place, and not forbidden. */
  readonly upgrade?: boolean
  readonly signal: AbortSignal | undefined
}

async function getOnce(url: URL, { network, headers, signal }: Get): Promise<http.IncomingMessage> {
  const socket = await network.connect(url, signal)
  return new Promise((resolve, reject) => {
    const request = requestOver(socket, url, {
      headers: { ...headers, 'accept-encoding': 'identity' },
      ...(signal && { signal }),
    })
    watchStall(socket, stallLimit, () => {
      request.destroy(new Error('no data for 30 s'))
    })
    request.on('response', resolve)
    request.on('error', reject)
    request.end()
  })
}

/**
 * Opens a public file for reading: no credentials are ever sent, every redirect is checked, and a stall ends it.
 * The caller reads or destroys the response.
 */
export async function getStream(get: Get): Promise<StreamEnd> {
  let next = get.url
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const url = (get.upgrade === true ? resultAddress : safeUrl)(next, get.loopback)
    if (!url.ok) return { kind: 'forbidden', why: url.problem.message }
    try {
      const response = await getOnce(url.value, get)
      const { location } = response.headers
      const redirected =
        [301, 302, 303, 307, 308].includes(response.statusCode ?? 0) && location !== undefined
      if (!redirected) return { kind: 'response', response }
      response.destroy()
      next = new URL(location, url.value).href
    } catch (error) {
      const why = wordsOf(error)
      const upgraded = URL.parse(next)?.protocol === 'http:' && url.value.protocol === 'https:'
      return { kind: 'silent', why: upgraded ? `${why} (${unencrypted})` : why }
    }
  }
  return { kind: 'forbidden', why: redirectedTooOften }
}

const largest: Bytes = 10_000_000

/** A small public picture for the interface; null where it cannot be had, because nothing depends on it. */
export async function fetchPicture(
  network: Network,
  { url, loopback }: { readonly url: string; readonly loopback: boolean },
  signal?: AbortSignal,
): Promise<{ readonly bytes: Uint8Array; readonly type: string } | null> {
  const end = await getStream({ network, url, headers: {}, loopback, signal })
  if (end.kind !== 'response') return null
  const { response } = end
  const chunks: Buffer[] = []
  let size = 0
  try {
    if (response.statusCode !== 200) return null
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > largest) return null
      chunks.push(chunk)
    }
  } catch {
    return null
  } finally {
    response.destroy()
  }
  const bytes = Buffer.concat(chunks)
  // What it is decides its first bytes, not its name or its header: only images pass.
  const type = contentType('', bytes.subarray(0, headLength))
  return type.startsWith('image/') ? { bytes, type } : null
}
