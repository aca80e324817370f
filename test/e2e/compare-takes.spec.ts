import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { Pane } from '../../src/renderer/features/compare/engine/paint.ts'
import { garbled } from '../support/clips/compare-zoo.ts'
import type { PlayableVideo } from '../../src/shared/domain/views.ts'
import { buildPages, servePages, type PageServer } from '../support/window/compare-page/serve.ts'
import { makeVideo } from '../support/window/compare-page/videos.ts'

/** Takes that come and go while they are compared, in a real browser. */

test.describe.configure({ timeout: 600_000 })

let folder: string
let server: PageServer

const eventually = expect.configure({ timeout: 60_000 })

const make = (name: Parameters<typeof makeVideo>[1]) =>
  makeVideo(folder, name, 8, { width: 320, height: 180 })

/** The frame of every side on the canvas, in their order. */
async function panesOf(page: Page): Promise<readonly string[]> {
  const told = (await page.locator('canvas').getAttribute('data-panes')) ?? '[]'
  // Written by the page beside this test.
  return (JSON.parse(told) as readonly Pane[]).map(({ side, frame }) => `${side} ${String(frame)}`)
}

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-takes-'))
  await buildPages(folder, ['view.html'])
  server = await servePages(folder)
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
  await page.goto(`${server.address}view.html`)
  const view = page.getByRole('region', { name: 'Comparison' })
  const settled = () => eventually(view).toHaveAttribute('data-settled', 'true')
  await eventually(view).toHaveAttribute('data-phase', 'paused')
  const panes = () => panesOf(page)
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

/** A page of its own data, which compares a reference and these takes from the beginning. */
async function openTakes(page: Page, takes: readonly PlayableVideo[]) {
  const [result, ...others] = takes
  const data = { reference: await make('thirty'), result, others, together: true }
  await page.route('**/view.json', (route) => route.fulfill({ json: data }))
  await page.goto(`${server.address}view.html`)
  const view = page.getByRole('region', { name: 'Comparison' })
  await eventually(view).toHaveAttribute('data-phase', 'paused')
  return view
}

test('a take beside others that can not be decoded is left out with a sentence, and they play on', async ({
  page,
}) => {
  const url = basename(await garbled(folder))
  const frameTimes = Array.from({ length: 50 }, (_, frame) => frame / 25)
  const size = { width: 320, height: 180 }
  const bad = { url, ...size, frameTimes, duration: 2, clockStart: 0, hasSound: false }
  const view = await openTakes(page, [bad, await make('twenty-four'), await make('thirty-again')])
  await eventually.poll(() => panesOf(page)).toHaveLength(4)
  await page.keyboard.press('Alt+2')
  await page.keyboard.press('Space')
  // What the app shows as a notice.
  await eventually(page.locator('body')).toHaveAttribute(
    'data-told',
    'Take 1 is no longer compared: a frame of take 1 could not be decoded.',
  )
  await eventually.poll(async () => (await panesOf(page)).length).toBe(3)
  await eventually(view).toHaveAttribute('data-phase', 'playing')
  await eventually(view.locator('[data-engine=frames]')).toHaveCount(1)
  // It comes to the end of the longer ones.
  await eventually(view).toHaveAttribute('data-phase', 'paused')
  await eventually.poll(() => panesOf(page)).toEqual(['reference 239', 'result 191', 'result-2 239'])
  await eventually(page.getByRole('button', { name: 'Take 1:' })).toHaveAttribute('aria-pressed', 'true')
})

test('from two players one comes back to exact frames, at the same place and as it was looked at', async ({
  page,
}) => {
  const take = await make('twenty-four')
  let isGone = true
  await page.route(`**/${take.url}`, (route) =>
    isGone && route.request().resourceType() === 'fetch' ? route.abort() : route.continue(),
  )
  const view = await openTakes(page, [take])
  await eventually(view.locator('[data-engine=video]')).toHaveCount(1)
  await eventually(view.locator('header')).toContainText(/could\snot\sbe\sread/)
  await page.keyboard.press('2')
  await page.keyboard.press('ArrowDown')
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  const frames = () =>
    view.locator('[data-side]').evaluateAll((sides) => sides.map((side) => side.dataset['frame']))
  await eventually.poll(frames).toEqual(['21', '16'])

  const back = view.getByRole('button', { name: 'Exact frames again' })
  await back.click()
  // It can't be read yet.
  await eventually(back).toBeVisible()
  await eventually.poll(frames).toEqual(['21', '16'])
  isGone = false
  await back.click()
  await eventually(view.locator('[data-engine=frames]')).toHaveCount(1)
  await eventually.poll(() => panesOf(page)).toEqual(['reference 21', 'result 16'])
  await eventually(page.getByRole('radio', { name: 'Stacked' })).toBeChecked()
  await eventually(page.getByRole('group', { name: 'Speed' })).toContainText('0.75×')
  await eventually(view.locator('video')).toHaveCount(0)
})
