/** Nothing is allowed that is not named here. Provider traffic is in the main process: the page only fetches media. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' media: blob: data:",
  'media-src media: blob:',
  "font-src 'self'",
  "connect-src 'self' media:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
].join('; ')
