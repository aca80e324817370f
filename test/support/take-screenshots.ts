import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect, type Browser } from '@playwright/test'
import { findBrowser } from '../../scripts/lib/find-browser.mjs'
import { root } from '../../scripts/lib/paths.mjs'
import { shortClip, smallPicture } from './bad-inputs.ts'
import { browserArguments } from './browser-arguments.ts'
import { makeHome, startBrowserFace } from './browser-face.ts'
import { StudioPage } from './studio-page.ts'

const folder = join(root, 'docs', 'screenshots')

/** Walks one studio from empty to compared, and leaves a picture of each state. */
async function walk(browser: Browser, theme: 'dark' | 'light'): Promise<void> {
  const face = await startBrowserFace(makeHome())
  const page = await browser.newPage({ colorScheme: theme, viewport: { width: 1440, height: 900 } })
  const studio = new StudioPage(page)
  const save = async (state: string) => {
    const path = join(folder, `${state}-${theme}.png`)
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    process.stdout.write(`${path}\n`)
  }
  try {
    await studio.open(face)
    await save('empty')

    await studio.sample.click()
    await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
    await save('ready')

    await studio.generate.click()
    await expect(studio.takes.getByText('The provider is at work')).toBeVisible({ timeout: 60_000 })
    await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
    await save('running')

    await studio.done()
    await studio.compare()
    // Far enough in that the figure has moved.
    for (let step = 0; step < 45; step += 1) await page.keyboard.press('ArrowRight')
    await expect.poll(studio.frames).toEqual([45, 45])
    await save('compare')
    await page.reload()

    await expect(studio.generate).toBeVisible()
    await studio.drop(
      { name: 'two-seconds.mp4', type: 'video/mp4', bytes: await shortClip() },
      { name: 'tiny.png', type: 'image/png', bytes: await smallPicture() },
    )
    await expect(page.getByText(/must be at least 300 px/)).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(/must be at least 3 s/)).toBeVisible({ timeout: 30_000 })
    await save('error')
  } finally {
    await page.close()
    await face.close()
  }
}

mkdirSync(folder, { recursive: true })
const executablePath = findBrowser()
const browser = await chromium.launch({
  args: browserArguments,
  ...(executablePath !== null && { executablePath }),
})
try {
  await walk(browser, 'dark')
  await walk(browser, 'light')
} finally {
  await browser.close()
}
