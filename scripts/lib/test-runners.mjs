import { join } from 'node:path'
import { fromPlaywright, fromVitest, honest, listed, none } from './counts.mjs'
import { root } from './paths.mjs'
import { readJson } from './read-json.mjs'
import { run } from './run.mjs'

/**
 * @typedef {object} Stage
 * @property {string} node        the Node that runs everything
 * @property {string} folder      temporary, for the reports
 * @property {NodeJS.ProcessEnv} env
 */

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js')

/** @returns {unknown} */
function report(/** @type {string} */ path) {
  try {
    return readJson(path)
  } catch {
    return null
  }
}

/** Everything that runs in Node: unit, media, providers, takes, faults, renderer. */
export async function runVitest(/** @type {Stage} */ { node, folder, env }) {
  const path = join(folder, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`]
  const { ok } = await run(node, [vitest, ...args], { env: { ...env, NO_COLOR: '1' }, show: true })
  return honest(fromVitest(report(path)), ok)
}

/** One Playwright project. */
export async function runPlaywright(
  /** @type {string} */ project,
  /** @type {Stage} */ { node, folder, env },
) {
  const path = join(folder, `playwright-${project}.json`)
  const { ok } = await run(node, [playwright, 'test', `--project=${project}`, '--reporter=list,json'], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: path, FORCE_COLOR: '0' },
    show: true,
  })
  return honest(fromPlaywright(report(path)), ok)
}

/** Counts the tests of a project that cannot run here, so that the closing line does not hide them. */
export async function skipPlaywright(
  /** @type {string} */ project,
  /** @type {Stage} */ { node, folder, env },
) {
  const path = join(folder, `playwright-${project}.json`)
  await run(node, [playwright, 'test', `--project=${project}`, '--list', '--reporter=json'], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: path, FORCE_COLOR: '0' },
  })
  return { ...none, skipped: listed(report(path)) }
}
