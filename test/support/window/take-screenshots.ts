import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, type Browser, type Page } from '@playwright/test'
import { findBrowser } from '../../../scripts/lib/find-browser.mjs'
import { root } from '../../../scripts/lib/paths.mjs'
import { makeFit } from './fit-walk.ts'
import { hardScenes } from './hard-scenes.ts'
import { queueScenes } from './queue-scenes.ts'
import { openScene } from './scene-page.ts'
import { shortClip, smallPicture } from '../clips/bad-inputs.ts'
import { browserArguments } from './browser-arguments.ts'
import { makeHome, startBrowserFace, type BrowserFace } from './browser-face.ts'
import { startPaidFace } from './paid-face.ts'
import { cutFilm } from '../clips/cut-film.ts'
import { StudioPage } from './studio-page.ts'
import { TimelinePage } from './timeline-page.ts'

const folder = join(root, 'docs', 'screenshots')
/** Those of the hard states that the guide shows; the others are taken to be looked at only where a folder is named. */
const keptScenes = new Set(['restart', 'disk-full', 'expired', 'question', 'queue'])
const looked = process.env['UNDERSTUDY_SCREENSHOTS']

type Picture = (state: string) => Promise<void>

/** Opens a page at a studio, takes pictures of it, and closes the page. */
async function visit(
  browser: Browser,
  theme: 'dark' | 'light',
  face: BrowserFace,
  walk: (studio: StudioPage, save: Picture) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage({ colorScheme: theme, viewport: { width: 1440, height: 900 } })
  const studio = new StudioPage(page)
  try {
    await studio.open(face)
    await walk(studio, async (state) => {
      const path = join(folder, `${state}-${theme}.png`)
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
      process.stdout.write(`${path}\n`)
    })
  } finally {
    await page.close()
  }
}

/** The clip was looked through, and the pictures of its strip are the finer ones. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByText(/^Checking for cuts/)).toHaveCount(0, { timeout: 60_000 })
  await page.waitForLoadState('networkidle')
}

/** From empty to compared, and what has to be solved first. */
async function practise(studio: StudioPage, save: Picture): Promise<void> {
  const { page } = studio
  await save('empty')

  await studio.sample.click()
  await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
  await settled(page)
  await save('ready')

  await studio.generate.click()
  await expect(studio.takes.getByText('Generating')).toBeVisible({ timeout: 60_000 })
  await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
  await save('running')

  await studio.done()
  const result = page.getByRole('region', { name: 'Stage' }).getByRole('region', { name: 'Result' })
  await expect(result.locator('video')).toBeVisible({ timeout: 60_000 })
  await settled(page)
  await save('result')
  await page.keyboard.press('Control+3')
  await expect(page.getByRole('region', { name: 'Library' }).locator('[data-poster] img')).toBeVisible()
  await page.keyboard.press('Escape')
  await save('library')
  await page.keyboard.press('Control+1')
  await studio.compare()
  // Far enough in that the figure has moved.
  for (let step = 0; step < 45; step += 1) await page.keyboard.press('ArrowRight')
  await expect.poll(studio.frames).toEqual([45, 45])
  await save('compare')
  // A reload would open the comparison again.
  await page.keyboard.press('Escape')

  await expect(studio.generate).toBeVisible()
  await studio.drop(
    { name: 'two-seconds.mp4', type: 'video/mp4', bytes: await shortClip() },
    { name: 'tiny.png', type: 'image/png', bytes: await smallPicture() },
  )
  await expect(page.getByText(/must be at least 300 px/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/must be at least 3 s/)).toBeVisible({ timeout: 30_000 })
  await settled(page)
  await save('error')
}

