import { join } from 'node:path'
import { root } from './paths.mjs'
import { run } from './run.mjs'

/**
 * @typedef {{ name: string, script: string, args: readonly string[], cache?: readonly string[] }} Check
 * @typedef {{ name: string, ok: boolean, output: string, seconds: number }} CheckResult
 */

const caches = join(root, 'node_modules', '.cache', 'understudy-checks')
const typesOf = (/** @type {string} */ what, /** @type {string} */ config) => ({
  name: `types of ${what}`,
  // The native compiler: a quarter of the time of the one that the linter's parser needs.
  script: 'typescript-native/bin/tsc',
  args: ['-p', `tsconfig.${config}.json`],
  cache: ['--incremental', '--tsBuildInfoFile', join(caches, `${config}.tsbuildinfo`)],
})

/** What has to be true of the code, longest first; `cache`: how to skip what has not changed. @type {readonly Check[]} */
const checks = [
  // Its types come from the native compiler too, through tsconfig.json.
  { name: 'lint with types', script: 'oxlint/bin/oxlint', args: ['--deny-warnings', '.'] },
  {
    name: 'lint',
    script: 'eslint/bin/eslint.js',
    args: ['--max-warnings', '0', '.'],
    cache: ['--cache', '--cache-strategy', 'content', '--cache-location', join(caches, 'eslint')],
  },
  typesOf('tests and scripts', 'test'),
  typesOf('the core', 'node'),
  typesOf('the page', 'web'),
  {
    name: 'format',
    script: 'prettier/bin/prettier.cjs',
    args: ['--check', '--log-level', 'warn', '.'],
    cache: ['--cache', '--cache-strategy', 'content', '--cache-location', join(caches, 'prettier')],
  },
  { name: 'dead code and import cycles', script: 'knip/bin/knip.js', args: ['--no-progress'] },
]

/**
 * Runs every check, a few at a time, and reports each as it ends. With `cached`, lint looks only at changed files, so a
 * type that changed elsewhere can escape it until the whole run.
 * @returns {Promise<CheckResult[]>}
 */
export async function runChecks(
  /** @type {import('./node-runtime.mjs').Runtime} */ runtime,
  /** @type {(result: CheckResult) => void} */ onResult,
  { cached = false, atOnce = 2 } = {},
) {
  const waiting = checks.map((check) =>
    cached ? { ...check, args: [...check.args, ...(check.cache ?? [])] } : check,
  )
  /** @type {CheckResult[]} */
  const results = []
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const result = await runCheck(runtime, check)
      results.push(result)
      onResult(result)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}

/** @returns {Promise<CheckResult>} */
async function runCheck(
  /** @type {import('./node-runtime.mjs').Runtime} */ runtime,
  /** @type {Check} */ { name, script, args },
) {
  const started = Date.now()
  const { ok, output } = await run(runtime.path, [join(root, 'node_modules', script), ...args], {
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { name, ok, output: output.trim(), seconds: (Date.now() - started) / 1000 }
}

/** One line, and below it what a failing check said. */
export function describeCheck(/** @type {CheckResult} */ { name, ok, output, seconds }) {
  const line = `${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`
  return ok ? line : `${line}\n${output}`
}
