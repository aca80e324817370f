import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { CustomScheme, Protocol } from 'electron'
import { type AppOrigin, contentSecurityPolicy } from './security.ts'

/**
 * To be registered before the app is ready. Without `stream`, Chromium cannot seek in a `<video>`; without
 * `corsEnabled`, it refuses every request for media that the page may read: `fetch`, and a `<video>` for a canvas.
 */
export const schemes: CustomScheme[] = [
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  {
    scheme: 'media',
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
  },
]

export const mediaBase = 'media://local/'

type Serve = (request: Request) => Promise<Response>

/** The page is `app:` and its media are `media:`: another origin to Chromium. Only this page may read them. */
export function readableBy({ protocol, host }: Pick<AppOrigin, 'protocol' | 'host'>, serve: Serve): Serve {
  const headers = {
    'Access-Control-Allow-Origin': `${protocol}//${host}`,
    // What a reader needs to know of a part: where it is in the whole, and of which version.
    'Access-Control-Expose-Headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    Vary: 'Origin',
  }
  return async (request) => {
    // `If-Range` is no header that a page may send to another origin without asking first.
    if (request.method === 'OPTIONS')
      return new Response(null, {
        status: 204,
        headers: {
          ...headers,
          'Access-Control-Allow-Methods': 'GET, HEAD',
          'Access-Control-Allow-Headers': 'Range, If-Range',
        },
      })
    const answer = await serve(request)
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
    return answer
  }
}

export function serveSchemes(
  protocol: Pick<Protocol, 'handle'>,
  { bundle, media, page }: { readonly bundle: Serve; readonly media: Serve; readonly page: AppOrigin },
): void {
  protocol.handle('app', bundle)
  protocol.handle('media', readableBy(page, media))
}

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
