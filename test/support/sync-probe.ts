import type { Page } from '@playwright/test'
import { measureSync, type Shown, type SyncNumbers } from './compare-page/measure.ts'

/** Plays the comparison on the page for some seconds and measures how far apart its two sides were. */
export async function measurePlaying(page: Page, seconds: number): Promise<SyncNumbers> {
  const log = await page.evaluateHandle(() => {
    const shown: Shown[] = []
    for (const video of document.querySelectorAll('video')) {
      const side = video.getAttribute('aria-label') === 'Reference' ? 'reference' : 'result'
      const watch: VideoFrameRequestCallback = (_now, { mediaTime, expectedDisplayTime }) => {
        if (!video.paused) shown.push({ side, mediaTime, at: expectedDisplayTime })
        video.requestVideoFrameCallback(watch)
      }
      video.requestVideoFrameCallback(watch)
    }
    return shown
  })
  await page.keyboard.press(' ')
  await page.waitForFunction(
    (most) => [...document.querySelectorAll('video')].every(({ currentTime }) => currentTime >= most),
    seconds,
  )
  await page.keyboard.press(' ')
  return measureSync(await log.jsonValue())
}
