// `npm run bench`: the numbers of the design, measured on this machine, as JSON. Name benches to run only those.
import { readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from '../../scripts/lib/build.mjs'
import { isThisNode, launch } from '../../scripts/lib/launch.mjs'
import { main, say } from '../../scripts/lib/say.mjs'
import { setUp } from '../../scripts/lib/set-up.mjs'

/**
 * One file of this folder. `limit` names figures of the answer that must not be exceeded; its unit is for the reader.
 *
 * @typedef {Record<string, number | string>} Figures
 * @typedef {{ name: string, limit?: Figures, run: () => Promise<Figures> }} Bench
 */

const folder = import.meta.dirname

/** @returns {Promise<{ file: string, bench: Bench }[]>} */
async function benches(/** @type {readonly string[]} */ wanted) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  const chosen = files.filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  return Promise.all(
    chosen.map(async (file) => ({ file, bench: await import(pathToFileURL(join(folder, file)).href) })),
  )
}

function isWithin(/** @type {Figures} */ measured, /** @type {Figures} */ limit) {
  return Object.entries(limit).every(
    ([name, most]) => typeof most !== 'number' || Number(measured[name] ?? Number.POSITIVE_INFINITY) <= most,
  )
}

await main(async () => {
  const wanted = process.argv.slice(2)
  const { runtime } = await setUp()
  await ensureBuilt(runtime)
  // The benches are TypeScript, which only the pinned Node reads as it is.
  if (!isThisNode(runtime)) return launch(runtime.path, [import.meta.filename, ...wanted])
  const results = []
  for (const { file, bench } of await benches(wanted)) {
    say(`bench: ${bench.name} …`)
    const measured = await bench.run()
    const verdict =
      bench.limit === undefined ? {} : { limit: bench.limit, within: isWithin(measured, bench.limit) }
    results.push({ file, name: bench.name, measured, ...verdict })
  }
  const [cpu] = cpus()
  const machine = { cpu: cpu?.model, cores: cpus().length, memory: totalmem(), node: process.versions.node }
  console.log(JSON.stringify({ machine, results }, null, 2))
  return 0
})
