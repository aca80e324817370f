import { join } from 'node:path'
import { attempt } from './attempt.mjs'
import { findBrowser } from './find-browser.mjs'
import { findProgram } from './find-program.mjs'
import { root } from './paths.mjs'
import { versionIn } from './read-json.mjs'
import { whyUnreachable } from './reach.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

const LIMIT = 10 * 60_000

/** @typedef {{ found: string | null, reason: string | null }} Browser */

/**
 * Finds a browser, or fetches one: Playwright's own first, because it needs no rights; else Debian's, as root.
 *
 * @param {object} effects
 * @param {() => string | null} effects.find
 * @param {() => Promise<import('./attempt.mjs').Attempt>} effects.fetchPlaywright
 * @param {(() => Promise<boolean>) | null} effects.installDebian   null where that cannot be done
 * @param {(line: string) => void} effects.say
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser({ find, fetchPlaywright, installDebian, say }) {
  const found = find()
  if (found !== null) return { found, reason: null }
  const fetched = await fetchPlaywright()
  if (fetched.ok) return { found: find(), reason: null }
  if (installDebian !== null) {
    say(
      `set-up: Playwright's Chromium could not be fetched (${fetched.reason}); installing Debian's chromium …`,
    )
    if (await installDebian()) return { found: find(), reason: null }
  }
  return {
    found: null,
    reason: `no Chromium, Chrome or Edge was found, and Playwright's own could not be fetched (${fetched.reason})`,
  }
}

/** @param {import('./node-runtime.mjs').Runtime} runtime @param {import('./stamps.mjs').Stamps} stamps */
export function browserEffects(runtime, stamps, retry = false) {
  const playwright = join(root, 'node_modules', '@playwright', 'test')
  const canInstallDebian = process.getuid?.() === 0 && findProgram('apt-get') !== null
  return {
    find: () => findBrowser(),
    say,
    installDebian: canInstallDebian ? installDebian : null,
    fetchPlaywright: () =>
      attempt(
        {
          name: 'playwright-chromium',
          version: versionIn(playwright),
          isThere: () => findBrowser() !== null,
          fetch: async () => {
            const why = await whyUnreachable('cdn.playwright.dev')
            if (why !== null) return why
            say("set-up: fetching Playwright's Chromium (about 180 MB, once) …")
            const result = await run(runtime.path, [join(playwright, 'cli.js'), 'install', 'chromium'], {
              limit: LIMIT,
            })
            if (result.timedOut) return 'the download took longer than 10 minutes'
            return result.ok ? null : 'its installer failed'
          },
        },
        { stamps, now: Date.now, retry },
      ),
  }
}

async function installDebian() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const update = await run('apt-get', ['-q', 'update'], { env, limit: LIMIT })
  if (!update.ok) return false
  const install = await run('apt-get', ['-q', '-y', 'install', '--no-install-recommends', 'chromium'], {
    env,
    limit: LIMIT,
  })
  return install.ok
}
