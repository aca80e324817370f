import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { contentSecurityPolicy } from './csp.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

const guardHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
}

const refuse = (status: 400 | 404 | 405) => new Response(null, { status, headers: guardHeaders })

/** The path inside the bundle that a URL names, or null when it names none a bundle could hold. */
function bundlePath(url: URL): string | null {
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  // A colon would name a drive or an alternate data stream on Windows.
  if (/[\0\\:]/.test(path) || path.split('/').includes('..')) return null
  return path === '/' ? '/index.html' : path
}

/** The real file, or null: links are followed first, so that one leading out of the bundle finds nothing. */
async function fileInside(root: string, path: string): Promise<string | null> {
  try {
    const realRoot = await realpath(root)
    const file = await realpath(join(realRoot, `.${path}`))
    return file.startsWith(realRoot + sep) && (await stat(file)).isFile() ? file : null
  } catch {
    return null
  }
}

/** Serves the built renderer to `app:` requests, and nothing else on this disk. */
export function createBundle(root: string, host: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const url = new URL(request.url)
    if (url.host !== host) return refuse(404)
    const path = bundlePath(url)
    if (path === null) return refuse(400)
    const type = contentTypes[extname(path).toLowerCase()]
    const file = type === undefined ? null : await fileInside(root, path)
    if (type === undefined || file === null) return refuse(404)
    const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(file))
    return new Response(body, { headers: { ...guardHeaders, 'Content-Type': type } })
  }
}
