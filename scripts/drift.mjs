// `npm run drift`: the number of source files, how long they are and which import each other in a circle, so that the
// next reader sees where the code grows.
import { circlesIn, importsAmong, readSources } from './lib/import-graph.mjs'
import { root } from './lib/paths.mjs'

const sources = readSources(root, 'src')
const imports = importsAmong(sources)
const lengths = new Map([...sources].map(([file, text]) => [file, text.split('\n').length - 1]))
const sorted = [...lengths.values()].sort((left, right) => left - right)
const at = (/** @type {number} */ part) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

/** @type {Map<string, number>} */
const uses = new Map()
for (const names of imports.values()) for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1)
const small = [...lengths].filter(([file, lines]) => lines < 40 && uses.get(file) === 1)
const circles = circlesIn(imports)

console.log(`files: ${sources.size}`)
console.log(`lines: ${sorted.reduce((sum, one) => sum + one, 0)}`)
console.log(`lines a file: median ${at(0.5)}, 90th percentile ${at(0.9)}, most ${at(1)}`)
console.log(`files under 40 lines that serve one other: ${small.length}`)
if (process.argv.includes('--list')) for (const [file, lines] of small) console.log(`  ${lines} ${file}`)
console.log(`circles: ${circles.length}`)
for (const ring of circles) console.log(`  ${ring.length}: ${ring.join(', ')}`)
