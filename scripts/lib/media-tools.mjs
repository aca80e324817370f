import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { attempt } from './attempt.mjs'
import { debianInstall, mayInstallDebian } from './debian.mjs'
import { root } from './paths.mjs'
import { fetchableTools } from './pinned-tools.mjs'
import { run } from './run.mjs'
import { Stop, say } from './say.mjs'

/**
 * @typedef {{ path: string, from: string, version: string, lastResort: boolean }} Tool
 * @typedef {{ message: string, advice?: string }} Told
 * @typedef {{ ffmpeg: Tool | null, ffprobe: Tool | null, old: Told | null, advice: string }} Choice
 */

/** The studio's own choice. @returns {Promise<Choice>} */
export async function chosenTools(/** @type {import('./node-runtime.mjs').Runtime} */ runtime) {
  const script = join(root, 'scripts', 'lib', 'which-tools.mjs')
  const readsTypes = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
  const result = await run(runtime.path, [...readsTypes, script], { limit: 60_000 })
  if (!result.ok) throw new Stop(`set-up: the search for ffmpeg failed.\n${result.output.trim()}`)
  return /** @type {Choice} */ (JSON.parse(result.output.trim().split('\n').at(-1) ?? ''))
}

/** Whether a better one is to be looked for. */
const isPoor = (/** @type {Choice} */ { ffmpeg, ffprobe, old }) =>
  ffmpeg === null || ffprobe === null || old !== null

/** One line for the person at the terminal. @returns {string} */
function describeTools(/** @type {Choice} */ { ffmpeg, ffprobe, old }, /** @type {string} */ failures) {
  if (old !== null) return `set-up: ${old.message} ${old.advice ?? ''}${failures}`
  const named = (/** @type {Tool | null} */ tool) =>
    tool === null ? 'none' : `${tool.version} from ${tool.from}`
  return `set-up: ffmpeg ${named(ffmpeg)}, ffprobe ${named(ffprobe)}.${failures}`
}

/**
 * @typedef {object} ToolEffects
 * @property {() => Promise<import('./attempt.mjs').Attempt>} fetchPinned
 * @property {() => Promise<Choice>} choose
 * @property {(() => Promise<import('./attempt.mjs').Attempt>) | null} installDebian   null where that cannot be done
 * @property {(line: string) => void} say
 */

/**
 * Sees to ffmpeg and ffprobe: the published ones are fetched, the newest safe ones found win, and Debian's are
 * installed where only old ones are left. Says what came of it when something was tried, or always.
 *
 * @param {ToolEffects} effects
 * @param {{ always: boolean }} options
 * @returns {Promise<import('./attempt.mjs').Attempt>}
 */
export async function ensureMediaTools(effects, { always }) {
  const fetched = await effects.fetchPinned()
  if (!always && (fetched.ok || fetched.waiting)) return fetched
  let choice = await effects.choose()
  const debian = isPoor(choice) ? await effects.installDebian?.() : undefined
  if (debian?.ok) choice = await effects.choose()
  const { ffmpeg, ffprobe, advice } = choice
  if (ffmpeg === null || ffprobe === null)
    throw new Stop(`set-up: this computer has no ${ffmpeg === null ? 'ffmpeg' : 'ffprobe'}. ${advice}`)
  const failures = [
    ...(fetched.ok ? [] : [` The published ffmpeg couldn’t be downloaded (${fetched.reason}).`]),
    ...(debian?.ok === false ? [` Debian’s couldn’t be installed (${debian.reason}).`] : []),
  ]
  effects.say(describeTools(choice, failures.join('')))
  return fetched
}

/** @returns {boolean} */
function isDebian() {
  try {
    return /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/**
 * @param {import('./node-runtime.mjs').Runtime} runtime
 * @param {import('./stamps.mjs').Stamps} stamps
 * @returns {ToolEffects}
 */
export function toolEffects(runtime, stamps, retry = false) {
  const effects = { stamps, now: Date.now, retry }
  let installed = false
  const install = async () => {
    say('set-up: installing Debian’s ffmpeg (about 80 MB, once) …')
    const why = await debianInstall('ffmpeg')
    installed = why === null
    return why
  }
  return {
    fetchPinned: () => attempt(fetchableTools(runtime, stamps), effects),
    choose: () => chosenTools(runtime),
    installDebian:
      mayInstallDebian() && isDebian()
        ? () =>
            attempt({ name: 'debian-ffmpeg', version: '', isThere: () => installed, fetch: install }, effects)
        : null,
    say,
  }
}
