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
    mutate: ['src/main/takes/state-machine.ts', 'src/main/takes/next-step.ts', 'src/main/takes/attempt.ts'],
    tests: ['unit/takes/{state-machine*,next-step,attempt}'],
  },
  classifier: {
    mutate: [
      'src/main/providers/answers.ts',
      'src/main/providers/json.ts',
      'src/main/providers/kling/answers.ts',
      'src/main/providers/kling/gateway-answers.ts',
      'src/main/providers/oxen/answers.ts',
      'src/main/providers/modelslab/answers.ts',
      'src/main/providers/highway/errors.ts',
    ],
    // All of them: what an answer proves is tested with requests over real HTTP, adapter by adapter.
    tests: ['{unit/,}providers/**/*'],
  },
  parsers: {
    mutate: ['src/main/files/serve.ts', 'src/main/media/probe/mp4-boxes.ts'],
    tests: ['unit/files/{byte-range,file-tokens,media-handler}', 'unit/media/probe/{mp4-boxes,edit-list}'],
  },
  order: {
    mutate: [
      'src/main/system/scheduling.ts',
      'src/main/takes/submit/admit.ts',
      'src/main/takes/steps/account-slots.ts',
      'src/main/takes/queue/order.ts',
      'src/main/takes/queue/send-queue.ts',
    ],
    tests: [
      'unit/system/{priority-semaphore,run-in-turn,rate-limiter}',
      'unit/takes/{submit/*,steps/account-slots*,queue/*,library,library-{consent,money,refusals,look}}',
    ],
  },
  journal: {
    mutate: [
      'src/main/takes/journal/journal.ts',
      'src/main/takes/journal/database.ts',
      'src/main/takes/journal/writes.ts',
      'src/main/takes/journal/tables.ts',
    ],
    tests: ['unit/takes/{journal/*,recovery/rebuild*}'],
  },
  transfer: {
    mutate: [
      'src/main/takes/steps/fetch-result.ts',
      'src/main/providers/http/client.ts',
      'src/main/hosting/s3/multipart.ts',
    ],
    tests: [
      'unit/takes/steps/fetch-result*',
      'unit/providers/http/put-file',
      '{providers/oxen/oxen-upload,hosting/s3/s3-multipart}',
    ],
  },
}

await main(async () => {
  const asked = process.argv.slice(2)
  const unknown = asked.find((name) => !Object.hasOwn(groups, name))
  if (unknown !== undefined) {
    throw new Stop(
      `mutation: there is no group ${unknown}. The groups are ${Object.keys(groups).join(', ')}.`,
    )
  }
  const { runtime } = await setUp()
  const chosen = Object.entries(groups).filter(([name]) => asked.length === 0 || asked.includes(name))
  let failed = 0
  for (const [name, { mutate, tests, limit = 60_000 }] of chosen) {
    const started = Date.now()
    const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
    const files = mutate.join(',')
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
