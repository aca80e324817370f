/**
 * What the page may load and do; what is not named here is forbidden. Provider traffic is in the main process, so the
 * page only fetches itself and `media`: Electron serves media under a scheme of its own, the browser face from its origin.
 */
export function contentPolicy(media: "'self'" | 'media:'): string {
  const own = media === "'self'" ? media : `'self' ${media}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${own} blob: data:`,
    `media-src ${media} blob:`,
    "font-src 'self'",
    `connect-src ${own}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}
