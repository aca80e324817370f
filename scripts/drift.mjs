// `node scripts/drift.mjs`: how the house stands. Files, their lengths, circles of imports and the longest ones, so that
// the next reader sees where it grows.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { root } from './lib/paths.mjs'

const source = join(root, 'src')
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .sort()
const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))

/** What each file imports, types included. */
const imports = new Map(
  [...texts].map(([file, text]) => {
    const named = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'(\.[^']+)'/g)].map(
      ({ 1: name = '' }) => join(dirname(file), name).split(sep).join('/'),
    )
    return [file, [...new Set(named)].filter((name) => texts.has(name))]
  }),
)

/** Files that can reach each other (Tarjan), two or more of them. */
function circles() {
  /** @type {Map<string, number>} */
  const index = new Map()
  /** @type {Map<string, number>} */
  const low = new Map()
  /** @type {string[]} */
  const open = []
  /** @type {string[][]} */
  const found = []
  /** @param {string} file */
  const visit = (file) => {
    index.set(file, index.size)
    low.set(file, index.get(file) ?? 0)
    open.push(file)
    for (const next of imports.get(file) ?? []) {
      if (!index.has(next)) visit(next)
      if (open.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0))
    }
    if (low.get(file) !== index.get(file)) return
    const ring = open.splice(open.indexOf(file))
    if (ring.length > 1) found.push(ring)
  }
  for (const file of files) if (!index.has(file)) visit(file)
  return found
}

const lengths = files.map((file) => (texts.get(file) ?? '').split('\n').length - 1)
const sorted = lengths.toSorted((left, right) => left - right)
/** @param {number} part */
const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
/** @type {Map<string, number>} */
const uses = new Map()
for (const [, names] of imports) for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1)
const small = files.filter((file, nth) => (lengths[nth] ?? 0) < 40 && uses.get(file) === 1)
const rings = circles()

console.log(`files ${String(files.length)}, lines ${String(lengths.reduce((sum, one) => sum + one, 0))}`)
console.log(`lines: median ${at(0.5)}, 90th percentile ${at(0.9)}, most ${at(1)}`)
console.log(`under 40 lines and used by one file: ${small.length}`)
console.log(`circles: ${rings.length}`)
for (const ring of rings)
  console.log(`  ${ring.length} files: ${ring.slice(0, 3).join(', ')}${ring.length > 3 ? ', …' : ''}`)
