import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/lib/find-browser.mjs'
import { browserArguments } from './test/support/browser-arguments.ts'
import { useTemporaryHome } from './test/support/temporary-home.ts'

useTemporaryHome()

const executablePath = findBrowser()

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  retries: 0,
  // The journeys measure playback; a second worker would measure itself.
  workers: 1,
  timeout: 120_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure' },
  projects: [
    {
      name: 'browser',
      testMatch: '*.spec.ts',
      testIgnore: 'electron/**',
      use: {
        launchOptions: {
          ...(executablePath !== null && { executablePath }),
          args: browserArguments,
        },
      },
    },
    { name: 'electron', testMatch: 'electron/**/*.spec.ts' },
  ],
})
