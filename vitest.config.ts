import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { useTemporaryHome } from './test/support/temporary-home.ts'

useTemporaryHome()

const plain = (name: string, include = `test/${name}/**/*.test.ts`) => ({
  test: { name, include: [include], environment: 'node' as const },
})

/** Where one wrong branch may cost money: what an attempt does next, what an answer proves, what is written down. */
const decisions = [
  'src/main/takes/{machine,attempt}.ts',
  'src/main/takes/journal/{journal,open-database,writes,statements}.ts',
  'src/main/takes/journal/{spend,upload,download}-rows.ts',
  'src/main/providers/{verdict,names-task,retry-after,json,kling-status,*-errors}.ts',
  'src/main/providers/{kling,kling-talk,kling-two,kling-gateway,oxen,modelslab,highway}.ts',
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
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      // They hold no state between files, and a fresh world for each takes longer than most of them.
      { test: { ...plain('unit').test, isolate: false } },
      plain('media'),
      plain('providers'),
      plain('takes'),
      plain('faults'),
      {
        test: {
          name: 'renderer',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom' as const,
        },
      },
    ],
  },
})
