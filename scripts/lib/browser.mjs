import { join } from 'node:path'
import { attempt } from './attempt.mjs'
import { debianInstall, mayInstallDebian } from './debian.mjs'
import { findBrowser } from './find-browser.mjs'
import { root } from './paths.mjs'
import { versionIn } from './read-json.mjs'
import { whyUnreachable } from './reach.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

const LIMIT = 10 * 60_000

/** @typedef {{ found: string | null, reason: string | null }} Browser */

/** @typedef {() => Promise<import('./attempt.mjs').Attempt>} Fetch */

/**
 * Finds a browser, or fetches one: Playwright’s own first, because it needs no rights; else Debian's, as root.
 *
 * @param {object} effects
 * @param {() => string | null} effects.find
 * @param {Fetch} effects.fetchPlaywright
 * @param {Fetch | null} effects.installDebian   null where that cannot be done
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser({ find, fetchPlaywright, installDebian }) {
  const failures = []
  for (const [name, fetch] of /** @type {const} */ ([
    ['Playwright’s own', fetchPlaywright],
    ['Debian’s', installDebian],
  ])) {
    const found = find()
    if (found !== null) return { found, reason: null }
    const fetched = await fetch?.()
    if (fetched?.ok === false) failures.push(`${name} couldn’t be downloaded (${fetched.reason})`)
  }
  const found = find()
  const reason = ['no Chromium, Chrome or Edge was found', ...failures].join('; ')
  return found === null ? { found, reason } : { found, reason: null }
}

/** @param {import('./node-runtime.mjs').Runtime} runtime @param {import('./stamps.mjs').Stamps} stamps */
export function browserEffects(runtime, stamps, retry = false) {
  const playwright = join(root, 'node_modules', '@playwright', 'test')
  const isThere = () => findBrowser() !== null
  const effects = { stamps, now: Date.now, retry }
  return {
    find: () => findBrowser(),
    installDebian: mayInstallDebian()
      ? () => attempt({ name: 'debian-chromium', version: '', isThere, fetch: installDebian }, effects)
      : null,
    fetchPlaywright: () =>
      attempt(
        {
          name: 'playwright-chromium',
          version: versionIn(playwright),
          isThere,
          fetch: async () => {
            const why = await whyUnreachable('cdn.playwright.dev')
            if (why !== null) return why
            say('set-up: downloading Playwright’s Chromium (about 180 MB, once) …')
            const result = await run(runtime.path, [join(playwright, 'cli.js'), 'install', 'chromium'], {
              limit: LIMIT,
            })
            if (result.timedOut) return 'the download took longer than 10 minutes'
            return result.ok ? null : 'its installer failed'
          },
        },
        effects,
      ),
  }
}

/** @returns {Promise<string | null>} why it failed */
function installDebian() {
  say('set-up: installing Debian’s chromium (about 80 MB, once) …')
  return debianInstall('chromium')
}
