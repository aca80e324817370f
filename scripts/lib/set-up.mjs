import { attempt } from './attempt.mjs'
import { electron, electronPath, ffmpegStatic } from './binaries.mjs'
import { browserEffects, ensureBrowser } from './browser.mjs'
import { findMediaTools } from './media-tools.mjs'
import { ensureNode } from './node-runtime.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { ensurePackages, installEffects, isReady } from './packages.mjs'
import { Stop, say } from './say.mjs'
import { stampsIn } from './stamps.mjs'

/**
 * @typedef {object} Ready
 * @property {import('./node-runtime.mjs').Runtime} runtime
 * @property {import('./attempt.mjs').Attempt} electron
 * @property {() => Promise<import('./browser.mjs').Browser>} browser   found or fetched when it is asked for
 */

/**
 * Brings a fresh clone to where it can run, and says what it did. Says nothing when nothing had to be done.
 *
 * @param {{ wantElectron?: boolean, retry?: boolean }} [options]
 * @returns {Promise<Ready>}
 */
export async function setUp({ wantElectron = false, retry = false } = {}) {
  const stamps = stampsIn()
  const packages = installEffects(stamps)
  const fresh = isReady(packages) ? false : await oneAtATime(() => ensurePackages(packages))
  const runtime = await ensureNode({ fresh })
  const effects = { stamps, now: Date.now, retry }
  const media = await attempt(ffmpegStatic(runtime), effects)
  if (fresh || (!media.ok && !media.waiting)) await reportMediaTools(media)
  const shell = wantElectron ? await attempt(electron(runtime), effects) : present(electronPath())
  return {
    runtime,
    electron: shell,
    browser: () => ensureBrowser(browserEffects(runtime, stamps, retry)),
  }
}

/** @returns {import('./attempt.mjs').Attempt} */
function present(/** @type {string | null} */ path) {
  return path !== null ? { ok: true } : { ok: false, reason: 'it was not asked for', on: '', waiting: false }
}

/** @param {import('./attempt.mjs').Attempt} attempted */
async function reportMediaTools(attempted) {
  const { ffmpeg, ffprobe } = await findMediaTools(attempted.ok)
  if (ffmpeg === null)
    throw new Stop('set-up: this machine has no ffmpeg. Install ffmpeg 5 or newer and start again.')
  if (ffprobe === null)
    throw new Stop('set-up: this machine has no ffprobe. Install ffmpeg 5 or newer and start again.')
  const why = attempted.ok ? '' : ` ffmpeg-static could not be fetched (${attempted.reason}).`
  say(`set-up: ffmpeg from ${ffmpeg.from}, ffprobe from ${ffprobe.from}.${why}`)
}
