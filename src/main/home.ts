import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

function applicationData(env: Env, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
}

/** Where all three faces keep the library: `UNDERSTUDY_HOME`, else `Understudy` in the application-data folder. */
export function homeFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const own = env['UNDERSTUDY_HOME']
  return own === undefined || own === '' ? join(applicationData(env, platform), 'Understudy') : resolve(own)
}
