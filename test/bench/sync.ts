import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import { findBrowser } from '../../scripts/lib/find-browser.mjs'
import { browserArguments } from '../support/window/browser-arguments.ts'
import { measureSync, type SyncNumbers } from '../support/window/compare-page/measure.ts'
import { buildPages, servePages } from '../support/window/compare-page/serve.ts'
import { makeVideo, type ClipName } from '../support/window/compare-page/videos.ts'

export const name = 'reference and result apart over 30 s of playing, by the frames the browser showed'
/**
 * Two players in step show a frame at the first refresh after it is due. Frames of 24 and of 30 a second are so up to a
 * refresh apart, and a browser without a graphics card paints 30 times a second, not 60: 25 ms that no player can help.
 * On a screen of 60 Hz this limit is 20 ms.
 */
export const limit = { beyondRefresh: 20 - 1000 / 60, unit: 'ms that p95 is beyond one refresh' }

const playFor = 30_000
const pairs: readonly (readonly [ClipName, ClipName])[] = [
  ['thirty-with-sound', 'thirty'],
  ['thirty-with-sound', 'twenty-four'],
  ['variable', 'twenty-four'],
]

type Site = { readonly folder: string; readonly address: string }
type Measured = {
  readonly names: string
  readonly hardSeeks: number
  /** Milliseconds between two pictures of the screen. */
  readonly refresh: number
} & SyncNumbers

async function playPair(
  browser: Browser,
  site: Site,
  reference: ClipName,
  result: ClipName,
): Promise<Measured> {
  const videos = {
    reference: await makeVideo(site.folder, reference, 32),
    result: await makeVideo(site.folder, result, 32),
  }
  const page = await browser.newPage()
  await page.goto(site.address)
  const { shown, hardSeeks, refreshes } = await page.evaluate(
    async ({ given, duration }) => {
      const opened = window.harness.open(given, given.reference.hasSound ? 'reference' : 'none')
      await opened.settled()
      const before = opened.seeks.reference + opened.seeks.result
      opened.shown.length = 0
      opened.pair.play()
      const painted: number[] = []
      requestAnimationFrame(function again(now) {
        painted.push(now)
        requestAnimationFrame(again)
      })
      await opened.wait(duration)
      const frames = [...opened.shown]
      const refreshes = painted.slice(1).map((now, nth) => now - (painted[nth] ?? 0))
      return { shown: frames, refreshes, hardSeeks: opened.seeks.reference + opened.seeks.result - before }
    },
    { given: videos, duration: playFor },
  )
  await page.close()
  const refresh = [...refreshes].sort((a, b) => a - b)[refreshes.length >> 1] ?? 0
  return { names: `${reference} and ${result}`, hardSeeks, refresh, ...measureSync(shown) }
}

export async function run(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-bench-sync-'))
  await buildPages(folder)
  const server = await servePages(folder)
  const executablePath = findBrowser()
  const browser = await chromium.launch({
    args: browserArguments,
    ...(executablePath !== null && { executablePath }),
  })
  try {
    const measured: Measured[] = []
    for (const [reference, result] of pairs)
      measured.push(await playPair(browser, { folder, address: server.address }, reference, result))
    const worst = (figure: (one: Measured) => number) => Math.max(...measured.map(figure))
    return {
      beyondRefresh: worst(({ shown, refresh }) => shown.p95 - refresh),
      p95: worst(({ shown }) => shown.p95),
      max: worst(({ shown }) => shown.max),
      hardSeeks: worst(({ hardSeeks }) => hardSeeks),
      clocksP95: worst(({ clocks }) => clocks.p95),
      ...Object.fromEntries(measured.map(({ names, ...numbers }) => [names, JSON.stringify(numbers)])),
    }
  } finally {
    await browser.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
