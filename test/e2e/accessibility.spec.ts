import { violationsInBothThemes } from '../support/window/accessibility.ts'
import { expect, test } from '../support/window/studio-page.ts'

test('every control is labelled and every text can be read in both themes, before and after files were chosen', async ({
  studio,
  page,
}) => {
  expect(await violationsInBothThemes(page)).toEqual([])
  await studio.sample.click()
  await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
  expect(await violationsInBothThemes(page)).toEqual([])
})

test('everything up to the submit can be reached by keyboard alone', async ({ studio, page }) => {
  const reached = new Set<string>()
  for (let press = 0; press < 40 && !reached.has('Try the sample'); press += 1) {
    await page.keyboard.press('Tab')
    reached.add(
      (
        await page
          .locator(':focus')
          .first()
          .innerText()
          .catch(() => '')
      ).trim(),
    )
  }
  await page.keyboard.press('Enter')
  await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
  await page.keyboard.press('Control+Enter')
  await expect(studio.takes.getByText('Preparing the files')).toBeVisible({ timeout: 30_000 })
})
