// `npm run screenshots`: the main states of the studio, dark and light, into docs/screenshots.
import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { launch } from './lib/launch.mjs'
import { root } from './lib/paths.mjs'
import { main, Stop } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await main(async () => {
  const { runtime, browser } = await setUp()
  await ensureBuilt(runtime)
  const { found, reason } = await browser()
  if (found === null) throw new Stop(`screenshots: ${reason}.`)
  return launch(runtime.path, [join(root, 'test', 'support', 'window', 'take-screenshots.ts')], {
    ...process.env,
    UNDERSTUDY_BROWSER: found,
  })
})
