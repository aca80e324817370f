import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test, type Browser, type Page } from '@playwright/test'
import sharp from 'sharp'
import { findBrowser } from '../../scripts/lib/find-browser.mjs'
import type { Pane } from '../../src/renderer/features/compare/engine/paint.ts'
import { modes } from '../../src/renderer/features/compare/engine/view.ts'
import { browserArguments } from '../support/window/browser-arguments.ts'
import { colourAt } from '../support/window/compare-page/made-pictures.ts'
import { buildPages, servePages, type PageServer } from '../support/window/compare-page/serve.ts'

/** How a comparison is looked at, by keys, wheel, pointer and buttons, over made pictures in a real browser. */

let folder: string
let server: PageServer

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-view-'))
  await buildPages(folder, ['picture.html'])
  server = await servePages(folder)
})

test.afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

/** A page is loaded before it listens to keys: both come with its first painted picture. */
const painted = (page: Page) => page.locator('canvas[data-panes]').waitFor()

async function openPage(page: Page, sizes = '320x180,320x180'): Promise<void> {
  await page.goto(`${server.address}picture.html?sizes=${sizes}`)
  await painted(page)
}

async function panesOf(page: Page): Promise<readonly Pane[]> {
  const told = (await page.locator('canvas').getAttribute('data-panes')) ?? '[]'
  // Written by the page beside this test.
  return JSON.parse(told) as readonly Pane[]
}

/** A page on a display of a scale: imitated where that is exact, real where only that is. */
async function onDisplay(
  browser: Browser,
  scale: number,
): Promise<{ page: Page; close: () => Promise<void> }> {
  if (Number.isInteger(scale)) {
    const page = await browser.newPage({ deviceScaleFactor: scale, viewport: { width: 801, height: 501 } })
    return { page, close: () => page.close() }
  }
  const executablePath = findBrowser()
  const own = await chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: [...browserArguments, `--force-device-scale-factor=${String(scale)}`, '--window-size=801,501'],
  })
  const page = await own.newPage({ viewport: null })
  return { page, close: () => own.close() }
}

for (const scale of [1, 1.25, 2])
  test(`1:1 is one picture pixel per screen pixel at a scale of ${String(scale)}`, async ({ browser }) => {
    const { page, close } = await onDisplay(browser, scale)
    await openPage(page, '200x120,200x120')
    expect(await page.evaluate(() => devicePixelRatio)).toBe(scale)
    await page.keyboard.press('z')
    await expect(page.getByRole('radio', { name: '1:1' })).toBeChecked()
    const sizes = async () => (await panesOf(page)).map(({ width, height }) => [width, height])
    await expect.poll(sizes).toEqual([
      [200, 120],
      [200, 120],
    ])
    const panes = await panesOf(page)
    const canvas = await page.locator('canvas').boundingBox()
    const image = sharp(await page.screenshot())
      .removeAlpha()
      .raw()
    const { data, info } = await image.toBuffer({ resolveWithObject: true })
    for (const [side, pane] of panes.entries()) {
      const left = Math.round(canvas!.x * scale) + pane.x
      const top = Math.round(canvas!.y * scale) + pane.y
      let different = 0
      for (let y = 0; y < 120; y += 1)
        for (let x = 0; x < 200; x += 1) {
          const at = ((top + y) * info.width + left + x) * 3
          if (String([...data.subarray(at, at + 3)]) !== String(colourAt(side, x, y))) different += 1
        }
      expect(different).toBe(0)
    }
    await close()
  })

