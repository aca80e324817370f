// `npm run build`: all three faces, unless nothing they are made of has changed.
import { ensureBuilt } from './lib/build.mjs'
import { main } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await main(async () => {
  const { runtime } = await setUp()
  await ensureBuilt(runtime)
  return 0
})
