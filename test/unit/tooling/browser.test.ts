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

const failed = {
  ok: false,
  reason: 'cdn.playwright.dev could not be reached',
  on: '2026-01-31',
  waiting: false,
} as const

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
  const told: string[] = []
  const say = (line: string) => void told.push(line)

  it("fetches Playwright's own", async () => {
    const disk = { found: null as string | null }
    const answer = await ensureBrowser({
      find: () => disk.found,
      fetchPlaywright: () => {
        disk.found = '/cache/chrome'
        return Promise.resolve({ ok: true as const })
      },
      installDebian: null,
      say,
    })
    expect(answer).toEqual({ found: '/cache/chrome', reason: null })
  })

  it("installs Debian's, as root, when Playwright's is out of reach, and says so", async () => {
    const disk = { found: null as string | null }
    const answer = await ensureBrowser({
      find: () => disk.found,
      fetchPlaywright: () => Promise.resolve(failed),
      installDebian: () => {
        disk.found = '/usr/bin/chromium'
        return Promise.resolve(true)
      },
      say,
    })
    expect(answer).toEqual({ found: '/usr/bin/chromium', reason: null })
    expect(told.at(-1)).toMatch(/cdn\.playwright\.dev could not be reached.*installing Debian's chromium/)
  })

  it('says in a sentence what is missing when nothing helps', async () => {
    const answer = await ensureBrowser({
      find: () => null,
      fetchPlaywright: () => Promise.resolve(failed),
      installDebian: null,
      say,
    })
    expect(answer.found).toBeNull()
    expect(answer.reason).toMatch(/no Chromium, Chrome or Edge.*cdn\.playwright\.dev could not be reached/)
  })
})
