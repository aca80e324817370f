import { systemClock } from './clock.ts'
import { createRunTool } from './media/run-tool.ts'
import { createNetwork, type Network } from './network/connect.ts'
import { environmentNote, routesTo, type Environment } from './network/proxies.ts'
import { readPac, type Route } from './network/routes.ts'
import { createSystemProxy } from './network/system-proxy.ts'

export type OpenedNetwork = Network & {
  /** What of the proxy settings does not do what its author may think, in a whole sentence. */
  readonly note: () => Promise<string | null>
}

const open = (env: Environment, system: (url: URL) => Promise<readonly Route[]>): Network =>
  createNetwork({ routes: (url) => routesTo(url, env, system), monotonic: systemClock.monotonic })

/** The network of a face in plain Node: proxies of the environment, else of the system's settings. */
export function openNetwork(env: Environment, platform: NodeJS.Platform): OpenedNetwork {
  const system = createSystemProxy({ platform, env, run: createRunTool(), monotonic: systemClock.monotonic })
  return {
    ...open(env, async (url) => [(await system()).routeTo(url)]),
    note: async () => environmentNote(env) ?? (await system()).note,
  }
}

/** The network of the desktop app: `resolve` is the session's own `resolveProxy`, which follows proxy scripts too. */
export function openDesktopNetwork(
  env: Environment,
  resolve: (url: string) => Promise<string>,
): OpenedNetwork {
  return {
    ...open(env, async (url) =>
      readPac(await resolve(`${url.origin}/`), 'the proxy settings of this system'),
    ),
    note: () => Promise.resolve(environmentNote(env)),
  }
}
