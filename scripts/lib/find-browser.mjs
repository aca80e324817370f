import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findProgram, isProgram } from './find-program.mjs'

/** Names on PATH, best first: the plainest Chromium is the one the tests are written against. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]

const MAC = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/** Where browsers of the Chromium family are installed when they are not on PATH. @returns {string[]} */
export function usualPlaces(
  /** @type {string} */ platform,
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {string} */ home,
) {
  if (platform === 'darwin') {
    return ['/Applications', join(home, 'Applications')].flatMap((folder) =>
      MAC.map((app) => join(folder, app)),
    )
  }
  if (platform === 'win32') {
    return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => WINDOWS.map((app) => `${folder}\\${app}`))
  }
  return []
}

const PLAYWRIGHT_PROGRAM = {
  linux: ['chrome-linux64/chrome', 'chrome-linux/chrome'],
  darwin: ['chrome-mac', 'chrome-mac-arm64', 'chrome-mac-x64'].flatMap((folder) => [
    `${folder}/Chromium.app/Contents/MacOS/Chromium`,
    `${folder}/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing`,
  ]),
  win32: ['chrome-win64/chrome.exe', 'chrome-win/chrome.exe'],
}

/** Browsers that Playwright has downloaded, newest first. @returns {string[]} */
function playwrightPlaces(
  /** @type {string} */ platform,
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {string} */ home,
) {
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return []
  const cache = {
    linux: join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'ms-playwright'),
    darwin: join(home, 'Library', 'Caches', 'ms-playwright'),
    win32: join(env['LOCALAPPDATA'] ?? home, 'ms-playwright'),
  }
  const folder = env['PLAYWRIGHT_BROWSERS_PATH'] ?? cache[platform]
  return namesIn(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((name) => PLAYWRIGHT_PROGRAM[platform].map((program) => join(folder, name, program)))
}

function namesIn(/** @type {string} */ folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** A browser of the Chromium family, or null. `UNDERSTUDY_BROWSER` names one that is somewhere else. */
export function findBrowser(env = process.env, platform = process.platform, home = homedir()) {
  const named = env['UNDERSTUDY_BROWSER']
  if (named !== undefined && named !== '') return isProgram(named) ? named : findProgram(named, env, platform)
  for (const name of platform === 'win32' ? [] : NAMES) {
    const path = findProgram(name, env, platform)
    if (path !== null) return path
  }
  const places = [...usualPlaces(platform, env, home), ...playwrightPlaces(platform, env, home)]
  return places.find(isProgram) ?? null
}
