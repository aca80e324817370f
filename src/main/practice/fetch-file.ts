import { open } from 'node:fs/promises'
import type { Bytes, Milliseconds } from '../../shared/units.ts'
import type { Clock } from '../system/ports.ts'
import { userAgent } from '../network/user-agent.ts'
import { accepted, refusal, type OrRefusal } from './refusals.ts'
import { withTimeLimit } from './time.ts'

const wallLimit: Milliseconds = 5 * 60_000

/**
 * Downloads what a field of a request points to. Plain http only on this machine, no redirects, never more than
 * `limit` bytes. A body that ends early is refused when its length was announced.
 */
export async function fetchFile(
  field: 'image_url' | 'video_url',
  link: string,
  file: { readonly target: string; readonly limit: Bytes },
  means: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<OrRefusal<null>> {
  const url = URL.parse(link)
  if (!url) return refusal(1201, `${field}: is not a URL`)
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return refusal(1201, `${field}: must be https`)
  try {
    return await withTimeLimit({ ...means, limit: wallLimit }, (limited) =>
      download(field, url, file, limited),
    )
  } catch {
    return refusal(1201, `${field}: failed to download the file`)
  }
}

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host)

async function download(
  field: string,
  url: URL,
  { target, limit }: { readonly target: string; readonly limit: Bytes },
  signal: AbortSignal,
): Promise<OrRefusal<null>> {
  const tooLarge = () => refusal(1201, `${field}: the file is larger than ${String(limit / 1_000_000)} MB`)
  // eslint-disable-next-line no-restricted-globals -- Practice stands in for a service, which has a network of its own.
  const answer = await fetch(url, { redirect: 'error', signal, headers: { 'user-agent': userAgent } })
  if (!answer.ok || !answer.body) {
    await answer.body?.cancel()
    return refusal(1201, `${field}: the link answers HTTP ${String(answer.status)}`)
  }
  if (Number(answer.headers.get('content-length') ?? 0) > limit) {
    await answer.body.cancel()
    return tooLarge()
  }
  const output = await open(target, 'w', 0o600)
  let bytes = 0
  try {
    for await (const chunk of answer.body) {
      bytes += chunk.length
      if (bytes > limit) return tooLarge()
      await output.write(chunk)
    }
  } finally {
    await output.close()
  }
  return bytes > 0 ? accepted(null) : refusal(1201, `${field}: the file is empty`)
}
