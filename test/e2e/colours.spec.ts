import type { Locator } from '@playwright/test'
import { expect, test } from '../support/window/studio-page.ts'

type Rgb = readonly [number, number, number]

const black: Rgb = [0, 0, 0]

const luminance = (rgb: Rgb) => {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** As WCAG counts it: 1 for the same colour, 21 for black on white. */
function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** What is on the screen: the colour that a place has most of, and the one that differs from it most often. */
async function lookAt(place: Locator): Promise<{ readonly ground: Rgb; readonly ink: Rgb }> {
  const png = (await place.screenshot({ animations: 'disabled' })).toString('base64')
  const counted = await place.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const picture = await createImageBitmap(new Blob([bytes]))
    const paper = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
    if (!paper) throw new Error('Nothing can be drawn.')
    paper.drawImage(picture, 0, 0)
    const { data } = paper.getImageData(0, 0, picture.width, picture.height)
    const counts = new Map<string, number>()
    for (let at = 0; at < data.length; at += 4) {
      const colour = [...data.slice(at, at + 3)].join()
      counts.set(colour, (counts.get(colour) ?? 0) + 1)
    }
    return [...counts].toSorted((one, other) => other[1] - one[1]).map(([colour]) => colour)
  }, png)
  const [ground = black, ink = ground] = counted.map(
    (colour) => colour.split(',').map(Number) as unknown as Rgb,
  )
  return { ground, ink }
}

const contrastIn = (place: Locator) => async () => {
  const { ground, ink } = await lookAt(place)
  return contrast(ground, ink)
}
// Nothing here is about speed.
const patient = { timeout: 60_000 }

const systems = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
  { colorScheme: 'light', forcedColors: 'active' },
  { colorScheme: 'dark', forcedColors: 'none' },
] as const

test('what is drawn and what plays stays visible while the system changes its colours', async ({
  studio,
}) => {
  const { page } = studio
  await studio.startSample()
  const wave = page.getByRole('region', { name: 'Part of the clip' }).locator('canvas')
  await expect(wave).toBeVisible()
  for (const system of systems)
    await test.step(`the waveform, ${JSON.stringify(system)}`, async () => {
      await page.emulateMedia(system)
      await expect.poll(contrastIn(wave), patient).toBeGreaterThan(1.6)
    })
  await studio.done()
  await studio.compare()
  for (const system of systems)
    await test.step(`the play button, ${JSON.stringify(system)}`, async () => {
      await page.emulateMedia(system)
      await expect.poll(contrastIn(studio.play), patient).toBeGreaterThan(3)
    })
  // The window gave it the focus for its keys: nothing is framed that nobody went to.
  expect(await studio.comparison.evaluate((view) => getComputedStyle(view).outlineStyle)).toBe('none')
})
