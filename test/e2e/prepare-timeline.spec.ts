import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import {
  avi,
  cutWithEditList,
  frameNumbers,
  hevcClip,
  longGopMov,
  makeClip,
  variableRate,
} from '../support/clips/clips.ts'
import { lateClips, lateMkv } from '../support/clips/late-clips.ts'
import { mediaFromElsewhere } from '../support/servers/other-origin.ts'
import { expect, StudioPage, test as base } from '../support/window/studio-page.ts'
import { TimelinePage } from '../support/window/timeline-page.ts'

const test = base.extend<{ readonly timeline: TimelinePage; readonly folder: string }>({
  timeline: async ({ page }, use) => {
    await use(new TimelinePage(page))
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from this pattern.
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-timeline-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
})

/** Where each turn of a loop ends: the next number is smaller. */
function turnsOf(seen: readonly number[]): readonly (readonly number[])[] {
  const turns: number[][] = [[]]
  seen.forEach((number, index) => {
    if (index > 0 && number < (seen[index - 1] ?? 0)) turns.push([])
    turns.at(-1)?.push(number)
  })
  return turns
}

test('the preview shows exactly the chosen frames, round and round', async ({
  studio,
  timeline,
  page,
  folder,
}) => {
  await timeline.drop(studio, await makeClip(folder, 'numbered.mp4', { seconds: 14 }))
  await expect.poll(timeline.shown).toBe(0)

  await test.step('a click on ruler, strip or waveform goes there', async () => {
    const wave = await timeline.section.locator('canvas').boundingBox()
    if (!wave) throw new Error('The waveform is not in sight.')
    // Of 420 frames; above the waveform are the strip, the bar of the part and the ruler.
    for (const [place, above] of [
      [100, -56],
      [200, -17],
      [250, wave.height / 2],
    ] as const) {
      await page.mouse.click(wave.x + ((place + 0.5) / 420) * wave.width, wave.y + above)
      await expect.poll(timeline.shown).toBeGreaterThanOrEqual(place - 2)
      expect(await timeline.shown()).toBeLessThanOrEqual(place + 2)
    }
    await page.keyboard.press('Home')
    await expect.poll(timeline.shown).toBe(0)
  })

  await test.step('the part is chosen with I and O at the playhead', async () => {
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(timeline.shown).toBe(21)
    await page.keyboard.press('i')
    for (let step = 0; step < 9; step += 1) await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(timeline.shown).toBe(111)
    await page.keyboard.press('o')
    expect(await timeline.part()).toEqual({ from: '0:00.700', to: '0:03.733' })
  })

  await test.step('every step shows its own frame', async () => {
    await page.keyboard.press('Home')
    await expect.poll(timeline.shown).toBe(21)
    for (let frame = 22; frame <= 40; frame += 1) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(timeline.shown).toBe(frame)
    }
    await page.keyboard.press('ArrowLeft')
    await expect.poll(timeline.shown).toBe(39)
    await page.keyboard.press('End')
    await expect.poll(timeline.shown).toBe(111)
  })

  await test.step('playing shows none before the first and none after the last', async () => {
    await page.keyboard.press('Home')
    await expect.poll(timeline.shown).toBe(21)
    await page.keyboard.press('Space')
    // One begins to look in the middle of the first turn.
    const [begun, ...turns] = turnsOf(await timeline.watch(4)).slice(0, -1)
    expect(Math.min(...(begun ?? []))).toBeGreaterThanOrEqual(21)
    expect(begun?.at(-1)).toBe(111)
    expect(turns).toHaveLength(3)
    for (const turn of turns) {
      expect(turn.at(0)).toBe(21)
      expect(turn.at(-1)).toBe(111)
    }
  })

  await test.step('so it does at four times the speed, and backwards', async () => {
    await page.keyboard.press('l')
    await page.keyboard.press('l')
    await expect(page.getByText('4×', { exact: true })).toBeVisible()
    const quick = (await timeline.watch(3)).slice(1)
    expect(Math.min(...quick)).toBe(21)
    expect(Math.max(...quick)).toBe(111)
    await page.keyboard.press('k')
    await page.keyboard.press('Home')
    await expect.poll(timeline.shown).toBe(21)
    await page.keyboard.press('j')
    await expect.poll(timeline.shown).toBeGreaterThan(90)
    await expect.poll(timeline.shown).toBeLessThan(90)
    expect(await timeline.shown()).toBeGreaterThanOrEqual(21)
    await page.keyboard.press('k')
  })
})

