import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** @typedef {ReadonlyMap<string, readonly string[]>} Imports from each file, named from the root, to those it imports */

/** The text of every source file below `folder`, by its path from `root`. @returns {ReadonlyMap<string, string>} */
export function readSources(/** @type {string} */ root, /** @type {string} */ folder) {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
}

/** What each file imports of the others; types count, because a reader has to follow them too. @returns {Imports} */
export function importsAmong(/** @type {ReadonlyMap<string, string>} */ sources) {
  const form = /(?:\bfrom|\bimport|\bimport\s*\()\s*'(\.[^']+)'/g
  return new Map(
    [...sources].map(([file, text]) => {
      const named = [...text.matchAll(form)].map(({ 1: name = '' }) =>
        join(dirname(file), name).split(sep).join('/'),
      )
      return [file, [...new Set(named)].filter((name) => sources.has(name))]
    }),
  )
}

/** Groups of two or more files that can reach each other, by Tarjan's algorithm. @returns {readonly (readonly string[])[]} */
export function circlesIn(/** @type {Imports} */ imports) {
  /** @type {Map<string, number>} */
  const index = new Map()
  /** @type {Map<string, number>} */
  const low = new Map()
  /** @type {string[]} */
  const open = []
  /** @type {string[][]} */
  const found = []
  const lower = (/** @type {string} */ file, /** @type {string} */ next) =>
    low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0))
  const visit = (/** @type {string} */ file) => {
    low.set(file, index.size)
    index.set(file, index.size)
    open.push(file)
    for (const next of imports.get(file) ?? []) {
      if (!index.has(next)) visit(next)
      if (open.includes(next)) lower(file, next)
    }
    if (low.get(file) !== index.get(file)) return
    const ring = open.splice(open.indexOf(file))
    if (ring.length > 1) found.push(ring.sort())
  }
  for (const file of imports.keys()) if (!index.has(file)) visit(file)
  return found
}
