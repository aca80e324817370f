import type { CustomScheme, Protocol } from 'electron'

/** To be registered before the app is ready. Without `stream`, Chromium cannot seek in a `<video>`. */
export const schemes: CustomScheme[] = [
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  { scheme: 'media', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]

export const mediaBase = 'media://local/'

type Serve = (request: Request) => Promise<Response>

export function serveSchemes(
  protocol: Pick<Protocol, 'handle'>,
  { bundle, media }: { readonly bundle: Serve; readonly media: Serve },
): void {
  protocol.handle('app', bundle)
  protocol.handle('media', media)
}
