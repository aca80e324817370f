import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { electronBinary, root } from './electron-binary.ts'

declare global {
  interface Window {
    policyViolations?: string[]
  }
}

export type ElectronStudio = {
  readonly app: ElectronApplication
  readonly page: Page
  readonly home: string
  /** What the Content-Security-Policy stopped since the page was loaded. */
  readonly violations: () => Promise<readonly string[]>
}

export const environment = (home: string) => {
  const { ELECTRON_RUN_AS_NODE: _never, ...env } = process.env
  return { ...env, UNDERSTUDY_HOME: home } as Record<string, string>
}

async function watchPolicy(page: Page) {
  await page.addInitScript(() => {
    const seen: string[] = []
    window.policyViolations = seen
    document.addEventListener('securitypolicyviolation', (event) => {
      seen.push(`${event.effectiveDirective} ${event.blockedURI}`)
    })
  })
  // The page was loaded before anybody could listen.
  await page.reload()
}

/** Journeys in the real Electron, each on an empty library; skipped, with the reason, where it cannot run. */
export const test = base.extend<{ studio: ElectronStudio }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern.
  studio: async ({}, use, info) => {
    const binary = electronBinary()
    if ('missing' in binary) {
      info.skip(true, binary.missing)
      return
    }
    const home = await mkdtemp(join(tmpdir(), 'understudy-electron-'))
    const app = await _electron.launch({
      executablePath: binary.path,
      args: [root],
      cwd: root,
      env: environment(home),
    })
    try {
      const page = await app.firstWindow()
      await watchPolicy(page)
      await use({
        app,
        page,
        home,
        violations: () => page.evaluate(() => window.policyViolations ?? ['nobody was listening']),
      })
    } finally {
      await app.close()
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    }
  },
})
