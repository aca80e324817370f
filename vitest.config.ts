import { defineConfig } from 'vitest/config'
import { useTemporaryHome } from './test/support/temporary-home.ts'

useTemporaryHome()

const plain = (name: string, include = `test/${name}/**/*.test.ts`) => ({
  test: { name, include: [include], environment: 'node' as const },
})

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      plain('unit'),
      { test: { ...plain('media').test, fileParallelism: false } },
      plain('providers'),
      { test: { ...plain('takes').test, fileParallelism: false } },
      { test: { ...plain('faults').test, fileParallelism: false } },
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
