import { join } from 'node:path'
import { relative } from 'node:path'
import { failures, fromPlaywright, fromVitest, honest, listed, none, slowest } from './counts.mjs'
import { root } from './paths.mjs'
import { readJson } from './read-json.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

/**
 * @typedef {object} Stage
 * @property {string} node        the Node that runs everything
 * @property {string} folder      temporary, for the reports
 * @property {NodeJS.ProcessEnv} env
 * @property {(name: string) => void} onFailure   hears of every test that failed
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

/** What runs in Node: everything, or the projects that are named. It says which files took longest. */
export async function runVitest(
  /** @type {Stage} */ { node, folder, env, onFailure },
  /** @type {readonly string[]} */ projects = [],
) {
  const path = join(folder, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`]
  const named = projects.flatMap((project) => ['--project', project])
  const { ok } = await run(node, [vitest, ...args, ...named], { env: { ...env, NO_COLOR: '1' }, show: true })
  const told = report(path)
  const files = slowest(told, 10).map(
    ({ file, seconds }) => `  ${seconds.toFixed(1)} s  ${relative(root, file)}`,
  )
  say(['test: the slowest files:', ...files].join('\n'))
  failures(told).forEach((name) => onFailure(name.replace(`${root}/`, '')))
  return honest(fromVitest(told), ok)
}

/** One Playwright project. */
export async function runPlaywright(
  /** @type {string} */ project,
  /** @type {Stage} */ { node, folder, env, onFailure },
) {
  const path = join(folder, `playwright-${project}.json`)
  const { ok } = await run(node, [playwright, 'test', `--project=${project}`, '--reporter=list,json'], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: path, FORCE_COLOR: '0' },
    show: true,
  })
  const told = report(path)
  failures(told).forEach(onFailure)
  return honest(fromPlaywright(told), ok)
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
