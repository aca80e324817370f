import type { CustomScheme, Protocol } from 'electron'

/** To be registered before the app is ready. Without `stream`, Chromium cannot seek in a `<video>`. */
export const schemes: CustomScheme[] = [
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  { scheme: 'media', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]

export const mediaBase = 'media://local/'

type Serve = (request: Request) => Promise<Response>

/** The page is `app:` and its media are `media:`: to Chromium another origin, and there is no other page to keep out. */
const readableByThePage =
  (serve: Serve): Serve =>
  async (request) => {
    const answer = await serve(request)
    answer.headers.set('Cross-Origin-Resource-Policy', 'cross-origin')
    return answer
  }

export function serveSchemes(
  protocol: Pick<Protocol, 'handle'>,
  { bundle, media }: { readonly bundle: Serve; readonly media: Serve },
): void {
  protocol.handle('app', bundle)
  protocol.handle('media', readableByThePage(media))
}
