import { createServer } from 'node:http'
import { closeServer, listen } from './strict.ts'

export type Fetched = { readonly url: string; readonly bytes: number; readonly type: string }

/**
 * Fetches a file as a provider would: over the network and as a stranger. Null when it cannot be had, which a provider
 * answers with its own refusal.
 */
export async function fetchAsStranger(url: string): Promise<Fetched | null> {
  try {
    const response = await fetch(url, { credentials: 'omit', redirect: 'follow' })
    const bytes = (await response.arrayBuffer()).byteLength
    if (!response.ok || bytes === 0) return null
    return { url, bytes, type: response.headers.get('content-type') ?? '' }
  } catch {
    return null
  }
}

export type FileServer = {
  readonly origin: string
  /** Serves these bytes to everyone and answers with their address. */
  readonly put: (name: string, bytes: Uint8Array, type?: string) => string
  /** Names of the files that were asked for. */
  readonly asked: readonly string[]
  /** Requests that carried what must never leave for this host. */
  readonly violations: string[]
  readonly close: () => Promise<void>
}

/** A place on another host than the provider's: clips and pictures before a take, results after it. */
export async function fileServer(): Promise<FileServer> {
  const files = new Map<string, { readonly bytes: Uint8Array; readonly type: string }>()
  const asked: string[] = []
  const violations: string[] = []
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '/').slice(1))
    asked.push(name)
    for (const header of ['authorization', 'cookie', 'x-api-key'])
      if (request.headers[header] !== undefined) violations.push(`${name} was asked for with ${header}`)
    const file = files.get(name)
    if (!file) {
      response.writeHead(404).end()
      return
    }
    const size = file.bytes.length
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const from = Number(range?.[1] ?? 0)
    const to = range?.[2] ? Math.min(Number(range[2]), size - 1) : size - 1
    response.writeHead(range ? 206 : 200, {
      'content-type': file.type,
      'accept-ranges': 'bytes',
      'content-length': String(to - from + 1),
      ...(range && { 'content-range': `bytes ${String(from)}-${String(to)}/${String(size)}` }),
    })
    response.end(request.method === 'HEAD' ? undefined : file.bytes.subarray(from, to + 1))
  })
  const origin = await listen(server)
  return {
    origin,
    asked,
    violations,
    put: (name, bytes, type = 'video/mp4') => {
      files.set(name, { bytes, type })
      return `${origin}/${encodeURIComponent(name)}`
    },
    close: () => closeServer(server),
  }
}
