// Only the set-up: packages, Node, ffmpeg, Electron and a browser. Plain Node without packages, because it runs first.
import { main, say } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

await main(async () => {
  const ready = await setUp({
    wantElectron: true,
    sayTools: true,
    retry: process.argv.includes('--retry'),
  })
  if (!ready.electron.ok)
    say(`set-up: no Electron (${ready.electron.reason}). Understudy will open in a browser instead.`)
  const browser = await ready.browser()
  say(browser.found === null ? `set-up: no browser: ${browser.reason}.` : `set-up: browser ${browser.found}`)
  say(`set-up: ready, with Node ${ready.runtime.version}.`)
  return 0
})
