import { join } from 'node:path'
import { newAttempt } from '../../src/main/takes/attempt.ts'
import { openJournal } from '../../src/main/takes/journal/journal.ts'
import { anOrder } from '../support/library/an-order.ts'
import { aTake } from '../support/library/a-take.ts'
import { violationsInBothThemes } from '../support/window/accessibility.ts'
import { makeHome, startBrowserFace } from '../support/window/browser-face.ts'
import { openInMemory } from '../support/window/scene-page.ts'
import { idOf } from '../support/window/scene-takes.ts'
import { expect, StudioPage, test } from '../support/window/studio-page.ts'

const clips = ['waltz.mp4', 'steps.mp4']

/** A library of takes that are over, without files. */
function fill(home: string, takes: number): void {
  const opened = openJournal(join(home, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  for (let nth = 0; nth < takes; nth += 1) {
    const createdAt = new Date(Date.UTC(2026, 10, 1 + nth, 12)).toISOString()
    const id = idOf(nth + 1)
    const order = anOrder({ id, createdAt, clipName: clips[nth % 2] ?? '' })
    opened.value.add(order, { ...newAttempt(id, 1, `own-${String(nth)}`, createdAt), state: 'REMOTE_FAILED' })
  }
  opened.value.close()
}

test('takes are starred, searched, grouped, put on a board and changed together, and all of it is kept', async ({
  page,
}) => {
  const home = makeHome()
  fill(home, 6)
  const face = await startBrowserFace(home)
  const studio = new StudioPage(page)
  const poster = (name: RegExp) => page.getByRole('region', { name: 'Library' }).getByRole('button', { name })
  const search = page.getByRole('searchbox', { name: 'Search takes' })
  try {
    await studio.open(face)
    await page.keyboard.press('Control+3')

    await test.step('by the keyboard alone', async () => {
      await poster(/^Take 6,/).focus()
      await page.keyboard.press('5')
      await page.keyboard.press('ArrowRight')
      await expect(poster(/^Take 5,/)).toBeFocused()
      await page.keyboard.press('4')
      await page.keyboard.press('p')
      await expect(poster(/^Take 5,.+, 4 stars, picked$/)).toBeVisible()
    })

    await test.step('found by what was said about them', async () => {
      await page.keyboard.press('Control+f')
      await search.pressSequentially('stars>=4 ')
      await expect(page.getByText('2 of 6')).toBeVisible()
      await page.getByRole('combobox', { name: 'Group the takes' }).selectOption('clip')
      await expect(page.getByRole('heading', { level: 2, name: /^waltz\.mp4/ })).toBeVisible()
      await expect(page.getByRole('heading', { level: 2, name: /^steps\.mp4/ })).toBeVisible()
    })

    await test.step('on a board', async () => {
      await poster(/^Take 5,/).click()
      await page.keyboard.press('Control+a')
      await expect(page.getByText('2 selected')).toBeVisible()
      expect(await violationsInBothThemes(page)).toEqual([])
      await page.keyboard.press('b')
      await page.getByRole('textbox', { name: 'Name of the board' }).fill('Best')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Clear the search' }).click()
      await poster(/^Take 1,/).dragTo(page.getByRole('button', { name: /^Best/ }))
      await expect(page.getByText('Take 1: on board “Best”.')).toBeVisible()
      await page.getByRole('button', { name: /^Best/ }).click()
      await expect(page.getByText('3 of 6')).toBeVisible()
    })

    await test.step('changed together, and taken back', async () => {
      await poster(/^Take 1,/).click()
      await page.keyboard.press('Control+a')
      await page.keyboard.press('x')
      await expect(poster(/rejected$/)).toHaveCount(3)
      await page.keyboard.press('Control+z')
      await expect(poster(/rejected$/)).toHaveCount(0)
      await expect(poster(/picked$/)).toHaveCount(1)
    })

    await test.step('described in the sheet', async () => {
      await poster(/^Take 6,/).click({ button: 'right' })
      await page.getByRole('menuitem', { name: /^Rename/ }).click()
      await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
      await page.keyboard.type('Night walk')
      await page.keyboard.press('Enter')
      await expect(poster(/^Take 6, “Night walk”/)).toBeVisible()
      expect(await violationsInBothThemes(page)).toEqual([])
    })

    await page.reload()
    await expect(poster(/^Take 6, “Night walk”.+5 stars/)).toBeVisible()
    await expect(page.getByRole('button', { name: /^Best/ })).toContainText('3')
    await page.keyboard.press('Control+1')
    await expect(studio.takes.getByRole('button', { name: /^Take 6, “Night walk”.+5 stars/ })).toBeVisible()
  } finally {
    await face.close()
  }
})

test('ten thousand takes are no more than a screen of posters, wherever one scrolls', async ({
  page,
  face,
}) => {
  const takes = Array.from({ length: 10_000 }, (_, nth) =>
    aTake({
      id: idOf(nth + 1),
      state: 'DONE',
      createdAt: new Date(Date.UTC(2026, 0, 1, nth)).toISOString(),
    }),
  )
  await page.setViewportSize({ width: 2560, height: 1440 })
  await openInMemory(page, face, { takes })
  await page.locator('[data-poster]').first().waitFor()
  await page.keyboard.press('Control+3')
  const library = page.getByRole('region', { name: 'Library' })
  const posters = library.locator('[data-poster]')
  await expect(library.getByRole('button', { name: /^Take 10000,/ })).toBeVisible()
  expect(await posters.count()).toBeLessThanOrEqual(300)
  await library.getByRole('button', { name: /^Take 10000,/ }).focus()
  await page.keyboard.press('End')
  await expect(library.getByRole('button', { name: /^Take 1,/ })).toBeFocused()
  expect(await posters.count()).toBeLessThanOrEqual(300)
  // The heading of the group that is in sight stays.
  await expect(library.getByRole('heading', { level: 2 }).first()).toBeInViewport()
})