for (const [what, make] of [
  ['an uneven frame rate', variableRate],
  ['an edit list that hides packets', cutWithEditList],
  ['one keyframe and B-frames in a row', longGopMov],
] as const)
  test(`frames are found by their number in a clip with ${what}`, async ({
    studio,
    timeline,
    page,
    folder,
  }) => {
    const path = await make(folder)
    const numbers = await frameNumbers(path)
    await timeline.drop(studio, path)
    await expect.poll(timeline.shown).toBe(numbers[0])
    for (const frame of [2, 25, 77]) {
      await timeline.type('In', `f${String(frame)}`)
      // The part is never shorter than allowed, so an in-point near the end stops before it.
      const place = await timeline.slider('Playhead').getAttribute('aria-valuenow')
      await expect.poll(timeline.shown).toBe(numbers[Number(place) - 1])
    }
    await timeline.leaveFields()
    await page.keyboard.press('End')
    const last = Number(await timeline.slider('Playhead').getAttribute('aria-valuenow'))
    await expect.poll(timeline.shown).toBe(numbers[last - 1])
  })

test('every frame is found wherever the clock of a file begins', async ({
  studio,
  timeline,
  page,
  folder,
}) => {
  for (const [what, make] of Object.entries(lateClips))
    await test.step(what, async () => {
      const path = await make(folder)
      await timeline.drop(studio, path)
      await expect(page.getByLabel(`The clip, ${basename(path)}`)).toBeVisible({ timeout: 60_000 })
      await timeline.leaveFields()
      // Where the window finds only by trying that it needs a copy, the first keys still go to what it tried.
      const at = (key: string) => async () => {
        await page.keyboard.press(key)
        return timeline.shown()
      }
      await expect.poll(at('End'), { timeout: 60_000 }).toBe(119)
      await expect.poll(at('Home')).toBe(0)
      await page.keyboard.press('Shift+ArrowRight')
      await expect.poll(timeline.shown).toBe(10)
    })
})

