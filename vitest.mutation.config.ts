import { defineConfig } from 'vitest/config'
import { useTemporaryHome } from './test/support/processes/temporary-home.ts'

useTemporaryHome()

/** Which tests judge the mutants is decided by scripts/mutation.mjs, group by group. */
export default defineConfig({
  test: {
    environment: 'node',
    // Many mutants make a test wait for ever: the sooner it gives up, the sooner the next one is tried.
    testTimeout: Number(process.env['MUTATION_LIMIT'] ?? 60_000),
    include: (process.env['MUTATION_TESTS'] ?? 'test/unit/takes/state-machine.test.ts').split(' '),
  },
})
