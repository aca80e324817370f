import { defineConfig } from 'vitest/config'
import { useTemporaryHome } from './test/support/temporary-home.ts'

useTemporaryHome()

/** Which tests judge the mutants is decided by scripts/mutation.mjs, group by group. */
export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 60_000,
    include: (process.env['MUTATION_TESTS'] ?? 'test/unit/takes/machine.test.ts').split(' '),
  },
})
