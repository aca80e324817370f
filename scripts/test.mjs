// `npm test`: set-up, check, build, then every test. The last line sums up all of it.
// `npm run test:quick` (`--quick`): the checks, the unit tests and those of the page, for the loop while working.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { describeCheck, runChecks } from './lib/checks.mjs'
import { add, closingLine, none } from './lib/counts.mjs'
import { chooseFace } from './lib/face.mjs'
import { thisMachine } from './lib/machine.mjs'
import { main, say, Stop } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'
import { testEnvironment } from './lib/test-environment.mjs'
import { runPlaywright, runVitest, skipPlaywright } from './lib/test-runners.mjs'

const quick = process.argv.includes('--quick')
const folder = mkdtempSync(join(tmpdir(), 'understudy-test-'))
for (const name of ['user', 'tmp']) mkdirSync(join(folder, name))
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

/** @type {string[]} */
const failed = []
const onFailure = (/** @type {string} */ name) => void failed.push(name)

/** @typedef {import('./lib/counts.mjs').Counts} Counts */

/** @returns {Promise<Counts>} */
async function check(/** @type {import('./lib/node-runtime.mjs').Runtime} */ runtime) {
  const results = await runChecks(runtime, (result) => say(describeCheck(result)), {
    cached: quick,
    atOnce: 1,
  })
  const names = results.filter(({ ok }) => !ok).map(({ name }) => name)
  names.forEach(onFailure)
  return { ...none, passed: results.length - names.length, failed: names.length }
}

/** @returns {Promise<boolean>} */
async function build(/** @type {import('./lib/node-runtime.mjs').Runtime} */ runtime) {
  try {
    await ensureBuilt(runtime)
    return true
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    say(error.message)
    return false
  }
}

/** @returns {Promise<Counts>} */
async function journeys(
  /** @type {import('./lib/attempt.mjs').Attempt} */ electron,
  /** @type {import('./lib/browser.mjs').Browser} */ browser,
  /** @type {import('./lib/test-runners.mjs').Stage} */ stage,
) {
  const inBrowser =
    browser.found === null
      ? (say(`test: the end-to-end tests need a browser: ${browser.reason}.`), { ...none, failed: 1 })
      : await runPlaywright('browser', stage)

  const choice = chooseFace(thisMachine(electron), false)
  if (choice.face === 'electron') return add(inBrowser, await runPlaywright('electron', stage))
  say(`test: the Electron tests were skipped: ${choice.why}.`)
  return add(inBrowser, await skipPlaywright('electron', stage))
}

/** Says what failed, and the outcome in the last line. @returns {number} */
function sumUp(/** @type {readonly Counts[]} */ ...all) {
  const counts = add(...all)
  // Repeated here: between thousands of lines nobody finds them.
  if (failed.length > 0) say(['test: what failed:', ...failed.map((name) => `  ${name}`)].join('\n'))
  process.stdout.write(`${closingLine(counts)}\n`)
  return counts.failed === 0 ? 0 : 1
}

await main(async () => {
  const ready = await setUp({ wantElectron: !quick, sayTools: true })
  const browser = quick ? null : await ready.browser()
  const env = testEnvironment(process.env, folder, browser?.found ?? null)
  const stage = { node: ready.runtime.path, folder, env, onFailure }

  // Before the checks: it writes a file of its own between those they read, for a moment.
  const built = quick || (await build(ready.runtime))
  // The checks compute for as long as they run; the tests beside them wait for windows, processes and clocks.
  const checked = check(ready.runtime)
  if (browser === null) {
    const inNode = await runVitest(stage, ['unit', 'renderer*'])
    return sumUp(await checked, inNode)
  }

  const walked = built ? await journeys(ready.electron, browser, stage) : { ...none, failed: 1 }
  const inNode = await runVitest(stage)
  return sumUp(await checked, inNode, walked)
})
