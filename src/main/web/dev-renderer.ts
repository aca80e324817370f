/**
 * While developing, the page comes from Vite's server, which forwards `/socket`, `/media` and `/upload` to this one.
 * Only a server of this machine is believed: anything else would be handed the keys to the studio.
 */
export function devRenderer(env: NodeJS.ProcessEnv): URL | null {
  const address = env['UNDERSTUDY_RENDERER_URL']
  if (address === undefined || !URL.canParse(address)) return null
  const url = new URL(address)
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname) ? url : null
}
