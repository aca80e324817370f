import { join } from 'node:path'
import { compiledCode } from './paths.mjs'

/** Where programs look for the user's own folders. */
const USER_FOLDERS = ['HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA']
const XDG = ['XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR']

const TEMPORARY = ['TMPDIR', 'TMP', 'TEMP']

/**
 * The environment of every test: the user who runs it keeps a home that no test, and no browser of a test, has written
 * to, and nothing that a killed process leaves behind outlives the run.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function testEnvironment(
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {string} */ folder,
  /** @type {string | null} */ browser,
) {
  const user = join(folder, 'user')
  const kept = Object.entries(env).filter(([name]) => !XDG.includes(name) && !/^UNDERSTUDY_/.test(name))
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(USER_FOLDERS.map((name) => [name, user])),
    ...Object.fromEntries(TEMPORARY.map((name) => [name, join(folder, 'tmp')])),
    UNDERSTUDY_HOME: join(user, 'understudy'),
    // Found in the real home, where the browser that Playwright downloaded is.
    ...(browser !== null && { UNDERSTUDY_BROWSER: browser }),
    // Hundreds of programs are started that read and compile the same code.
    NODE_COMPILE_CACHE: compiledCode,
    NODE_ENV: 'test',
  }
}
