import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { versionIn } from './read-json.mjs'
import { whyUnreachable } from './reach.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

const MINUTE = 60_000
const HOST = 'github.com'

const electronFolder = join(root, 'node_modules', 'electron')

/** The Electron program, or null. Mirrors how the electron package finds it, which would start a download instead. */
export function electronPath(folder = electronFolder, env = process.env) {
  try {
    const name = readFileSync(join(folder, 'path.txt'), 'utf8')
    const path = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name)
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

/** @param {import('./node-runtime.mjs').Runtime} runtime */
export function electron(runtime) {
  return {
    name: 'electron',
    version: versionIn(electronFolder),
    isThere: () => electronPath() !== null,
    fetch: async () => {
      const mirrored = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror']
      const why = mirrored === undefined ? await whyUnreachable(HOST) : null
      if (why !== null) return why
      say('set-up: downloading Electron (about 110 MB, once) …')
      return runInstaller(runtime, electronFolder, process.env)
    },
  }
}

/**
 * An installer is run here and not by npm, so that a failed download never breaks `npm ci`.
 *
 * @returns {Promise<string | null>} why it failed
 */
async function runInstaller(
  /** @type {import('./node-runtime.mjs').Runtime} */ runtime,
  /** @type {string} */ folder,
  /** @type {NodeJS.ProcessEnv} */ env,
) {
  const result = await run(runtime.path, ['install.js'], { cwd: folder, env, limit: 10 * MINUTE })
  if (result.timedOut) return 'the download took longer than 10 minutes'
  return result.ok ? null : firstReason(result.output)
}

/** The line of an installer's output that says what went wrong. */
export function firstReason(/** @type {string} */ output) {
  const lines = output.split('\n').map((line) => line.trim())
  const named = lines.find((line) => /\b(E[A-Z]{4,}|[A-Za-z]*Error:)/.test(line))
  const line =
    named ?? lines.find((candidate) => candidate !== '') ?? 'its installer failed without a message'
  return line.length > 160 ? `${line.slice(0, 157)}…` : line
}
