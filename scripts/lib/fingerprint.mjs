import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

/** @typedef {{ path: string, modified: number, size: number }} Input */

/** Everything the build reads. */
const INPUTS = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
]

/** One line that changes when any input is changed, added or removed. */
export function fingerprint(/** @type {readonly Input[]} */ inputs) {
  const hash = createHash('sha256')
  const sorted = [...inputs].sort((a, b) => (a.path < b.path ? -1 : 1))
  for (const { path, modified, size } of sorted) hash.update(`${path}\0${modified}\0${size}\n`)
  return hash.digest('hex')
}

/** @returns {Input[]} */
export function readInputs(folder = root, names = INPUTS) {
  return names.flatMap((name) => walk(folder, name))
}

/** @returns {Input[]} */
function walk(/** @type {string} */ folder, /** @type {string} */ name) {
  const facts = statSync(join(folder, name), { throwIfNoEntry: false })
  if (facts === undefined) return []
  if (!facts.isDirectory()) return [{ path: name, modified: facts.mtimeMs, size: facts.size }]
  return readdirSync(join(folder, name)).flatMap((child) => walk(folder, `${name}/${child}`))
}
