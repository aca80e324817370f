import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { readJson, versionIn } from './read-json.mjs'
import { whyUnreachable } from './reach.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

/**
 * @typedef {import('./fetch-pinned.mjs').Pin} Pin
 * @typedef {{ platform: string, arch: string }} Target
 * @typedef {{ name: string, path: string, asset: string, pin: Pin }} PinnedTool
 */

const MINUTE = 60_000
const HOST = 'github.com'
const folder = join(root, 'node_modules', 'ffmpeg-static')

/** The sizes and checksums that the release's files were published with. */
const pins = /** @type {{ release: string, programs: Record<string, Record<string, Pin>> }} */ (
  readJson(join(root, 'src', 'main', 'media', 'tools', 'pins.json'))
)

/** ffmpeg and ffprobe of the release that ffmpeg-static names; none for a platform without a published checksum. */
export function pinnedTools(/** @type {Target} */ { platform, arch }, place = folder) {
  return Object.entries(pins.programs[`${platform}-${arch}`] ?? {}).map(([name, pin]) => ({
    name,
    path: join(place, platform === 'win32' ? `${name}.exe` : name),
    asset: `${pins.release}/${name}-${platform}-${arch}.gz`,
    pin,
  }))
}

/** Whether a file is the published one, to the last bit. @returns {boolean} */
export function isPublished(/** @type {PinnedTool} */ { path, pin }) {
  try {
    return statSync(path).size === pin.bytes && sha256Of(path) === pin.sha256
  } catch {
    return false
  }
}

function sha256Of(/** @type {string} */ path) {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(1024 * 1024)
  const file = openSync(path, 'r')
  try {
    for (let read = 1; read > 0;) {
      read = readSync(file, piece)
      hash.update(piece.subarray(0, read))
    }
    return hash.digest('hex')
  } finally {
    closeSync(file)
  }
}

/** Size and time of a file that was found to be the published one: as long as both stay, it is not hashed again. */
const looks = (/** @type {PinnedTool} */ { path, pin }) => {
  try {
    const { size, mtimeMs } = statSync(path)
    return `${size} ${mtimeMs} ${pin.sha256}`
  } catch {
    return null
  }
}

/**
 * What `attempt` fetches: both programs, each held against its SHA-256. One that is there and not the published one is
 * taken away, because nothing that goes by its name may be used in its place.
 *
 * @param {import('./node-runtime.mjs').Runtime} runtime
 * @param {import('./stamps.mjs').Stamps} stamps
 */
export function fetchableTools(runtime, stamps, tools = pinnedTools(process)) {
  const verified = () => {
    const before = stamps.read('verified-tools')
    const now = tools.map(looks)
    if (tools.length > 0 && JSON.stringify(before) === JSON.stringify(now)) return true
    const good = tools.length > 0 && tools.every(isPublished)
    if (good) stamps.write('verified-tools', now)
    return good
  }
  return {
    name: 'media-tools',
    version: `${versionIn(folder)} ${pins.release}`,
    isThere: verified,
    fetch: async () => {
      if (tools.length === 0) return `no checksum is published for ${process.platform} ${process.arch}`
      const mirror = process.env['FFMPEG_BINARIES_URL']
      const why = mirror === undefined ? await whyUnreachable(HOST) : null
      const wrong = tools.filter((tool) => !isPublished(tool))
      for (const { path } of wrong) rmSync(path, { force: true })
      if (why !== null) return why
      const from = mirror ?? `https://${HOST}/eugeneware/ffmpeg-static/releases/download`
      say('set-up: downloading ffmpeg and ffprobe (about 60 MB, once) …')
      for (const { path, asset, pin } of wrong) {
        const args = [`${from}/${asset}`, path, String(pin.bytes), pin.sha256]
        const failure = await fetchOne(runtime, args)
        if (failure !== null) return failure
      }
      return null
    },
  }
}

/** @returns {Promise<string | null>} why it failed */
async function fetchOne(
  /** @type {import('./node-runtime.mjs').Runtime} */ runtime,
  /** @type {readonly string[]} */ args,
) {
  const script = join(root, 'scripts', 'lib', 'fetch-pinned.mjs')
  const env = { ...process.env, NODE_USE_ENV_PROXY: '1', NODE_USE_SYSTEM_CA: '1' }
  const result = await run(runtime.path, [script, ...args], { env, limit: 10 * MINUTE })
  if (result.timedOut) return 'the download took longer than 10 minutes'
  return result.ok ? null : result.output.trim().split('\n').at(-1) || 'it failed without a message'
}
