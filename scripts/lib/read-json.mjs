import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** JSON of unknown shape. @returns {unknown} */
export function readJson(/** @type {string} */ path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** The version a package in `folder` says it has. */
export function versionIn(/** @type {string} */ folder) {
  const manifest = readJson(join(folder, 'package.json'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version)
  throw new Error(`${folder} has no version`)
}
