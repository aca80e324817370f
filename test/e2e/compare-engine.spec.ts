import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { frameAt } from '../../src/shared/domain/frames.ts'
import { measureSync } from '../support/window/compare-page/measure.ts'
import { buildPages, servePages, type PageServer } from '../support/window/compare-page/serve.ts'
import { makeVideo, type NumberedVideo } from '../support/window/compare-page/videos.ts'

/** The engine and its view in a real browser, on real files in which every frame carries its number. */

type Used = 'thirty-with-sound' | 'thirty' | 'twenty-four' | 'variable'
type Clips = Readonly<Record<Used, NumberedVideo>>

let folder: string
let server: PageServer
let clips: Clips

// Hundreds of exact seeks take as long as the machine needs; how long is no matter of these tests.
test.describe.configure({ timeout: 600_000 })

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-compare-'))
  await buildPages(folder)
  // Small: what matters is which frame is shown.
  const make = (name: Used) => makeVideo(folder, name, 32, { width: 320, height: 180 })
  clips = {
    'thirty-with-sound': await make('thirty-with-sound'),
    thirty: await make('thirty'),
    'twenty-four': await make('twenty-four'),
    variable: await make('variable'),
  }
  server = await servePages(folder)
})

test.afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

/** Opens two clips in the bare engine and waits until both stand on their first frame. */
async function open(page: Page, reference: Used, result: Used): Promise<void> {
  await page.goto(server.address)
  await page.evaluate(
    async (videos) => {
      window.harness.opened = window.harness.open(videos, videos.reference.hasSound ? 'reference' : 'none')
      await window.harness.opened.settled()
    },
    { reference: clips[reference], result: clips[result] },
  )
}

/** What the two pictures say, and what they should say at the time the engine names. */
async function look(page: Page, reference: Used, result: Used) {
  const { time, seen } = await page.evaluate(async () => {
    const { opened } = window.harness
    if (!opened) throw new Error('Nothing is open')
    await opened.settled()
    return { time: opened.pair.reading().time, seen: await opened.numbers() }
  })
  const numberAt = ({ frameTimes, numbers }: NumberedVideo) => numbers[frameAt(frameTimes, time)]
  return { seen, wanted: { reference: numberAt(clips[reference]), result: numberAt(clips[result]) } }
}

const pairs = [
  ['thirty-with-sound', 'twenty-four'],
  ['variable', 'twenty-four'],
  ['thirty', 'variable'],
] as const

for (const [reference, result] of pairs)
  test(`a seek lands both sides on the right frame: ${reference} beside ${result}`, async ({ page }) => {
    await open(page, reference, result)
    for (const time of [0, 0.04, 1.999, 2, 7.31, 12.5, 2.25, 19.99, 31.5, 3.2, 99]) {
      await page.evaluate((to) => window.harness.opened?.pair.seek(to), time)
      const { seen, wanted } = await look(page, reference, result)
      expect(seen, `at ${String(time)} s`).toEqual(wanted)
    }
  })

// One side with an even frame rate, and one without.
for (const [reference, result] of pairs.slice(1, 2))
  test(`300 steps forward and 300 back return to the same frames: ${reference} beside ${result}`, async ({
    page,
  }) => {
    await open(page, reference, result)
    await page.evaluate(() => window.harness.opened?.pair.seek(3.21))
    const before = await look(page, reference, result)
    expect(before.seen).toEqual(before.wanted)
    for (const direction of [1, -1]) {
      for (let block = 0; block < 4; block += 1) {
        await page.evaluate(async (by) => {
          const { opened } = window.harness
          for (let step = 0; step < 75; step += 1) {
            opened?.pair.step(by)
            await opened?.settled()
          }
        }, direction)
        const { seen, wanted } = await look(page, reference, result)
        expect(seen).toEqual(wanted)
      }
    }
    expect((await look(page, reference, result)).seen).toEqual(before.seen)
  })

test('every single step shows the next frame of the finer side', async ({ page }) => {
  await open(page, 'thirty-with-sound', 'twenty-four')
  await page.evaluate(() => window.harness.opened?.pair.seek(1.5))
  const seen = await page.evaluate(async () => {
    const { opened } = window.harness
    const numbers: number[] = []
    for (let step = 0; opened && step < 30; step += 1) {
      await opened.settled()
      numbers.push((await opened.numbers()).reference)
      opened.pair.step(1)
    }
    return numbers
  })
  expect(seen).toEqual(Array.from({ length: 30 }, (_, step) => 45 + step))
})

test('play and pause forty times settle on the right frames, and then nothing seeks any more', async ({
  page,
}) => {
  await open(page, 'thirty-with-sound', 'twenty-four')
  await page.evaluate(async () => {
    const { opened } = window.harness
    for (let toggle = 0; opened && toggle < 40; toggle += 1) {
      opened.pair.toggle()
      await opened.wait(40 + ((toggle * 67) % 200))
    }
  })
  const { seen, wanted } = await look(page, 'thirty-with-sound', 'twenty-four')
  expect(seen).toEqual(wanted)
  expect(seen.reference).toBeGreaterThan(0)
  const { before, after } = await page.evaluate(async () => {
    const seeks = { ...window.harness.opened?.seeks }
    await window.harness.opened?.wait(1000)
    return { before: seeks, after: { ...window.harness.opened?.seeks } }
  })
  expect(after).toEqual(before)
})

