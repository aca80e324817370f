import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../../scripts/lib/find-browser.mjs'
import { fillLibrary } from '../support/library/fill-library.ts'
import { browserArguments } from '../support/window/browser-arguments.ts'
import { makeHome, startBrowserFace } from '../support/window/browser-face.ts'
import { privateMegabytes } from '../support/window/browser-memory.ts'

export const name = 'a library of 10,000 takes in the window: scrolled, searched by key, and its memory'
export const limit = { longestFrame: 50, keyP95: 100, cells: 300, megabytes: 500, unit: 'ms, posters, MB' }

const takes = 10_000
const turns = 240
const typed = 'state:done kling waltz -stars>=3'

type Watched = { frames: number[]; cells: number; keys: number[] }

declare global {
  interface Window {
    watched: Watched
    waitsForKey: boolean
  }
}

/** Times in the page itself: from a key until what it finds is painted, and every frame while the page is scrolled. */
function watch(): void {
  window.watched = { frames: [], cells: 0, keys: [] }
  let keyAt = 0
  window.addEventListener(
    'keydown',
    () => {
      keyAt = performance.now()
      window.waitsForKey = true
    },
    true,
  )
  const painted = () => {
    if (window.waitsForKey) window.watched.keys.push(performance.now() - keyAt)
    window.waitsForKey = false
  }
  window.WebSocket = class extends WebSocket {
    constructor(...given: ConstructorParameters<typeof WebSocket>) {
      super(...given)
      this.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string' || !data.includes('"cards"')) return
        requestAnimationFrame(() => requestAnimationFrame(painted))
      })
    }
  }
}

const watchFrames = (page: Page) =>
  page.evaluate(() => {
    let last = performance.now()
    const next = (now: number) => {
      window.watched.frames.push(now - last)
      window.watched.cells = Math.max(window.watched.cells, document.querySelectorAll('[data-poster]').length)
      last = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })

async function typeKeys(page: Page): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search takes' }).focus()
  for (const character of typed) {
    await page.keyboard.press(character === ' ' ? 'Space' : character)
    await page.waitForFunction(() => !window.waitsForKey, undefined, { timeout: 2000 }).catch(() => undefined)
  }
}

const p95 = (times: readonly number[]) =>
  Math.round(times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0)

export async function run() {
  const home = makeHome()
  fillLibrary(home, takes)
  const face = await startBrowserFace(home)
  const marker = `--understudy-bench=${home}`
  const executablePath = findBrowser()
  const browser = await chromium.launch({
    args: [...browserArguments, marker],
    ...(executablePath !== null && { executablePath }),
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watch)
    await page.goto(await face.nextAddress())
    await page.locator('[data-poster]').first().waitFor()
    await page.keyboard.press('Control+3')
    await page
      .getByRole('region', { name: 'Library' })
      .getByRole('button', { name: /^Take 10000,/ })
      .waitFor()
    await page.mouse.move(900, 500)
    await watchFrames(page)
    for (let nth = 0; nth < turns; nth += 1) {
      await page.mouse.wheel(0, nth % 40 < 30 ? 400 : -900)
      await page.waitForTimeout(25)
    }
    const { frames, cells } = await page.evaluate(() => window.watched)
    await typeKeys(page)
    const { keys } = await page.evaluate(() => window.watched)
    return {
      takes,
      frames: frames.length,
      frameP95: p95(frames),
      longestFrame: Math.round(Math.max(...frames)),
      keys: keys.length,
      keyP95: p95(keys),
      cells,
      megabytes: Math.round(privateMegabytes(marker)),
      unit: limit.unit,
    }
  } finally {
    await browser.close()
    await face.close()
  }
}
