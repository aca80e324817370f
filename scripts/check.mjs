// `npm run check`: format, lint, types, dead code and import cycles. Yes or no, without warnings.
import { describeCheck, runChecks } from './lib/checks.mjs'
import { main } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await main(async () => {
  const { runtime } = await setUp()
  const results = await runChecks(runtime, (result) => console.log(describeCheck(result)))
  const failed = results.filter(({ ok }) => !ok).length
  console.log(failed === 0 ? 'check: yes' : `check: no (${failed} of ${results.length} failed)`)
  return failed === 0 ? 0 : 1
})
