import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { followMoves } from './moved-home.ts'
import type { Secrets } from './ports.ts'

type Env = Readonly<Record<string, string | undefined>>

function applicationData(env: Env, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
}

function localState(env: Env, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local')
  // A backup of the whole disk leaves it out.
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  return env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state')
}

/**
 * Where this computer remembers its libraries. Not inside them, so that a copy of a library doesn't include it:
 * `UNDERSTUDY_STATE`, else `Understudy` among what programs keep for one computer.
 */
export function stateFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const own = env['UNDERSTUDY_STATE']
  return own === undefined || own === '' ? join(localState(env, platform), 'Understudy') : resolve(own)
}

/**
 * Where all three faces keep the library: `UNDERSTUDY_HOME`, else `Understudy` in the application-data folder; and where
 * it was moved from there.
 */
export function homeFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const own = env['UNDERSTUDY_HOME']
  return followMoves(
    own === undefined || own === '' ? join(applicationData(env, platform), 'Understudy') : resolve(own),
  )
}

/** The environment for a program of the user: its PATH and its home, but no keys. */
export const childEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^UNDERSTUDY_.*_KEY$/i.test(name)))

/**
 * The environment for a tool: no proxy either, which may hold a password. ffmpeg has no network, and cloudflared goes past
 * proxies (cloudflared issues 350 and 1076, open in November 2026).
 */
export const forTool = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(childEnvironment(environment)).filter(([name]) => !/^(https?|all|ftp)_proxy$/i.test(name)),
  )

type Environment = Readonly<Record<string, string | undefined>>

/** Which variable holds which key. Names are those by which the core asks. */
const variables: Readonly<Record<string, string>> = {
  kling: 'UNDERSTUDY_KLING_KEY',
  'kling.accessKey': 'UNDERSTUDY_KLING_ACCESS_KEY',
  'kling.secretKey': 'UNDERSTUDY_KLING_SECRET_KEY',
  'kling-gateway': 'UNDERSTUDY_KLING_GATEWAY_KEY',
  oxen: 'UNDERSTUDY_OXEN_KEY',
  modelslab: 'UNDERSTUDY_MODELSLAB_KEY',
  highway: 'UNDERSTUDY_HIGHWAY_KEY',
  's3.endpoint': 'UNDERSTUDY_S3_ENDPOINT',
  's3.region': 'UNDERSTUDY_S3_REGION',
  's3.bucket': 'UNDERSTUDY_S3_BUCKET',
  's3.accessKey': 'UNDERSTUDY_S3_ACCESS_KEY',
  's3.secretKey': 'UNDERSTUDY_S3_SECRET_KEY',
}

/** Stored keys and those of the environment together, so that every face can continue every take. */
export const keptOrEnvironment = (kept: Secrets, environment: Secrets): Secrets => ({
  ...kept,
  read: async (name) => (await kept.read(name)) ?? environment.read(name),
  state: async (name) => {
    const state = await kept.state(name)
    return state === 'none' ? environment.state(name) : state
  },
})

/**
 * Keys from the environment; a blank variable is no key, and a line end pasted with one is cut off. A key that is
 * written lives in memory until the process ends: without the system's key store there is no safe place on disk.
 */
export function environmentSecrets(environment: Environment): Secrets {
  const session = new Map<string, string>()
  const fromEnvironment = (name: string): string | null => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined
    const value = variable === undefined ? undefined : environment[variable]?.trim()
    return value === undefined || value === '' ? null : value
  }
  return {
    read: (name) => Promise.resolve(session.get(name) ?? fromEnvironment(name)),
    state: (name) => {
      if (session.has(name)) return Promise.resolve('this-session')
      return Promise.resolve(fromEnvironment(name) === null ? 'none' : 'environment')
    },
    write: (name, key) => {
      session.set(name, key)
      return Promise.resolve('this-session')
    },
    remove: (name) => {
      session.delete(name)
      return Promise.resolve()
    },
  }
}

/** The folder that holds package.json and resources, from source as well as from a build. */
export function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder
  return rootAbove(dirname(folder))
}
