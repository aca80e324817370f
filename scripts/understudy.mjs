// `npm run --silent understudy -- COMMAND …`: the command line. Set-up speaks to standard error only.
import { ensureBuilt } from './lib/build.mjs'
import { launchNode } from './lib/launch.mjs'
import { endWithNpm } from './lib/orphan.mjs'
import { entries } from './lib/paths.mjs'
import { main } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await main(async () => {
  const { runtime } = await setUp()
  await ensureBuilt(runtime)
  endWithNpm()
  return launchNode(runtime, entries.cli, process.argv.slice(2))
})