test('keys, wheel and pointer change the picture, and nothing else', async ({ page }) => {
  await openPage(page)
  const canvas = page.locator('canvas')
  const zoom = page.getByRole('status', { name: 'Zoom' })
  const comparison = page.getByRole('region', { name: 'Comparison' })
  const shown = async () => (await panesOf(page)).map(({ side }) => side)
  const first = async () => (await panesOf(page))[0]!
  await expect.poll(shown).toEqual(['reference', 'result'])
  const fitted = await panesOf(page)

  await test.step('1 to 6 are the modes', async () => {
    for (const [index, mode] of modes.entries()) {
      await page.keyboard.press(String(index + 1))
      await expect(page.getByRole('radio', { checked: true }).first()).toHaveAccessibleName(
        ['Side by side', 'Stacked', 'Wipe', 'Overlay', 'Blink', 'Difference'][index]!,
      )
      await expect.poll(shown).toEqual(mode === 'blink' ? ['result'] : ['reference', 'result'])
    }
    await page.keyboard.press('5')
    await expect.poll(shown).toEqual(['result'])
    await page.keyboard.down('b')
    await expect.poll(shown).toEqual(['reference'])
    await page.keyboard.up('b')
    await expect.poll(shown).toEqual(['result'])
    await page.keyboard.press('1')
    await expect.poll(() => panesOf(page)).toEqual(fitted)
  })

  const box = (await canvas.boundingBox())!
  const { x, y, width, height } = fitted[0]!
  const at = { x: Math.round(box.x + x + width * 0.7), y: Math.round(box.y + y + height * 0.4) }
  const shareAt = async () => {
    const pane = await first()
    return { x: (at.x - box.x - pane.x) / pane.width, y: (at.y - box.y - pane.y) / pane.height }
  }

  await test.step('the wheel zooms both sides under the pointer', async () => {
    await page.mouse.move(at.x, at.y)
    const zoomIn = async (wanted: number) => {
      for (let notch = 0; notch < 3; notch += 1) await page.mouse.wheel(0, -100)
      await expect.poll(async () => (await first()).width).toBeGreaterThan(width * wanted)
    }
    // The first notches fill the room above and below; from then on the picture stays under the pointer.
    await zoomIn(1.9)
    const before = await shareAt()
    await zoomIn(3.7)
    const after = await shareAt()
    expect(after.x).toBeCloseTo(before.x, 2)
    expect(after.y).toBeCloseTo(before.y, 2)
    const [one, other] = await panesOf(page)
    expect(other!.width).toBe(one!.width)
  })

  await test.step('a drag pans both sides, with Shift one, and neither is a click', async () => {
    const before = await panesOf(page)
    await page.mouse.down()
    await page.mouse.move(at.x - 30, at.y - 20, { steps: 3 })
    await page.mouse.up()
    const panned = before.map((pane) => ({ ...pane, x: pane.x - 30, y: pane.y - 20 }))
    await expect.poll(() => panesOf(page)).toEqual(panned)
    await page.keyboard.down('Shift')
    await page.mouse.down()
    await page.mouse.move(at.x - 10, at.y - 20, { steps: 3 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await expect.poll(() => panesOf(page)).toEqual([{ ...panned[0], x: panned[0]!.x + 20 }, panned[1]])
    await expect(comparison).toHaveAttribute('data-clicks', '0')
    await page.mouse.click(at.x, at.y)
    await expect(comparison).toHaveAttribute('data-clicks', '1')
  })

  await test.step('a double click shows whole pictures again, and keys zoom in round steps', async () => {
    await page.mouse.dblclick(at.x, at.y)
    await expect.poll(() => panesOf(page)).toEqual(fitted)
    await page.keyboard.press('z')
    await expect(zoom).toHaveText('100 %')
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await expect(zoom).toHaveText('200 %')
    await page.keyboard.press('-')
    await expect(zoom).toHaveText('150 %')
    for (let press = 0; press < 9; press += 1) await page.keyboard.press('+')
    await expect(zoom).toHaveText('800 %')
    await page.keyboard.press('0')
    await expect.poll(() => panesOf(page)).toEqual(fitted)
    await page.getByRole('radio', { name: 'Fill' }).click()
    await expect.poll(async () => (await first()).height).toBeGreaterThanOrEqual(Math.floor(box.height) - 31)
    await page.getByRole('radio', { name: 'Fit' }).click()
    await expect.poll(() => panesOf(page)).toEqual(fitted)
  })
})

test('the line of the wipe is dragged, moved by keys, follows the pointer, and stays where it was left', async ({
  page,
}) => {
  await openPage(page)
  await page.keyboard.press('3')
  const line = page.getByRole('slider', { name: 'Wipe line' })
  const is = (percent: number) => expect(line).toHaveAttribute('aria-valuenow', String(percent))
  await is(50)
  const [pane] = await panesOf(page)
  const canvas = (await page.locator('canvas').boundingBox())!
  const across = (share: number) => canvas.x + pane!.x + pane!.width * share
  const middle = canvas.y + pane!.y + pane!.height / 3

  await page.mouse.move(across(0.5), middle)
  await page.mouse.down()
  await page.mouse.move(across(0.25), middle, { steps: 3 })
  await page.mouse.up()
  await is(25)
  await expect(page.getByRole('region', { name: 'Comparison' })).toHaveAttribute('data-clicks', '0')

  await line.focus()
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'Shift+ArrowRight'])
    await page.keyboard.press(key)
  await is(36)
  await page.keyboard.press('End')
  await is(100)

  await page.mouse.move(across(0.6), middle)
  await page.keyboard.down('w')
  await is(60)
  await page.mouse.move(across(0.8), middle)
  await is(80)
  await page.keyboard.up('w')
  await page.mouse.move(across(0.1), middle)
  await is(80)

  const kept = () => page.evaluate(() => String(localStorage.getItem('wipe-lines')))
  await expect.poll(kept).toMatch(/^\[\["made",0\.(79|80)/)
  await page.reload()
  await painted(page)
  await page.keyboard.press('3')
  await is(80)
})

test('a take in the strip is chosen by a click on it', async ({ page }) => {
  await openPage(page, '320x180,320x180,320x180,320x180')
  await page.getByRole('radio', { name: 'Strip' }).click()
  const large = async () => (await panesOf(page)).slice(0, 2).map(({ side }) => side)
  await expect
    .poll(async () => (await panesOf(page)).map(({ side }) => side).join(' '))
    .toBe('reference result result-2 result-3')
  const strip = (await panesOf(page)).find(({ side }) => side === 'result-3')!
  const canvas = (await page.locator('canvas').boundingBox())!
  await page.mouse.click(canvas.x + strip.x + strip.width / 2, canvas.y + strip.y + strip.height / 2)
  await expect.poll(large).toEqual(['reference', 'result-3'])
  await expect(page.getByRole('region', { name: 'Comparison' })).toHaveAttribute('data-clicks', '0')
})

test('each mode has its own controls in the bar', async ({ page }) => {
  await openPage(page)
  const bar = page.getByRole('group', { name: 'View' })
  await bar.getByRole('radio', { name: 'Overlay' }).click()
  const mix = bar.getByRole('slider', { name: 'Mix of reference and result' })
  await mix.focus()
  await page.keyboard.press('ArrowRight')
  await expect(mix).toHaveAttribute('aria-valuetext', '55 percent result')

  await bar.getByRole('radio', { name: 'Difference' }).click()
  const gain = bar.getByRole('slider', { name: 'Gain of the difference' })
  await gain.focus()
  await page.keyboard.press('End')
  await expect(gain).toHaveAttribute('aria-valuetext', '8 times')
  await expect(mix).toHaveCount(0)

  await bar.getByRole('radio', { name: 'Blink' }).click()
  const shown = async () => (await panesOf(page)).map(({ side }) => side).join()
  await expect.poll(shown).toBe('result')
  await bar.getByRole('radio', { name: '4 Hz' }).click()
  await expect.poll(shown, { intervals: [10] }).toBe('reference')
  await expect.poll(shown, { intervals: [10] }).toBe('result')
  await bar.getByRole('radio', { name: 'Hold' }).click()
  await expect.poll(shown).toBe('result')

  for (const width of [1080, 1024, 825]) {
    await page.setViewportSize({ width, height: 600 })
    for (const key of ['1', '3', '4', '5', '6']) {
      await page.keyboard.press(key)
      expect(await bar.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    }
  }
})

test('full screen covers the window, and the clipboard gets the picture', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPage(page)
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null)
  await page.keyboard.press('f')
  await expect.poll(isFull).toBe(true)
  await expect(page.getByRole('button', { name: 'Leave full screen' })).toBeVisible()
  await page.keyboard.press('f')
  await expect.poll(isFull).toBe(false)

  await page.getByRole('button', { name: 'Copy the picture' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    const image = await createImageBitmap(await item!.getType('image/png'))
    return [image.width, image.height]
  })
  expect(copied).toEqual([640, 180])
})
