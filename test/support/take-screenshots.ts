import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../../scripts/lib/find-browser.mjs'
import { root } from '../../scripts/lib/paths.mjs'
import { browserArguments } from './browser-arguments.ts'
import { makeHome, startBrowserFace } from './browser-face.ts'
import { shortClip, smallPicture } from './bad-inputs.ts'
import { StudioPage } from './studio-page.ts'

const folder = join(root, 'docs', 'screenshots')

/** The same picture in both themes; the switch is the system's, as it is for most users. */
async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' })
  }
}

async function takeAll(page: Page): Promise<void> {
  const face = await startBrowserFace(makeHome())
  const studio = new StudioPage(page)
  try {
    await studio.open(face)
    await shoot(page, 'empty')

    await studio.drop(
      { name: 'walk.mp4', type: 'video/mp4', bytes: await shortClip() },
      { name: 'portrait.png', type: 'image/png', bytes: await smallPicture() },
    )
    await page.getByText('it must be at least 3 s').first().waitFor({ timeout: 60_000 })
    await shoot(page, 'error')
    await page.reload()

    await studio.sample.click()
    await studio.generate.and(page.locator(':enabled')).waitFor({ timeout: 60_000 })
    await shoot(page, 'ready')

    await studio.generate.click()
    await studio.takes.getByText('The provider is at work').waitFor({ timeout: 180_000 })
    await shoot(page, 'running')

    await studio.done()
    await studio.compare()
    await page.keyboard.press('Home')
    for (let step = 0; step < 70; step += 1) await page.keyboard.press('ArrowRight')
    await page.waitForFunction(
      () => document.querySelector('[data-side="result"]')?.getAttribute('data-frame') === '70',
    )
    await shoot(page, 'compare')
  } finally {
    await face.close()
  }
}

mkdirSync(folder, { recursive: true })
const executablePath = findBrowser()
const browser = await chromium.launch({
  ...(executablePath !== null && { executablePath }),
  args: browserArguments,
})
try {
  await takeAll(await browser.newPage({ viewport: { width: 1280, height: 800 } }))
} finally {
  await browser.close()
}
