import type { Locator, Page } from '@playwright/test'
import { violationsOn } from '../support/window/accessibility.ts'
import { startBrowserFace } from '../support/window/browser-face.ts'
import { clipWithCuts, shortClip, steadyClip, twoColours } from '../support/clips/fit-inputs.ts'
import { expect, test, type StudioPage } from '../support/window/studio-page.ts'

const picture = async () => ({ name: 'poster.png', type: 'image/png', bytes: await twoColours() })
const clip = async (bytes: Promise<Buffer>, name = 'steps.mp4') => ({
  name,
  type: 'video/mp4',
  bytes: await bytes,
})

const character = (page: Page) => page.getByRole('region', { name: 'Character', exact: true })
const crop = (page: Page) => character(page).getByRole('button', { name: 'Crop' })
const frame = (page: Page) => character(page).getByRole('button', { name: /^Frame: arrows/ })

/** Prepares for real and opens what came out. */
async function preview({ page, generate, unfold }: StudioPage): Promise<Locator> {
  await expect(generate).toBeEnabled({ timeout: 30_000 })
  await unfold('Fixes')
  await page.getByRole('button', { name: 'See what is sent' }).click()
  const dialog = page.getByRole('dialog', { name: 'What is sent' })
  await expect(dialog.getByText(/^All limits of this model are met/)).toBeVisible({ timeout: 60_000 })
  return dialog
}

/** The size of the prepared picture and the colours at the middle of its edges. */
const preparedPicture = (dialog: Locator) =>
  dialog.getByRole('img', { name: 'The prepared character' }).evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    const canvas = new OffscreenCanvas(width, height)
    const paper = canvas.getContext('2d', { willReadFrequently: true })
    paper?.drawImage(image, 0, 0)
    const at = (x: number, y: number) => {
      const [red = 0, green = 0, blue = 0] = paper?.getImageData(x, y, 1, 1).data ?? []
      if (red > 200 && green > 200 && blue > 200) return 'white'
      return red > green ? 'red' : 'green'
    }
    return {
      aspect: width / height,
      left: at(2, height / 2),
      right: at(width - 3, height / 2),
      top: at(width / 2, 2),
    }
  })

// A colour half-way between two states is nobody's choice and must not be measured.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

test('a picture too wide for the model gets a border, or is framed by hand, and what is sent is certified', async ({
  studio,
  page,
}) => {
  await studio.drop(await picture(), await clip(steadyClip()))
  await studio.unfold('Fixes')
  await expect(page.getByRole('radio', { name: 'Add a border' })).toBeChecked({ timeout: 30_000 })

  await test.step('with a border above and below', async () => {
    const dialog = await preview(studio)
    expect(await preparedPicture(dialog)).toEqual({ aspect: 2.5, left: 'red', right: 'green', top: 'white' })
    await expect(dialog.getByLabel('The exact commands').getByText('ffmpeg')).toBeVisible()
    expect(await violationsOn(page)).toEqual([])
    await page.keyboard.press('Escape')
  })

  await test.step('in a frame that is scaled and moved by keyboard', async () => {
    await crop(page).click()
    await expect(page.getByRole('radio', { name: 'Add a border' })).toBeHidden()
    // While a new check runs, what the former one said is dimmed.
    await expect(studio.generate).toBeEnabled()
    expect(await violationsOn(page)).toEqual([])
    await frame(page).focus()
    for (let press = 0; press < 18; press += 1) await page.keyboard.press('-')
    for (let press = 0; press < 20; press += 1) await page.keyboard.press('Shift+ArrowRight')
    const dialog = await preview(studio)
    expect(await preparedPicture(dialog)).toMatchObject({ left: 'green', right: 'green', top: 'green' })
    await page.keyboard.press('Escape')
  })

  await test.step('in a frame that is drawn to the other side with the pointer', async () => {
    await frame(page).scrollIntoViewIfNeeded()
    const box = await frame(page).boundingBox()
    if (!box) throw new Error('the frame is in sight')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x - 500, box.y + box.height / 2, { steps: 8 })
    await page.mouse.up()
    const dialog = await preview(studio)
    const sent = await preparedPicture(dialog)
    expect(sent).toMatchObject({ left: 'red', top: 'red' })
    expect(sent.aspect).toBeLessThanOrEqual(2.5)
    await page.keyboard.press('Escape')
  })
})

test('a clip that is too short is sent there and back, once the user says so', async ({ studio, page }) => {
  await studio.drop(await picture(), await clip(shortClip(), 'hop.mp4'))
  await expect(page.getByText(/it must be at least 3 s/)).toBeVisible({ timeout: 30_000 })
  await expect(studio.generate).toBeDisabled()
  await page.getByRole('button', { name: 'Forward and back' }).click()
  const dialog = await preview(studio)
  await expect(dialog.getByText(/3\ss\s·\s90\sframes/).first()).toBeVisible()
  await dialog.getByRole('slider', { name: 'Position in the prepared clip' }).press('End')
  const places = () =>
    dialog
      .locator('video')
      .evaluateAll((videos: HTMLVideoElement[]) => videos.map((video) => video.currentTime))
  // 3 s there and back in 2 s: the last picture is the one at 1 s.
  await expect.poll(async () => (await places())[0]).toBeCloseTo(1, 1)
})

test('hints about cuts name their times, and one click chooses a part without any', async ({
  studio,
  page,
}) => {
  await studio.drop(await picture(), await clip(clipWithCuts(), 'three-scenes.mp4'))
  const hint = page.getByRole('listitem').filter({ hasText: 'The clip seems to cut at 2 s and 5.5 s' })
  await page.getByRole('button', { name: /^Ready · .*warning/ }).click({ timeout: 60_000 })
  await expect(hint.getByText('Hint', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(studio.generate).toBeEnabled()
  await hint.getByRole('button', { name: 'Show 5.5 s' }).click()
  await expect(page.getByText('frame 166 of 240')).toBeVisible()
  await hint.getByRole('button', { name: /^Use the longest part without a cut/ }).click()
  await expect(hint).toBeHidden({ timeout: 30_000 })
})

test('files that were used together are offered again after a restart', async ({ studio, page, face }) => {
  await studio.drop(await picture(), await clip(steadyClip()))
  await preview(studio)
  await face.kill()

  const again = await startBrowserFace(face.home)
  try {
    await studio.open(again)
    await page.getByRole('button', { name: 'poster.png with steps.mp4' }).click()
    await expect(page.getByRole('img', { name: 'The character, poster.png' })).toBeVisible({
      timeout: 30_000,
    })
    await expect(studio.generate).toBeEnabled({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Recent files' }).first().click()
    await expect(page.getByRole('menuitem', { name: 'poster.png with steps.mp4' })).toBeVisible()
    expect(await violationsOn(page)).toEqual([])
  } finally {
    await again.kill()
  }
})