/** What stands around a paid take. */
async function pay(studio: StudioPage, save: Picture): Promise<void> {
  const { page } = studio
  await studio.sample.click()
  await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
  await settled(page)
  await studio.unfold('Provider')
  await page.getByRole('button', { name: 'Compare providers' }).click()
  await expect(page.getByText('not stated').first()).toBeVisible()
  await save('providers')
  await page.keyboard.press('Escape')

  await page.getByRole('combobox', { name: 'Provider' }).selectOption('kling')
  await page.getByRole('radio', { name: /This computer/ }).click()
  await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
  await studio.generate.click()
  await expect(page.getByRole('button', { name: /^Generate for about/ })).toBeVisible()
  await save('cost')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Accounts', exact: true }).click()
  await page.getByRole('button', { name: /^Test/ }).first().click()
  await expect(page.getByText('The key works.')).toBeVisible()
  await save('accounts')
}

/** Every hard state: those that are kept into the folder of the guide, all of them into one that is named. */
async function takeHardScenes(browser: Browser, theme: 'dark' | 'light', face: BrowserFace): Promise<void> {
  const wanted = [...hardScenes, ...queueScenes].filter(
    ({ name }) => looked !== undefined || keptScenes.has(name),
  )
  for (const scene of wanted) {
    const page = await browser.newPage({ colorScheme: theme, viewport: { width: 1440, height: 900 } })
    try {
      await openScene(page, face, scene)
      const path = join(looked ?? folder, `${scene.name}-${theme}.png`)
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
      process.stdout.write(`${path}\n`)
    } finally {
      await page.close()
    }
  }
}

/** A clip with cuts, a part of it chosen, in the real studio. */
async function takeTimeline(browser: Browser, theme: 'dark' | 'light', face: BrowserFace): Promise<void> {
  const page = await browser.newPage({ colorScheme: theme, viewport: { width: 1440, height: 900 } })
  const own = mkdtempSync(join(tmpdir(), 'understudy-screenshots-'))
  try {
    const studio = new StudioPage(page)
    const timeline = new TimelinePage(page)
    await studio.open(face)
    const character = readFileSync(join(root, 'resources', 'sample', 'character.png'))
    await studio.drop({ name: 'character.png', type: 'image/png', bytes: character })
    await timeline.drop(studio, await cutFilm(own))
    await expect(timeline.section.getByRole('list', { name: 'What was found in the clip' })).toBeVisible({
      timeout: 60_000,
    })
    await timeline.type('In', '1.5')
    await timeline.type('Length', '6')
    await timeline.leaveFields()
    await page.keyboard.press('Home')
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+ArrowRight')
    await expect(studio.generate).toBeEnabled()
    // The pictures of the strip come one stretch after the other.
    await page.waitForLoadState('networkidle')
    await expect
      .poll(() =>
        page
          .locator('video')
          .evaluateAll((videos: HTMLVideoElement[]) => videos.some((video) => video.seeking)),
      )
      .toBe(false)
    const path = join(looked ?? folder, `timeline-${theme}.png`)
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    process.stdout.write(`${path}\n`)
  } finally {
    await page.close()
    rmSync(own, { recursive: true, force: true })
  }
}

mkdirSync(looked ?? folder, { recursive: true })
const executablePath = findBrowser()
const browser = await chromium.launch({
  args: browserArguments,
  ...(executablePath !== null && { executablePath }),
})
try {
  for (const theme of ['dark', 'light'] as const) {
    const scenes = await startBrowserFace(makeHome())
    try {
      await takeHardScenes(browser, theme, scenes)
      await takeTimeline(browser, theme, scenes)
    } finally {
      await scenes.close()
    }
    if (looked !== undefined) continue
    // A studio of its own: in the other one the files of the timeline are open again.
    const practice = await startBrowserFace(makeHome())
    try {
      await visit(browser, theme, practice, practise)
      await visit(browser, theme, practice, makeFit)
    } finally {
      await practice.close()
    }
    const paid = await startPaidFace()
    try {
      await visit(browser, theme, paid.face, pay)
    } finally {
      await paid.close()
    }
  }
} finally {
  await browser.close()
}