// Equal rates are measured on the real studio in first-take.spec.ts, and half a minute by `npm run bench sync`.
for (const [reference, result] of [['thirty-with-sound', 'twenty-four']] as const)
  test(`both sides stay together while they play: ${reference} beside ${result}`, async ({ page }, info) => {
    await open(page, reference, result)
    const { shown, seeks } = await page.evaluate(async () => {
      const { opened } = window.harness
      if (!opened) throw new Error('Nothing is open')
      const before = { ...opened.seeks }
      opened.shown.length = 0
      opened.pair.play()
      await opened.wait(8000)
      const seeked = opened.seeks.reference + opened.seeks.result - before.reference - before.result
      const shownFrames = [...opened.shown]
      opened.pair.pause()
      return { shown: shownFrames, seeks: seeked }
    })
    const sync = measureSync(shown)
    info.annotations.push({ type: 'sync', description: JSON.stringify({ ...sync, seeks }) })
    expect(sync.shown.samples).toBeGreaterThan(80)
    // Half of the time in step, whatever else the machine does; how closely is measured by `npm run bench`.
    expect(sync.clocks.p50).toBeLessThanOrEqual(40)
    expect(seeks).toBeLessThanOrEqual(2)
  })

test('the view is driven by its keys alone, and both readouts name the right frames', async ({ page }) => {
  const { 'thirty-with-sound': reference, 'twenty-four': result } = clips
  await writeFile(join(folder, 'view.json'), JSON.stringify({ reference, result }))
  await page.goto(`${server.address}view.html`)
  // A busy machine takes its time to start two players.
  const eventually = expect.configure({ timeout: 60_000 })
  const view = page.getByRole('region', { name: 'Comparison' })
  const settled = () => eventually(view).toHaveAttribute('data-settled', 'true')
  const frames = async () => {
    await eventually(view).toHaveAttribute('data-phase', 'paused')
    await settled()
    return [
      await view.locator('[data-side=reference]').textContent(),
      await view.locator('[data-side=result]').textContent(),
    ]
  }
  expect(await frames()).toEqual(['frame 1 of 960', 'frame 1 of 768'])

  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', '.', 'ArrowRight', ','])
    await page.keyboard.press(key)
  expect(await frames()).toEqual(['frame 22 of 960', 'frame 17 of 768'])
  await page.keyboard.press('End')
  expect(await frames()).toEqual(['frame 960 of 960', 'frame 768 of 768'])
  await page.keyboard.press('Home')
  expect(await frames()).toEqual(['frame 1 of 960', 'frame 1 of 768'])

  await page.keyboard.press('Space')
  await eventually(view).toHaveAttribute('data-phase', 'playing')
  await eventually(view.locator('[data-engine=frames]')).toHaveCount(1)
  await eventually(view.locator('[data-side=reference]')).not.toHaveText('frame 1 of 960')
  await page.keyboard.press('Space')
  const [playedTo] = await frames()
  expect(playedTo).not.toBe('frame 1 of 960')

  await page.keyboard.press('r')
  await eventually(page.getByRole('button', { name: 'Loop' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('s')
  await eventually(page.getByRole('radio', { name: 'Off' })).toBeChecked()

  const bar = page.getByRole('slider', { name: 'Position' })
  const box = await bar.boundingBox()
  if (!box) throw new Error('The position bar is not on the screen')
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  const [middle] = await frames()
  expect(middle).toMatch(/^frame 48\d of 960$/)

  await test.step('the space bar plays whatever was clicked, and presses what was reached by Tab', async () => {
    const keysButton = page.getByRole('button', { name: 'Comparison shortcuts' })
    const sheet = page.getByRole('dialog', { name: 'Comparison shortcuts' })
    const toggles = async () => {
      await page.keyboard.press('Space')
      await eventually(view).toHaveAttribute('data-phase', 'playing')
      await page.keyboard.press('Space')
      await eventually(view).toHaveAttribute('data-phase', 'paused')
    }
    await keysButton.click()
    await eventually(sheet).toBeVisible()
    await page.keyboard.press('Escape')
    await eventually(keysButton).toBeFocused()
    await toggles()
    await page.getByRole('button', { name: 'Slower' }).click()
    await toggles()
    await page.getByRole('slider', { name: 'Volume' }).click({ force: true })
    await toggles()
    await page.getByRole('heading', { level: 2 }).click()
    await toggles()
    await expect(sheet).toHaveCount(0)

    await page.getByRole('button', { name: 'Show in folder' }).focus()
    await page.keyboard.press('Tab')
    await eventually(keysButton).toBeFocused()
    await page.keyboard.press('Space')
    await eventually(sheet).toBeVisible()
    await page.keyboard.press('Escape')
    await eventually(sheet).toHaveCount(0)
    await eventually(view).toHaveAttribute('data-phase', 'paused')
  })

  await page.getByRole('button', { name: 'Save result' }).click()
  await eventually(page.locator('body')).toHaveAttribute('data-heard', 'save')
  await page.keyboard.press('Escape')
  await eventually(page.locator('body')).toHaveAttribute('data-heard', 'close')
})
