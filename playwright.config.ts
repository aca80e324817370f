import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/lib/find-browser.mjs'
import { browserArguments } from './test/support/window/browser-arguments.ts'
import { useTemporaryHome } from './test/support/processes/temporary-home.ts'

useTemporaryHome()

const executablePath = findBrowser()

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  retries: 0,
  // How far two sides drift apart is for the bench; here nothing depends on an idle machine, and much is waiting.
  workers: 3,
  // A test that hangs ends some time; how fast one is says nothing.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  // A trace costs a fifth of the time of every test. Who looks for a fault asks for one: --trace retain-on-failure.
  use: { screenshot: 'only-on-failure' },
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
