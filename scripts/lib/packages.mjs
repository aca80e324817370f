import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { npm } from './run.mjs'
import { Stop, say } from './say.mjs'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} Locked
 * @typedef {{ packages?: Record<string, Locked> }} Lock
 */

/** npm's own files are trusted to have npm's own shape. @returns {Lock} */
function parseLock(/** @type {string} */ text) {
  return /** @type {Lock} */ (JSON.parse(text))
}

/** What an installation depends on: the exact lockfile and the platform its binaries are for. */
export function installKey(
  /** @type {string} */ lockText,
  /** @type {{ platform: string, arch: string }} */ { platform, arch },
) {
  return `${createHash('sha256').update(lockText).digest('hex')} ${platform} ${arch}`
}

/**
 * Whether npm's own record of node_modules holds everything the lockfile asks for. Optional packages may be missing:
 * most of them are for other platforms.
 */
export function isInstalled(/** @type {Lock} */ lock, /** @type {Lock | null} */ installed) {
  const there = installed?.packages ?? {}
  return Object.entries(lock.packages ?? {}).every(([path, wanted]) => {
    if (path === '') return true
    const found = there[path]
    if (found === undefined) return wanted.optional === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

/**
 * @typedef {object} InstallEffects
 * @property {string} lockText
 * @property {() => Lock | null} readInstalled
 * @property {import('./stamps.mjs').Stamps} stamps
 * @property {() => Promise<import('./run.mjs').RunResult>} install
 * @property {(line: string) => void} say
 * @property {() => number} now
 * @property {{ platform: string, arch: string }} machine
 */

/** Whether a look is enough to see that nothing has to be installed. */
export function isReady(/** @type {InstallEffects} */ { lockText, machine, readInstalled, stamps }) {
  return stamps.read('packages') === installKey(lockText, machine) && readInstalled() !== null
}

/** Installs the packages unless they are there. Answers whether it did. */
export async function ensurePackages(/** @type {InstallEffects} */ effects) {
  if (isReady(effects)) return false
  const key = installKey(effects.lockText, effects.machine)
  if (isInstalled(parseLock(effects.lockText), effects.readInstalled())) {
    effects.stamps.write('packages', key)
    return false
  }
  effects.say('set-up: installing the packages of package-lock.json (about a minute, once) …')
  const started = effects.now()
  const result = await effects.install()
  if (!result.ok) {
    throw new Stop(
      `set-up: npm couldn’t install the packages. Check your connection and try again.\n${tail(result.output)}`,
    )
  }
  effects.stamps.write('packages', key)
  effects.say(`set-up: packages installed in ${Math.round((effects.now() - started) / 1000)} s.`)
  return true
}

function tail(/** @type {string} */ text) {
  return text.trim().split('\n').slice(-15).join('\n')
}

/** @returns {Lock | null} */
function readInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json')
  return existsSync(record) ? parseLock(readFileSync(record, 'utf8')) : null
}

/** @returns {InstallEffects} */
export function installEffects(/** @type {import('./stamps.mjs').Stamps} */ stamps) {
  return {
    lockText: readFileSync(join(root, 'package-lock.json'), 'utf8'),
    readInstalled,
    stamps,
    // Named, because NODE_ENV=production or the user's own npm settings would leave them out.
    install: () => {
      if (process.platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules'))) {
        throw new Stop(
          'set-up: the packages have changed, and Windows can’t replace Node while it runs. Run: npm ci',
        )
      }
      return npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'])
    },
    say,
    now: Date.now,
    machine: process,
  }
}
