import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Pane } from '../../src/renderer/features/compare/engine/paint.ts'
import { buildPages, servePages, type PageServer } from '../support/window/compare-page/serve.ts'
import { makeVideo } from '../support/window/compare-page/videos.ts'

/** Takes that come and go while they are compared, in a real browser. */

test.describe.configure({ timeout: 600_000 })

let folder: string
let server: PageServer

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-takes-'))
  await buildPages(folder, ['view.html'])
  server = await servePages(folder)
  const make = (name: Parameters<typeof makeVideo>[1]) =>
    makeVideo(folder, name, 8, { width: 320, height: 180 })
  const reference = await make('thirty')
  const result = await make('twenty-four')
  const others = [await make('thirty-again')]
  await writeFile(join(folder, 'view.json'), JSON.stringify({ reference, result, others }))
})

test.afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

test('place, speed, mode and offsets stay when a take is added or removed', async ({ page }) => {
  const eventually = expect.configure({ timeout: 60_000 })
  await page.goto(`${server.address}view.html`)
  const view = page.getByRole('region', { name: 'Comparison' })
  const settled = () => eventually(view).toHaveAttribute('data-settled', 'true')
  await eventually(view).toHaveAttribute('data-phase', 'paused')
  const panes = async () => {
    const told = (await page.locator('canvas').getAttribute('data-panes')) ?? '[]'
    // Written by the page beside this test.
    return (JSON.parse(told) as readonly Pane[]).map(({ side, frame }) => `${side} ${String(frame)}`)
  }
  const speed = page.getByRole('group', { name: 'Speed' })
  await page.keyboard.press('2')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Alt+ArrowRight')
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  await settled()
  // The result is shown a thirtieth of a second later.
  await eventually.poll(panes).toEqual(['reference 21', 'result 16'])

  await page.getByRole('button', { name: 'Add take' }).click()
  const menu = page.getByRole('menu')
  await eventually(menu).toBeVisible()
  await page.keyboard.press('3')
  await eventually(page.getByRole('radio', { name: 'Stacked' })).toBeChecked()
  await menu.getByRole('menuitem').click()
  await eventually.poll(panes).toEqual(['reference 21', 'result 16', 'result-2 21'])
  await eventually(speed).toContainText('0.75×')

  await page.getByRole('button', { name: 'Remove take 1 from the comparison' }).click()
  await eventually.poll(panes).toEqual(['reference 21', 'result 21'])
  await eventually(page.getByRole('radio', { name: 'Stacked' })).toBeChecked()
  await page.getByRole('button', { name: 'Add take' }).click()
  await menu.getByRole('menuitem').click()
  await eventually.poll(panes).toEqual(['reference 21', 'result 21', 'result-2 16'])
})
