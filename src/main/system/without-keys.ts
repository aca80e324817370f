/** The environment for a program of the user that is started: its PATH and its home, and nobody's keys. */
export const withoutKeys = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^UNDERSTUDY_.*_KEY$/i.test(name)))

/**
 * The environment for a tool: no proxy either, which may hold a password. ffmpeg has no network, and cloudflared goes past
 * proxies (cloudflared issues 350 and 1076, open in November 2026).
 */
export const forTool = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(withoutKeys(environment)).filter(([name]) => !/^(https?|all|ftp)_proxy$/i.test(name)),
  )
