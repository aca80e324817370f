import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn } from '../support/processes/command-line.ts'
import { paidKey, startPaidFace } from '../support/window/paid-face.ts'
import { violationsInBothThemes } from '../support/window/accessibility.ts'
import { expect, test as base } from '../support/window/studio-page.ts'

const test = base.extend<{ readonly paid: Awaited<ReturnType<typeof startPaidFace>> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from this pattern.
  paid: async ({}, use) => {
    const paid = await startPaidFace()
    await use(paid)
    await paid.close()
  },
  face: async ({ paid }, use) => {
    await use(paid.face)
  },
})

test('a paid take is priced, agreed to twice beyond a limit, made with an element picked by its picture, and booked', async ({
  studio,
  page,
  paid,
}) => {
  await studio.sample.click()
  await studio.unfold('Provider')
  await page.getByRole('combobox', { name: 'Provider' }).selectOption('kling')
  await page.getByRole('combobox', { name: 'Model' }).selectOption('kling-v3')
  await expect(page.getByText('Choose how Kling gets your files.')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('radio', { name: /This computer/ }).click()
  await page.getByRole('radio', { name: /^Keep the video/ }).click()

  await studio.unfold('More')
  await page.getByRole('button', { name: /Choose from the library/ }).click()
  await page.getByRole('tab', { name: 'Kling’s presets' }).click()
  const fox = page.getByRole('button', { name: 'Red fox' })
  await expect(fox.locator('img')).toHaveJSProperty('complete', true)
  await fox.click()
  await expect(page.getByLabel('Element id')).toHaveValue('829836802793406551')

  await expect(page.getByText('≈ $0.76')).toBeVisible()
  await expect(studio.generate).toBeEnabled({ timeout: 30_000 })
  await studio.generate.click()
  await page.getByRole('button', { name: 'Generate for about 0.76 USD', exact: true }).click()
  await expect(page.getByText(/Your limit per take is 0\.50 USD/)).toBeVisible()
  expect(paid.kling.calls.filter(({ path }) => path.includes('motion-control'))).toEqual([])
  await page.getByRole('button', { name: /^Exceed my limit and generate/ }).click()
  await studio.done()
  await page.getByRole('button', { name: 'Details of this take' }).click()
  await expect(studio.details.getByText(/deducted 4\.5 units/)).toBeVisible()
  await expect(page.getByRole('button', { name: /\$.+ today$/ })).toBeVisible()

  expect(paid.kling.violations).toEqual([])
  const submits = paid.kling.calls.filter(({ method }) => method === 'POST')
  expect(submits).toHaveLength(1)
  expect(submits[0]?.raw).toContain('"element_id":829836802793406551')

  await page.getByRole('button', { name: 'Accounts', exact: true }).click()
  await page.getByRole('tab', { name: 'Spending' }).click()
  await expect(page.getByRole('cell', { name: '4.5 units' })).toBeVisible()
  for (const file of filesIn(paid.face.home))
    expect(readFileSync(join(paid.face.home, file)).includes(paidKey)).toBe(false)
})

test('every control of the accounts page and of the comparison of providers is labelled and can be read in both themes', async ({
  studio,
  page,
}) => {
  await studio.sample.click()
  await studio.unfold('Provider')
  await page.getByRole('button', { name: 'Compare providers' }).click()
  await expect(page.getByText('not stated').first()).toBeVisible()
  expect(await violationsInBothThemes(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Accounts', exact: true }).click()
  for (const tab of ['Accounts', 'Clip hosts', 'Prices', 'Spending']) {
    await page.getByRole('tab', { name: tab }).click()
    expect(await violationsInBothThemes(page)).toEqual([])
  }
})

test('a key that is typed in is used, shown by its last four, and found nowhere', async ({
  studio: _studio,
  page,
  paid,
}) => {
  await page.getByRole('button', { name: 'Accounts', exact: true }).click()
  await page.getByRole('button', { name: 'Add an account' }).first().click()
  const form = page.getByRole('dialog', { name: /Add an account for Kling/ })
  await form.getByLabel('Name').fill('Work')
  await form.getByRole('combobox', { name: 'Address' }).selectOption({ label: 'Another address' })
  await form
    .getByLabel(/address/i)
    .last()
    .fill(paid.kling.origin)
  await form.getByLabel('API key', { exact: true }).last().fill(paidKey)
  await form.getByRole('button', { name: 'Add account' }).click()
  const row = page.getByRole('listitem').filter({ hasText: 'Work' }).last()
  await expect(row).toContainText('ends in tail')
  await row.getByRole('button', { name: /^Test/ }).click()
  await expect(row).toContainText('The key works.')
  expect(await page.content()).not.toContain(paidKey)
  for (const file of filesIn(paid.face.home))
    expect(readFileSync(join(paid.face.home, file)).includes(paidKey)).toBe(false)
})
