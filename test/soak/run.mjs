// `npm run soak -- --takes N [--seed S]`: kills the studio at random while it performs N takes, and judges what is left.
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { isThisNode, launch } from '../../scripts/lib/launch.mjs'
import { Stop, main, say } from '../../scripts/lib/say.mjs'
import { setUp } from '../../scripts/lib/set-up.mjs'

const { values } = parseArgs({
  options: { takes: { type: 'string', default: '100' }, seed: { type: 'string' } },
})

function whole(/** @type {string} */ name, /** @type {string} */ text) {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new Stop(`soak: --${name} wants a whole number.`)
  return number
}

await main(async () => {
  const { runtime } = await setUp()
  // The soak is TypeScript, which only the pinned Node reads as it is.
  if (!isThisNode(runtime)) return launch(runtime.path, [import.meta.filename, ...process.argv.slice(2)])
  const takes = whole('takes', values.takes)
  const seed = whole('seed', values.seed ?? String(randomInt(2 ** 31)))
  say(`soak: ${String(takes)} takes, seed ${String(seed)} …`)
  const { soakTakes } = await import('./soak.ts')
  const { violations, ...report } = await soakTakes(takes, seed, say)
  console.log(JSON.stringify({ ...report, violations: violations.length }, null, 2))
  for (const violation of violations) console.log(JSON.stringify(violation))
  return violations.length === 0 ? 0 : 1
})
