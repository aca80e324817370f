import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureBrowser } from '../../../scripts/lib/browser.mjs'
import { findBrowser, usualPlaces } from '../../../scripts/lib/find-browser.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-browser-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function aProgram(path: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '#!/bin/sh\n')
  chmodSync(file, 0o755)
  return file
}

describe.skipIf(process.platform === 'win32')('finding a browser', () => {
  it('takes the plainest Chromium on PATH', () => {
    aProgram('bin/google-chrome')
    const chromium = aProgram('bin/chromium')
    expect(findBrowser({ PATH: join(folder, 'bin') }, 'linux', folder)).toBe(chromium)
  })

  it('takes the one the user names before any other', () => {
    aProgram('bin/chromium')
    const named = aProgram('elsewhere/my-browser')
    expect(findBrowser({ PATH: join(folder, 'bin'), UNDERSTUDY_BROWSER: named }, 'linux', folder)).toBe(named)
  })

  it("takes Playwright's newest where none is installed", () => {
    aProgram('.cache/ms-playwright/chromium-999/chrome-linux64/chrome')
    const newest = aProgram('.cache/ms-playwright/chromium-1200/chrome-linux64/chrome')
    expect(findBrowser({ PATH: '' }, 'linux', folder)).toBe(newest)
  })

  it('answers null where there is none', () => {
    expect(findBrowser({ PATH: join(folder, 'bin') }, 'linux', folder)).toBeNull()
  })
})

describe('where browsers usually are', () => {
  it('covers macOS and Windows, whose PATH does not name them', () => {
    expect(usualPlaces('darwin', {}, '/Users/ann')).toContain(
      join('/Applications', 'Google Chrome.app/Contents/MacOS/Google Chrome'),
    )
    expect(usualPlaces('win32', { PROGRAMFILES: 'C:\\Program Files' }, '')).toContain(
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    )
  })
})

describe('a machine without a browser', () => {
  /** A machine on which fetching in one of two ways, or none, brings a browser. */
  function aMachine(helps: 'playwright' | 'debian' | null) {
    const disk: { found: string | null } = { found: null }
    const tried: string[] = []
    const fetch = (name: 'playwright' | 'debian', reason: string) => () => {
      tried.push(name)
      if (helps === name) disk.found = `/${name}/chrome`
      return Promise.resolve(
        helps === name
          ? ({ ok: true } as const)
          : ({ ok: false, reason, on: '2026-01-31', waiting: false } as const),
      )
    }
    return {
      tried,
      find: () => disk.found,
      fetchPlaywright: fetch('playwright', 'cdn.playwright.dev couldn’t be reached'),
      installDebian: fetch('debian', 'apt-get update failed'),
    }
  }

  it('fetches Playwright’s own, and nothing more when that helps', async () => {
    const machine = aMachine('playwright')
    expect(await ensureBrowser(machine)).toEqual({ found: '/playwright/chrome', reason: null })
    expect(machine.tried).toEqual(['playwright'])
  })

  it("installs Debian's, as root, when Playwright's is out of reach", async () => {
    const machine = aMachine('debian')
    expect(await ensureBrowser(machine)).toEqual({ found: '/debian/chrome', reason: null })
    expect(machine.tried).toEqual(['playwright', 'debian'])
  })

  it('says in a sentence what is missing and what was tried when nothing helps', async () => {
    expect(await ensureBrowser(aMachine(null))).toEqual({
      found: null,
      reason:
        'no Chromium, Chrome or Edge was found; Playwright’s own couldn’t be downloaded (cdn.playwright.dev couldn’t be ' +
        'reached); Debian’s couldn’t be downloaded (apt-get update failed)',
    })
    expect(await ensureBrowser({ ...aMachine(null), installDebian: null })).toMatchObject({
      found: null,
      reason: expect.not.stringContaining('Debian'),
    })
  })
})
