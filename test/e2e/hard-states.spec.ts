import type { Take } from '../../src/shared/domain/take.ts'
import { violationsInBothThemes, violationsOn } from '../support/window/accessibility.ts'
import { makeHome, startBrowserFace, type BrowserFace } from '../support/window/browser-face.ts'
import { hardScenes, type HardScene } from '../support/window/hard-scenes.ts'
import { openInMemory, openScene } from '../support/window/scene-page.ts'
import { paid, silent, studio } from '../support/window/scene-takes.ts'
import { expect, test } from '../support/window/studio-page.ts'

/** The face only serves the page: what it shows comes from a studio held in memory. */
let serving: BrowserFace

test.beforeAll(async () => {
  serving = await startBrowserFace(makeHome())
})
test.afterAll(async () => {
  await serving.close()
})

const scene = (name: string): HardScene => {
  const found = hardScenes.find((one) => one.name === name)
  if (!found) throw new Error(`There is no scene “${name}”.`)
  return found
}

for (const one of hardScenes)
  test(`every control is labelled and every text can be read in both themes: ${one.name}`, async ({
    page,
  }) => {
    await openScene(page, serving, one)
    await expect(page.getByText(one.shows).first()).toBeVisible()
    expect(await violationsInBothThemes(page)).toEqual([])
  })

test('the words of every state keep to one line of the thin reel, and clear of its buttons', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  const states: readonly Partial<Take>[] = [
    { state: 'ACKED', progress: 0.4, eta: 240 },
    { state: 'ACKED', problem: silent, eta: 200 },
    { state: 'NEEDS_USER', taskId: null },
    { state: 'UPLOADING', host: 'provider' },
    { state: 'UPLOADED' },
    { state: 'UNKNOWN' },
    { state: 'REMOTE_FAILED' },
    { state: 'EXPIRED' },
    { state: 'DRAFT', sentAt: null, taskId: null },
  ]
  await openInMemory(page, serving, studio(...states.map((state, nth) => paid(20 - nth, 'kling', state))))
  const reel = page.getByRole('region', { name: 'Takes', exact: true })
  await expect(reel.getByText('about 4 min left')).toBeVisible()
  for (const [nth] of states.entries()) {
    const entry = reel.locator(`[data-index="${String(nth)}"]`)
    await entry.scrollIntoViewIfNeeded()
    const edges = await entry.evaluate((item) => {
      const words = item.querySelector('[data-poster] > span:last-child')?.getBoundingClientRect()
      const more = item.querySelector('[aria-haspopup="menu"]')?.getBoundingClientRect()
      const lines = item.querySelector('[data-poster]')?.scrollHeight
      return { words: words?.right, more: more?.left, lines, height: item.clientHeight }
    })
    expect(edges.words).toBeLessThanOrEqual(edges.more ?? 0)
    expect(edges.lines).toBeLessThanOrEqual(edges.height)
  }
})

test('at 400 % a question about money is read and answered like at any size', async ({ page }) => {
  const asked = scene('pay-again')
  await openScene(page, serving, asked)
  const [width, height] = [360, 225]
  await page.setViewportSize({ width, height })
  const dialog = page.getByRole('alertdialog')
  for (const part of [
    dialog.getByRole('heading'),
    dialog.getByRole('button', { name: 'Cancel' }),
    dialog.getByRole('button', { name: /^Submit again: about/ }),
  ]) {
    await part.scrollIntoViewIfNeeded()
    const box = await part.boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect((box?.y ?? 0) + (box?.height ?? height)).toBeLessThanOrEqual(height)
    expect((box?.x ?? 0) + (box?.width ?? width)).toBeLessThanOrEqual(width)
  }
})

test('the question is answered by keyboard alone, and nothing is paid by pressing Enter where one happens to be', async ({
  page,
}) => {
  const fake = await openScene(page, serving, scene('question'))
  await page.keyboard.press('Enter')
  const reached: string[] = []
  for (let press = 0; press < 60 && !reached.includes('Give up…'); press += 1) {
    await page.keyboard.press('Tab')
    const [label = ''] = (await page.locator(':focus').innerText()).trim().split('\n')
    reached.push(label)
  }
  expect(reached).toEqual(expect.arrayContaining(['Ask again', 'I found it…', 'Submit again…', 'Give up…']))
  for (let back = reached.indexOf('Submit again…'); back < reached.length - 1; back += 1)
    await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Submit again: about 1.26 USD' })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog')).toBeHidden()
  expect(fake.askedFor('take:submit-again')).toEqual([])
})

test('a result that waits for room goes to a folder that the user chooses', async ({ page }) => {
  const fake = await openScene(page, serving, scene('disk-full'))
  const [token, inside] = [`d_${'1'.repeat(22)}`, `d_${'2'.repeat(22)}`]
  fake.answer('folder:list', async ({ folder }) => ({
    ok: true,
    value:
      folder === null
        ? {
            token,
            name: 'Places',
            crumbs: [],
            entries: [{ kind: 'folder', token: inside, name: 'Big disk' }],
          }
        : { token: inside, name: 'Big disk', crumbs: [{ token, name: 'Places' }], entries: [] },
  }))
  await page.getByRole('button', { name: 'Another folder…' }).dblclick()
  const dialog = page.getByRole('dialog', { name: 'Where to save the result' })
  const disk = dialog.getByRole('button', { name: 'Big disk, folder' })
  const use = dialog.getByRole('button', { name: 'Use “Big disk”' })
  // The second click may have met what the first one brought under the pointer, and that is no choice.
  await expect(disk).toBeVisible()
  expect(fake.askedFor('take:save-elsewhere')).toEqual([])
  expect(await violationsOn(page)).toEqual([])
  await disk.click()
  await use.click()
  await expect(dialog).toBeHidden()
  expect(fake.askedFor('take:save-elsewhere')).toMatchObject([{ folder: inside }])
  await expect(page.getByRole('complementary').getByText('Finished at the provider')).toBeVisible()
})

test('the task id that only the screen knows is copied from the banner', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openScene(page, serving, scene('read-only'))
  const banner = page.getByRole('alert')
  await expect(banner).toHaveCount(1)
  await banner.getByRole('button', { name: 'Copy the task id 790211543882' }).click()
  await expect(banner.getByText('Copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('790211543882')
})
