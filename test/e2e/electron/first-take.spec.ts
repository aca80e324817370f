import { expect, type Page } from '@playwright/test'
import { test } from '../../support/window/electron-studio.ts'

const comparison = (page: Page) => page.getByRole('region', { name: 'Comparison' })

async function generateTheSample(page: Page) {
  await page.getByRole('button', { name: 'Try the sample' }).click()
  await page.getByRole('button', { name: 'Generate', exact: true }).click()
  const poster = page.getByRole('button', { name: /^Take 1, .*: Done$/ })
  await poster.waitFor({ timeout: 60_000 })
  await poster.press('Enter')
  await expect(comparison(page).locator('video')).toHaveCount(2)
}

/** Lands both players at a part of their length, and answers what they say about it. */
const seekBoth = (page: Page, part: number) =>
  comparison(page)
    .locator('video')
    .evaluateAll(
      (players, to) =>
        Promise.all(
          players.map(async (player) => {
            const video = player as HTMLVideoElement
            if (video.readyState < HTMLMediaElement.HAVE_METADATA)
              await new Promise((loaded) => video.addEventListener('loadedmetadata', loaded, { once: true }))
            const wanted = video.duration * to
            const landed = new Promise((seeked) => video.addEventListener('seeked', seeked, { once: true }))
            video.currentTime = wanted
            await landed
            return {
              off: Math.abs(video.currentTime - wanted),
              scheme: new URL(video.currentSrc).protocol,
              seekable: [video.seekable.start(0), video.seekable.end(0) - video.duration],
            }
          }),
        ),
      part,
    )

test('from the sample to a result that plays beside its reference, within the policy', async ({ studio }) => {
  const { app, page } = studio
  await app.evaluate(({ session }) => {
    const seen = new Set<string>()
    Object.assign(globalThis, { schemesSeen: seen })
    session.defaultSession.webRequest.onBeforeRequest((details, answer) => {
      seen.add(new URL(details.url).protocol)
      answer({})
    })
  })
  await generateTheSample(page)
  await comparison(page).getByRole('button', { name: 'Play' }).click()
  for (const player of await comparison(page).locator('video').all())
    await expect
      .poll(() => player.evaluate((video: HTMLVideoElement) => video.currentTime))
      .toBeGreaterThan(0.2)

  expect(await studio.violations()).toEqual([])
  const schemes = await app.evaluate(() => [
    ...(globalThis as unknown as { schemesSeen: Set<string> }).schemesSeen,
  ])
  expect(
    schemes.filter((scheme) => !['app:', 'media:', 'blob:', 'data:', 'devtools:'].includes(scheme)),
  ).toEqual([])
})

test('two videos seek at once, over and over, and land where they were sent', async ({ studio }) => {
  const { page } = studio
  await generateTheSample(page)
  for (let seek = 0; seek < 100; seek += 1) {
    const landed = await seekBoth(page, ((seek * 37) % 95) / 100)
    for (const { off, scheme, seekable } of landed) {
      expect(off).toBeLessThan(0.001)
      expect(scheme).toBe('media:')
      expect(seekable).toEqual([0, 0])
    }
  }
})
