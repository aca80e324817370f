// `npm run mutation`: changes the core in thousands of small ways, one at a time, and asks the tests to notice each.
// With the names of groups, only those: `npm run mutation -- machine classifier`.
import { join } from 'node:path'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { main, say, Stop } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

/**
 * What is changed, and the tests that have to notice; no others are run, or it would take days.
 * @type {Record<string, { mutate: string[], tests: string[], limit?: number }>}
 */
const groups = {
  machine: {
    mutate: ['takes/machine', 'takes/next-work', 'takes/attempt'],
    tests: ['unit/takes/machine*', 'unit/takes/next-work', 'unit/takes/attempt'],
  },
  classifier: {
    mutate: [
      ...['verdict', 'names-task', 'json', 'kling-errors', 'kling-gateway-errors'],
      ...['oxen-errors', 'modelslab-errors', 'highway-errors'],
    ].map((name) => `providers/${name}`),
    tests: ['unit/providers/{verdict,read-json,*-errors}', 'providers/kling-errors'],
  },
  parsers: {
    mutate: ['files/byte-range', 'media/facts/boxes', 'providers/retry-after'],
    tests: ['unit/files/byte-range', 'unit/media/facts/boxes', '{unit/,}providers/retry-after'],
  },
  order: {
    mutate: ['takes/work/gate', 'takes/guards', 'takes/work/lanes'],
    tests: ['unit/takes/{gate*,guards*,lanes*}'],
    // None of them does anything but count.
    limit: 2000,
  },
  journal: {
    mutate: [
      ...['journal', 'open-database', 'writes', 'ballast'],
      ...['open-problems', 'spend-rows', 'upload-rows', 'download-rows'],
    ].map((name) => `takes/journal/${name}`),
    tests: ['unit/takes/{journal*,ledger,writes,ballast,rebuild*}'],
  },
  transfer: {
    mutate: ['takes/work/fetch-result', 'providers/put-file', 'hosting/s3-multipart'],
    tests: [
      'unit/takes/fetch-result*',
      'unit/providers/put-file',
      'providers/{oxen-upload,hosting/s3-multipart}',
    ],
  },
}

await main(async () => {
  const asked = process.argv.slice(2)
  const unknown = asked.find((name) => !Object.hasOwn(groups, name))
  if (unknown !== undefined) {
    throw new Stop(`mutation: there is no group ${unknown}; there are ${Object.keys(groups).join(', ')}.`)
  }
  const { runtime } = await setUp()
  const chosen = Object.entries(groups).filter(([name]) => asked.length === 0 || asked.includes(name))
  let failed = 0
  for (const [name, { mutate, tests, limit = 60_000 }] of chosen) {
    const started = Date.now()
    const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
    const files = mutate.map((one) => `src/main/${one}.ts`).join(',')
    const { ok } = await run(runtime.path, [stryker, 'run', 'stryker.config.json', '--mutate', files], {
      env: {
        ...process.env,
        MUTATION_TESTS: tests.map((one) => `test/${one}.test.ts`).join(' '),
        MUTATION_LIMIT: String(limit),
      },
      show: true,
    })
    if (!ok) failed += 1
    say(`mutation: ${name}: ${ok ? 'good' : 'below 85'}, ${Math.round((Date.now() - started) / 1000)} s`)
  }
  return failed === 0 ? 0 : 1
})
