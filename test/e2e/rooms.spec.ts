import type { Locator, Page } from '@playwright/test'
import { violationsInBothThemes } from '../support/window/accessibility.ts'
import { expect, test } from '../support/window/studio-page.ts'

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>

async function boxOf(place: Locator): Promise<Box> {
  const box = await place.boundingBox()
  if (!box) throw new Error('It is not in sight.')
  return box
}

const areaOf = ({ width, height }: Box) => width * height

const stageOf = (page: Page) => page.getByRole('region', { name: 'Stage' })

/** The pictures of the panes, without the line above each. */
const picturesOn = (page: Page) =>
  stageOf(page)
    .locator('section > div')
    .filter({ hasNot: page.locator('h2') })

test('the pictures of a pair cover three fifths of the stage, and the ghost shows both over each other', async ({
  studio,
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await studio.sample.click()
  await expect(page.getByRole('region', { name: 'Same framing?' })).toBeVisible({ timeout: 60_000 })
  const stage = await boxOf(stageOf(page))
  expect(stage.height).toBeGreaterThanOrEqual(0.6 * 900)
  const pictures = await picturesOn(page).all()
  expect(pictures).toHaveLength(3)
  const covered = (await Promise.all(pictures.map(boxOf))).reduce((sum, box) => sum + areaOf(box), 0)
  expect(covered / areaOf(stage)).toBeGreaterThanOrEqual(0.6)
  const guide = page.getByRole('slider', { name: 'Feet' })
  await guide.focus()
  await page.keyboard.press('ArrowUp')
  await expect(guide).toHaveAttribute('aria-valuenow', '91')
})

for (const [what, width, height] of [
  ['1024 × 700', 1024, 700],
  ['200 % of 1440 × 900', 720, 450],
] as const)
  test(`provider, prompt and Generate stay in sight, and the stage keeps three fifths, at ${what}`, async ({
    studio,
    page,
  }) => {
    await page.setViewportSize({ width, height })
    await studio.sample.click()
    await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
    const wanted = [
      studio.generate,
      page.getByRole('textbox', { name: /^Prompt/ }),
      page.getByRole('button', { name: /^Practice/ }),
      page.getByRole('button', { name: 'Settings', exact: true }),
    ]
    for (const control of wanted) {
      const box = await boxOf(control)
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(width)
      expect(box.y + box.height).toBeLessThanOrEqual(height)
    }
    expect((await boxOf(stageOf(page))).height).toBeGreaterThanOrEqual(0.6 * height)
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(scrolls).toBe(false)

    await page.getByRole('button', { name: /^Ready/ }).click()
    await expect(page.getByRole('dialog', { name: 'Settings of the take' })).toBeVisible()
    await expect(page.getByText('See what is sent')).toBeVisible()
    expect(await violationsInBothThemes(page)).toEqual([])
  })

test('a take comes home beside its reference, and every room can be read and has a heading', async ({
  studio,
  page,
}) => {
  await studio.finishSample()
  const result = stageOf(page).getByRole('region', { name: 'Result' }).locator('video')
  await expect(result).toBeVisible({ timeout: 60_000 })
  await expect
    .poll(() => result.evaluate((video: HTMLVideoElement) => video.currentTime))
    .toBeGreaterThan(0.2)
  for (const [key, heading] of [
    ['Control+3', 'Library'],
    ['Control+2', 'Compare'],
    ['Control+1', 'Next take'],
  ] as const)
    await test.step(heading, async () => {
      await page.keyboard.press(key)
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeAttached()
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      expect(await violationsInBothThemes(page)).toEqual([])
    })
  await test.step('the comparison gives its height to the pictures, and its play button is not Generate', async () => {
    const colour = (button: Locator) => button.evaluate((one) => getComputedStyle(one).backgroundColor)
    const generate = await colour(studio.generate)
    await page.keyboard.press('Control+2')
    for (const [width, height, least] of [
      [1440, 900, 640],
      [1024, 700, 0.6 * 700],
    ] as const) {
      await page.setViewportSize({ width, height })
      await expect
        .poll(
          async () =>
            (await boxOf(studio.comparison.getByRole('img', { name: 'Reference and result' }))).height,
        )
        .toBeGreaterThanOrEqual(least)
    }
    expect(await colour(studio.play)).not.toBe(generate)
    await page.keyboard.press('Control+1')
  })
  await test.step('at 400 % no room is wider than the window, and what it is for can be scrolled to', async () => {
    const [width, height] = [360, 225]
    await page.setViewportSize({ width, height })
    for (const [key, place] of [
      ['Control+1', studio.generate],
      ['Control+1', page.getByRole('textbox', { name: /^Prompt/ })],
      ['Control+1', page.getByRole('button', { name: /^Practice/ })],
      ['Control+1', page.getByRole('button', { name: 'Settings', exact: true })],
      ['Control+2', studio.play],
      ['Control+2', studio.comparison.getByRole('button', { name: 'Offset' })],
      ['Control+3', page.getByRole('searchbox').or(page.getByRole('combobox')).first()],
      ['Control+3', page.locator('[data-poster]').first()],
    ] as const) {
      await page.keyboard.press(key)
      await place.scrollIntoViewIfNeeded()
      const box = await boxOf(place)
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(width)
      expect(box.y).toBeLessThan(height)
      const widths = await page.evaluate(() =>
        ['html', '#root', 'main'].map((one) => document.querySelector(one)?.scrollWidth ?? 0),
      )
      expect(Math.max(...widths)).toBeLessThanOrEqual(width)
    }
    await page.keyboard.press('Control+1')
    await page.setViewportSize({ width: 1440, height: 900 })
  })
  await studio.poster.click()
  await expect(page.getByRole('heading', { level: 1, name: /^Take 1/ })).toBeVisible()
  expect(await violationsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Back to your files' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Next take' })).toBeVisible()
})
