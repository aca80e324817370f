import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

export type RendererFile = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Plain names only: no dots in front, no escapes, so that no address leads out of the folder. */
const plainPath = /^(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/
/** The build puts a hash of the content into these names. */
const hashed = /^\/assets\/.+-[A-Za-z0-9_-]{8}\.\w+$/

/** The built page, read once and then kept; null for what is not part of it. */
export function createRendererFiles(folder: string): (path: string) => Promise<RendererFile | null> {
  const kept = new Map<string, RendererFile>()

  async function read(path: string): Promise<RendererFile | null> {
    const type = types[extname(path)]
    if (type === undefined || !plainPath.test(path)) return null
    const bytes = await readFile(join(folder, path)).catch(() => null)
    if (bytes === null) return null
    const cache = hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-store'
    return { bytes, headers: { 'Content-Type': type, 'Cache-Control': cache } }
  }

  return async (address) => {
    const path = address === '/' ? '/index.html' : address
    const file = kept.get(path) ?? (await read(path))
    if (file) kept.set(path, file)
    return file
  }
}
