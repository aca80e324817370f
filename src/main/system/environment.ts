import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

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
 * Where this computer remembers its libraries, apart from them, so that no copy of one takes that along:
 * `UNDERSTUDY_STATE`, else `Understudy` among what programs keep for one computer.
 */
export function stateFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const own = env['UNDERSTUDY_STATE']
  return own === undefined || own === '' ? join(localState(env, platform), 'Understudy') : resolve(own)
}

/** Where all three faces keep the library: `UNDERSTUDY_HOME`, else `Understudy` in the application-data folder. */
export function homeFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const own = env['UNDERSTUDY_HOME']
  return own === undefined || own === '' ? join(applicationData(env, platform), 'Understudy') : resolve(own)
}
