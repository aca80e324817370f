import type { CustomScheme, Protocol } from 'electron'
import type { AppOrigin } from './origin.ts'

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
