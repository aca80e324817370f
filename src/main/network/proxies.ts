import { isLoopbackHost } from './addresses.ts'
import { isExempt } from './no-proxy.ts'
import { direct, readProxy, type Route } from './routes.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Lower case first, as curl and Node have it; an empty one counts as none. */
function read(env: Environment, name: string): { readonly name: string; readonly value: string } | null {
  for (const spelling of [name.toLowerCase(), name.toUpperCase()]) {
    const value = env[spelling]?.trim()
    if (value) return { name: spelling, value }
  }
  return null
}

/** The proxy that the environment names for https; null where it names none. */
function environmentRoute(env: Environment): Route | null {
  const set = read(env, 'https_proxy') ?? read(env, 'all_proxy')
  return set && readProxy(set.value, set.name)
}

/** What the environment says that does not do what its author may think; null where there is nothing of the kind. */
export function environmentNote(env: Environment): string | null {
  const plain = read(env, 'http_proxy')
  if (plain === null || environmentRoute(env) !== null) return null
  return `${plain.name} is set, but not HTTPS_PROXY. Understudy reaches every service through https, so set HTTPS_PROXY too.`
}

/**
 * The ways to an address, in the order they are tried. This machine is never reached through a proxy: practice, tests and
 * accounts on a loopback address mean the machine itself. The environment comes before the system's settings, and what
 * NO_PROXY names is reached directly, whichever of them set a proxy.
 */
export async function routesTo(
  url: URL,
  env: Environment,
  system: (url: URL) => Promise<readonly Route[]>,
): Promise<readonly Route[]> {
  if (isLoopbackHost(url.hostname)) return [direct]
  const exempt = read(env, 'no_proxy')
  if (exempt && isExempt(exempt.value, url)) return [direct]
  const named = environmentRoute(env)
  return named ? [named] : system(url)
}
