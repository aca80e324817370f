import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBrowserFace } from '../support/window/browser-face.ts'
import { expect, test } from '../support/window/studio-page.ts'

test('a first-time user goes from the sample to a result that plays beside its reference', async ({
  studio,
  page,
  face,
}) => {
  await expect(studio.generate).toBeDisabled()
  await studio.finishSample()
  const [take = ''] = readdirSync(join(face.home, 'library'))
  const files = readdirSync(join(face.home, 'library', take)).sort()
  expect(files).toEqual([
    ...['certificate.json', 'character.png', 'clip.mp4', 'motion.json', 'poster.json', 'poster.webp'],
    ...['requests.json', 'result.mp4', 'take.json'],
  ])

  await test.step('its poster shows the moment of the result under the pointer, and itself without one', async () => {
    // In a low window the reel is one line, without pictures to move in.
    const size = page.viewportSize()
    await page.setViewportSize({ width: 1440, height: 900 })
    const picture = await studio.poster.locator('img').first().boundingBox()
    if (!picture) throw new Error('The poster has a picture.')
    const { x, y, width, height } = picture
    const moment = studio.poster.locator('[data-scrub]')
    for (const [place, cell] of [
      [0.12, '2'],
      [0.92, '18'],
    ] as const) {
      // The poster may come a moment after the word.
      await expect(async () => {
        await page.mouse.move(x + place * width, y + height / 2)
        await page.mouse.move(x + place * width, y + height / 2 + 1)
        await expect(moment).toHaveAttribute('data-scrub', cell, { timeout: 1000 })
        await expect(moment).toBeVisible({ timeout: 1000 })
      }).toPass()
    }
    await page.mouse.move(0, 0)
    await studio.poster.focus()
    await expect(moment).toHaveCount(0)
    if (size) await page.setViewportSize(size)
  })

  await studio.compare()

  await test.step('both sides play, and stop on the same frame', async () => {
    await studio.play.click()
    // How closely they keep in step is measured by `npm run bench`: a busy machine may hold one player up for a while.
    await expect.poll(async () => Math.min(...(await studio.frames()))).toBeGreaterThan(20)
    await page.keyboard.press('Space')
    await expect(studio.play).toBeVisible()
    await expect.poll(async () => new Set(await studio.frames()).size).toBe(1)
    await expect.poll(studio.shownFrames).toEqual(await studio.frames())
  })

  await test.step('a seek lands both sides on the frame that was asked for', async () => {
    await page.keyboard.press('End')
    await expect.poll(studio.frames).toEqual([179, 179])
    await page.keyboard.press('Home')
    await expect.poll(studio.frames).toEqual([0, 0])
  })

  await test.step('a frame step moves both sides by one frame, there and back', async () => {
    for (let step = 1; step <= 12; step += 1) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(studio.frames).toEqual([step, step])
    }
    await page.keyboard.press('ArrowLeft')
    await expect.poll(studio.frames).toEqual([11, 11])
    // What the elements show, not what the readout says: the sample has 30 frames per second.
    await expect.poll(studio.shownFrames).toEqual([11, 11])
  })

  await test.step('the result is saved where the user says, and never over another file', async () => {
    const dialog = await studio.saveAs('dance.mp4')
    await expect(dialog).toBeHidden()
    expect(existsSync(join(face.home, 'dance.mp4'))).toBe(true)
    await studio.saveAs('dance.mp4')
    await expect(dialog.getByText('already exists')).toBeVisible()
  })
})

test('a take that was submitted goes on after the studio was killed and started again', async ({
  studio,
  page,
  face,
}) => {
  await studio.startSample()
  await expect(studio.takes.getByText('Generating')).toBeVisible({ timeout: 180_000 })
  await face.kill()
  await expect(page.getByRole('alert').getByText('Understudy isn’t responding.')).toBeVisible({
    timeout: 30_000,
  })

  const again = await startBrowserFace(face.home)
  try {
    await studio.open(again)
    await studio.done()
    expect(readdirSync(join(face.home, 'practice', 'tasks'))).toHaveLength(1)
  } finally {
    await again.kill()
  }
})
