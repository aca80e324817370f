import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { useTemporaryHome } from './test/support/processes/temporary-home.ts'

useTemporaryHome()

/** Its files hold no state for each other, and a fresh world for each takes longer than most of them. */
const plain = (name: string, include = `test/${name}/**/*.test.ts`) => ({
  test: { name, include: [include], environment: 'node' as const, isolate: false },
})

/** Where one wrong branch may cost money: what an attempt does next, what an answer proves, what is written down. */
const decisions = [
  'src/main/takes/state-machine.ts',
  'src/main/takes/attempt.ts',
  'src/main/takes/journal/journal.ts',
  'src/main/takes/journal/database.ts',
  'src/main/takes/journal/writes.ts',
  'src/main/takes/journal/tables.ts',
  'src/main/providers/answers.ts',
  'src/main/providers/json.ts',
  'src/main/providers/kling/answers.ts',
  'src/main/providers/kling/gateway-answers.ts',
  'src/main/providers/oxen/answers.ts',
  'src/main/providers/modelslab/answers.ts',
  'src/main/providers/highway/errors.ts',
  'src/main/providers/kling/official.ts',
  'src/main/providers/kling/client.ts',
  'src/main/providers/kling/official-2.ts',
  'src/main/providers/kling/gateway.ts',
  'src/main/providers/oxen/oxen.ts',
  'src/main/providers/modelslab/modelslab.ts',
  'src/main/providers/highway/highway.ts',
]

export default defineConfig({
  test: {
    coverage: {
      include: decisions,
      reporter: [['text', { skipFull: true }], 'json', 'json-summary'],
      reportOnFailure: true,
      thresholds: { branches: 100 },
    },
    // Many wait for processes and sockets more than they compute; others keep several cores busy by themselves.
    maxWorkers: Math.max(4, Math.floor(availableParallelism() / 2)),
    // A test that hangs ends some time; how fast one is says nothing.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    projects: [
      plain('unit'),
      plain('media', 'test/{media,processes}/**/*.test.ts'),
      plain('providers', 'test/{providers,hosting,practice}/**/*.test.ts'),
      plain('cli'),
      plain('faults'),
      // A document takes a second to make for every file; what draws nothing needs none.
      plain('renderer-logic', 'test/renderer/**/*.test.ts'),
      {
        test: {
          name: 'renderer',
          include: ['test/renderer/**/*.test.tsx'],
          environment: 'jsdom' as const,
        },
      },
    ],
  },
})