test('media of another origin are read as well, as in Electron', async ({ face, page, timeline, folder }) => {
  const path = await lateMkv(folder)
  const address = await face.nextAddress()
  const media = await mediaFromElsewhere(page, address, path)
  try {
    const studio = new StudioPage(page)
    await page.goto(address)
    await expect(studio.generate).toBeVisible({ timeout: 30_000 })
    await timeline.drop(studio, path)
    // Reading the numbers off the canvas fails where it was drawn on with pictures that the page may not read.
    await expect.poll(timeline.shown, { timeout: 60_000 }).toBe(0)
    const source = await page.locator('video').getAttribute('src')
    expect(source?.startsWith(media.elsewhere)).toBe(true)
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(timeline.shown).toBe(10)
    await page.keyboard.press('End')
    await expect.poll(timeline.shown).toBe(119)
    const part = await page.evaluate(async (url) => {
      const answer = await fetch(url, { headers: { range: 'bytes=0-3' } })
      return {
        status: answer.status,
        range: answer.headers.get('content-range'),
        bytes: (await answer.blob()).size,
      }
    }, source ?? '')
    expect(part).toMatchObject({ status: 206, bytes: 4 })
    expect(part.range).toMatch(/^bytes 0-3\//)
  } finally {
    await media.close()
  }
})

test('a typed timecode is taken over, and an odd one is said to be odd', async ({
  studio,
  timeline,
  page,
  folder,
}) => {
  await timeline.drop(studio, await makeClip(folder, 'numbered.mp4', { seconds: 14 }))
  await timeline.type('In', '00:00:02:15')
  expect(await timeline.part()).toEqual({ from: '0:02.500', to: '0:10.000' })
  await timeline.type('Out', 'f250')
  expect(await timeline.part()).toEqual({ from: '0:02.500', to: '0:08.333' })
  await timeline.type('Length', '4,5')
  expect(await timeline.part()).toEqual({ from: '0:02.500', to: '0:07.000' })
  await timeline.type('In', 'half past')
  await expect(timeline.section.getByRole('alert')).toContainText('Type seconds')
  await page.keyboard.press('Escape')
  await expect(timeline.section.getByRole('alert')).toHaveCount(0)
  await timeline.type('Length', '12')
  expect(await timeline.part()).toEqual({ from: '0:02.500', to: '0:12.500' })
  await expect(timeline.section.getByText('Moved to the limit')).toBeVisible()
})

test('the limits hold whatever is dragged, until Shift takes the other end along', async ({
  studio,
  timeline,
  page,
  folder,
}) => {
  await timeline.drop(studio, await makeClip(folder, 'numbered.mp4', { seconds: 14 }))
  expect(await timeline.part()).toEqual({ from: '0:00.000', to: '0:10.000' })
  await timeline.drag('Out-point', 600)
  expect(await timeline.part()).toEqual({ from: '0:00.000', to: '0:10.000' })
  await timeline.drag('In-point', 600)
  expect(await timeline.part()).toEqual({ from: '0:07.000', to: '0:10.000' })
  await page.keyboard.press('Control+z')
  expect(await timeline.part()).toEqual({ from: '0:00.000', to: '0:10.000' })
  await timeline.drag('Whole part', 900)
  expect(await timeline.part()).toEqual({ from: '0:04.000', to: '0:14.000' })
  await timeline.drag('In-point', -900)
  expect(await timeline.part()).toEqual({ from: '0:04.000', to: '0:14.000' })
  await timeline.drag('In-point', -900, 'Shift')
  expect(await timeline.part()).toEqual({ from: '0:00.000', to: '0:10.000' })
})

test('a hundred steps are undone and done again', async ({ studio, timeline, page, folder }) => {
  await timeline.drop(studio, await makeClip(folder, 'numbered.mp4', { seconds: 14 }))
  await timeline.slider('Whole part').focus()
  for (let step = 0; step < 100; step += 1) await page.keyboard.press('ArrowRight')
  expect(await timeline.part()).toEqual({ from: '0:03.333', to: '0:13.333' })
  for (let step = 0; step < 100; step += 1) await page.keyboard.press('Control+z')
  expect(await timeline.part()).toEqual({ from: '0:00.000', to: '0:10.000' })
  await expect(timeline.section.getByRole('button', { name: 'Undo' })).toBeDisabled()
  for (let step = 0; step < 50; step += 1) await page.keyboard.press('Control+Shift+z')
  for (let step = 0; step < 50; step += 1) await page.keyboard.press('Control+y')
  expect(await timeline.part()).toEqual({ from: '0:03.333', to: '0:13.333' })
  await expect(timeline.section.getByRole('button', { name: 'Redo' })).toBeDisabled()
})

test('plain keys are letters while somebody writes', async ({ studio, timeline, page, folder }) => {
  await timeline.drop(studio, await makeClip(folder, 'numbered.mp4', { seconds: 14 }))
  await page.keyboard.press('Shift+ArrowRight')
  const before = await timeline.part()
  const prompt = page.getByRole('textbox', { name: /^Prompt/ })
  await prompt.pressSequentially('jolly oil is k')
  await expect(prompt).toHaveValue('jolly oil is k')
  expect(await timeline.part()).toEqual(before)
  await expect(page.getByRole('button', { name: 'Play the clip' })).toBeVisible()
})

for (const [what, make, type] of [
  ['HEVC', hevcClip, 'video/quicktime'],
  ['AVI', avi, 'video/x-msvideo'],
] as const)
  test(`a clip in ${what} becomes playable, frame by frame the same`, async ({
    studio,
    timeline,
    page,
    folder,
  }) => {
    const path = await make(folder)
    await timeline.drop(studio, path, type)
    await expect.poll(timeline.shown, { timeout: 60_000 }).toBe(0)
    for (let frame = 1; frame <= 5; frame += 1) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(timeline.shown).toBe(frame)
    }
    await page.keyboard.press('End')
    await expect.poll(timeline.shown).toBe(119)
  })
