import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { versionIn } from './read-json.mjs'
import { whyUnreachable } from './reach.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

const MINUTE = 60_000
/** Both come from GitHub's release files. */
const HOST = 'github.com'

const electronFolder = join(root, 'node_modules', 'electron')
const ffmpegFolder = join(root, 'node_modules', 'ffmpeg-static')

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
      say('set-up: fetching Electron (about 110 MB, once) …')
      return runInstaller(runtime, electronFolder, process.env)
    },
  }
}

/** @param {import('./node-runtime.mjs').Runtime} runtime */
export function ffmpegStatic(runtime) {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
  const partial = join(ffmpegFolder, `${name}.part`)
  return {
    name: 'ffmpeg-static',
    version: versionIn(ffmpegFolder),
    isThere: () => existsSync(process.env['FFMPEG_BIN'] ?? join(ffmpegFolder, name)),
    fetch: async () => {
      const mirrored = process.env['FFMPEG_BINARIES_URL']
      const why = mirrored === undefined ? await whyUnreachable(HOST) : null
      if (why !== null) return why
      say('set-up: fetching ffmpeg (about 30 MB, once) …')
      // Its installer writes straight to the final name; a download cut short must not look like ffmpeg.
      const failure = await runInstaller(runtime, ffmpegFolder, { ...process.env, FFMPEG_BIN: partial })
      for (const suffix of ['', '.README', '.LICENSE']) {
        if (failure === null && existsSync(partial + suffix))
          renameSync(partial + suffix, join(ffmpegFolder, name + suffix))
        else rmSync(partial + suffix, { force: true })
      }
      return failure
    },
  }
}

/**
 * Installers are run here and not by npm, so that a failed download never breaks `npm ci`.
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
  const line = named ?? lines.find((candidate) => candidate !== '') ?? 'its installer failed without a word'
  return line.length > 160 ? `${line.slice(0, 157)}…` : line
}
