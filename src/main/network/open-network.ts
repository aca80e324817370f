import { systemClock } from '../system/clock.ts'
import { createRunTool } from '../processes/run-tool.ts'
import { createNetwork, type Network } from './connect.ts'
import { environmentNote, routesTo, type Environment } from './proxies.ts'
import { readPac } from './routes.ts'
import { createSystemProxy } from './system-proxy.ts'

const { monotonic } = systemClock

/** The network of a face in plain Node: proxies of the environment, else of the system's settings. */
export function openNetwork(env: Environment, platform: NodeJS.Platform): Network {
  const system = createSystemProxy({ platform, env, run: createRunTool(), monotonic })
  return createNetwork({
    routes: (url) => routesTo(url, env, async () => [(await system()).routeTo(url)]),
    note: async () => environmentNote(env) ?? (await system()).note,
    monotonic,
  })
}

/**
 * The network of the desktop app. `resolve` is `resolveProxy` of Electron's session, which follows proxy scripts too; a
 * script gets the host but never the path, which may be signed.
 */
export function openDesktopNetwork(env: Environment, resolve: (url: string) => Promise<string>): Network {
  const ask = async (url: URL) =>
    readPac(await resolve(`${url.origin}/`), 'the proxy settings of this system')
  return createNetwork({
    routes: (url) => routesTo(url, env, ask),
    note: () => Promise.resolve(environmentNote(env)),
    monotonic,
  })
}
