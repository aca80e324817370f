import { join } from 'node:path'

/** Where programs look for the user's own folders. */
const USER_FOLDERS = ['HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA']
const XDG = ['XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR']

/**
 * The environment of every test: whoever runs it keeps a home that no test, and no browser a test starts, has written to.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function testEnvironment(
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {string} */ user,
  /** @type {string | null} */ browser,
) {
  const kept = Object.entries(env).filter(([name]) => !XDG.includes(name) && !/^UNDERSTUDY_/.test(name))
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(USER_FOLDERS.map((name) => [name, user])),
    UNDERSTUDY_HOME: join(user, 'understudy'),
    // Found in the real home, where a browser that Playwright has fetched lies.
    ...(browser !== null && { UNDERSTUDY_BROWSER: browser }),
    NODE_ENV: 'test',
  }
}
