import { ensureBuilt } from './lib/build.mjs'
import { main } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await main(async () => {
  const { runtime } = await setUp()
  await ensureBuilt(runtime, { force: true })
  return 0
})
