import type { Bytes } from '../../../shared/units.ts'
import { contentType } from '../../files/sniff.ts'
import type { Network } from '../../network/connect.ts'
import { getStream } from './get-stream.ts'

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
  const type = contentType('', bytes)
  return type.startsWith('image/') ? { bytes, type } : null
}
