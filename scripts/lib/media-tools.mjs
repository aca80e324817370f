import { chmodSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { findProgram, isProgram } from './find-program.mjs'
import { root } from './paths.mjs'
import { run } from './run.mjs'

/** @typedef {{ path: string, from: string }} Candidate */

/** The oldest ffmpeg on PATH that set-up prefers over the one shipped through npm. */
const OLDEST = 5

/**
 * The version a `-version` line names: a number for a release, null for a build from git, which has none.
 *
 * @returns {number | null}
 */
export function majorVersion(/** @type {string} */ output) {
  const major = /^ff(?:mpeg|probe) version n?(\d+)\.\d/.exec(output)?.[1]
  return major === undefined ? null : Number(major)
}

/** Which ffmpeg the app will find, in the order it looks. Reported by set-up; the app decides for itself. */
export function chooseFfmpeg(
  /** @type {{ fetched: Candidate | null, onPath: (Candidate & { major: number | null }) | null, shipped: Candidate | null }} */
  { fetched, onPath, shipped },
) {
  if (fetched !== null) return fetched
  if (onPath !== null && onPath.major !== null && onPath.major >= OLDEST) return onPath
  return shipped ?? onPath
}

/** @returns {Promise<{ ffmpeg: Candidate | null, ffprobe: Candidate | null }>} */
export async function findMediaTools(/** @type {boolean} */ fetched) {
  const onPath = findProgram('ffmpeg')
  const version = onPath === null ? null : await run(onPath, ['-version'], { limit: 30_000 })
  const shippedProbe = shipped('@ffprobe-installer/ffprobe')
  const probeOnPath = findProgram('ffprobe')
  return {
    ffmpeg: chooseFfmpeg({
      fetched: fetched ? { path: 'node_modules/ffmpeg-static', from: 'ffmpeg-static' } : null,
      onPath:
        onPath === null || version?.ok !== true
          ? null
          : { path: onPath, from: 'PATH', major: majorVersion(version.output) },
      shipped: shipped('@ffmpeg-installer/ffmpeg'),
    }),
    ffprobe: shippedProbe ?? (probeOnPath === null ? null : { path: probeOnPath, from: 'PATH' }),
  }
}

/** The binary inside a package that carries one per platform, or null where it has none for this one. */
function shipped(/** @type {string} */ name) {
  try {
    const { path } = /** @type {{ path: string }} */ (createRequire(join(root, 'package.json'))(name))
    // The package makes its binary executable in an install script, and those do not run here.
    if (!isProgram(path)) chmodSync(path, 0o755)
    return { path, from: name }
  } catch {
    return null
  }
}
