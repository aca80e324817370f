import { findProgram } from './find-program.mjs'
import { run } from './run.mjs'

const LIMIT = 10 * 60_000

export const mayInstallDebian = () => process.getuid?.() === 0 && findProgram('apt-get') !== null

/** Installs a package of Debian or Ubuntu. @returns {Promise<string | null>} why it failed */
export async function debianInstall(/** @type {string} */ name) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['-y', 'install', '--no-install-recommends', name]]) {
    const result = await run('apt-get', ['-q', ...args], { env, limit: LIMIT })
    if (!result.ok) return `apt-get ${args.includes('install') ? 'install' : 'update'} failed`
  }
  return null
}
