/** Where the studio's own page lives. `URL.origin` is "null" for custom schemes, so protocol and host are compared. */
export type AppOrigin = { readonly protocol: string; readonly host: string; readonly start: string }

/** The packaged page, or electron-vite's development server when its address is given. */
export function appOrigin(developmentUrl: string | undefined): AppOrigin {
  const start = developmentUrl ?? 'app://studio/index.html'
  const { protocol, host } = new URL(start)
  return { protocol, host, start }
}

/** True for the exact origin only: another host, a port, a user name or another scheme is somewhere else. */
export function isAppUrl(text: string, origin: AppOrigin): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  return (
    url.protocol === origin.protocol && url.host === origin.host && url.username === '' && url.password === ''
  )
}
