// `npm start`: the studio in Electron where it can run, else in a browser window.
import { electronPath } from './lib/binaries.mjs'
import { ensureBuilt } from './lib/build.mjs'
import { chooseFace, hasDisplay } from './lib/face.mjs'
import { launch, launchNode } from './lib/launch.mjs'
import { thisMachine } from './lib/machine.mjs'
import { endWithNpm } from './lib/orphan.mjs'
import { entries } from './lib/paths.mjs'
import { main, say } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

const OURS = ['--browser', '--retry']

await main(async () => {
  const given = process.argv.slice(2)
  const args = given.filter((argument) => !OURS.includes(argument))
  const asked = given.includes('--browser')
  const ready = await setUp({ wantElectron: !asked, retry: given.includes('--retry') })
  await ensureBuilt(ready.runtime)

  endWithNpm()

  const machine = thisMachine(ready.electron)
  const choice = chooseFace(machine, asked)
  const program = electronPath()
  if (choice.face === 'electron' && program !== null) {
    return launch(program, ['.', ...args], { ...process.env, ELECTRON_RUN_AS_NODE: undefined })
  }
  if (choice.face === 'browser' && choice.why !== null) say(`Understudy opens in a browser: ${choice.why}.`)
  if (hasDisplay(machine)) {
    const browser = await ready.browser()
    if (browser.found === null)
      say(`No window could be opened: ${browser.reason}. Open the address yourself.`)
    else process.env['UNDERSTUDY_BROWSER'] = browser.found
  }
  return launchNode(ready.runtime, entries.web, args)
})
