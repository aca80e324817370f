import { attempt } from './attempt.mjs'
import { electron, electronPath } from './binaries.mjs'
import { browserEffects, ensureBrowser } from './browser.mjs'
import { ensureMediaTools, toolEffects } from './media-tools.mjs'
import { ensureNode } from './node-runtime.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { ensurePackages, installEffects, isReady } from './packages.mjs'
import { stampsIn } from './stamps.mjs'

/**
 * @typedef {object} Ready
 * @property {import('./node-runtime.mjs').Runtime} runtime
 * @property {import('./attempt.mjs').Attempt} electron
 * @property {import('./attempt.mjs').Attempt} media   the published ffmpeg and ffprobe, fetched or why not
 * @property {() => Promise<import('./browser.mjs').Browser>} browser   found or fetched when it is asked for
 */

/**
 * Brings a fresh clone to where it can run, and says what it did. Says nothing when nothing had to be done.
 *
 * @param {{ wantElectron?: boolean, retry?: boolean, sayTools?: boolean }} [options]
 * @returns {Promise<Ready>}
 */
export async function setUp({ wantElectron = false, retry = false, sayTools = false } = {}) {
  const stamps = stampsIn()
  const packages = installEffects(stamps)
  const fresh = isReady(packages) ? false : await oneAtATime(() => ensurePackages(packages))
  const runtime = await ensureNode({ fresh })
  const effects = { stamps, now: Date.now, retry }
  const media = await ensureMediaTools(toolEffects(runtime, stamps, retry), { always: fresh || sayTools })
  const shell = wantElectron ? await attempt(electron(runtime), effects) : present(electronPath())
  return {
    runtime,
    electron: shell,
    media,
    browser: () => ensureBrowser(browserEffects(runtime, stamps, retry)),
  }
}

/** @returns {import('./attempt.mjs').Attempt} */
function present(/** @type {string | null} */ path) {
  return path !== null ? { ok: true } : { ok: false, reason: 'it wasn’t requested', on: '', waiting: false }
}
