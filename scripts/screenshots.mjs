// `npm run screenshots`: the pictures of the README, taken from the real studio in a real browser.
import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { launchNode } from './lib/launch.mjs'
import { root } from './lib/paths.mjs'
import { main, Stop } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await main(async () => {
  const { runtime, browser } = await setUp()
  const { found } = await browser()
  if (found === null) throw new Stop('screenshots: there is no browser to take them with.')
  await ensureBuilt(runtime)
  return launchNode(runtime, join(root, 'test', 'support', 'take-screenshots.ts'), [])
})
