import type { Page } from '@playwright/test'

export type Drift = { readonly samples: number; readonly p95: number; readonly max: number }

/**
 * How far apart both sides are while they play, in milliseconds: each frame that one side presents is held against
 * the frame that the other side shows at that moment, by the media times of requestVideoFrameCallback.
 */
export async function measureDrift(page: Page, seconds: number): Promise<Drift> {
  return page.evaluate(async (length) => {
    type Shown = { readonly at: number; readonly media: number }
    const videos = [...document.querySelectorAll('video')]
    const shown: Shown[][] = videos.map(() => [])
    videos.forEach((video, side) => {
      const watch: VideoFrameRequestCallback = (_now, { expectedDisplayTime, mediaTime }) => {
        shown[side]?.push({ at: expectedDisplayTime, media: mediaTime })
        video.requestVideoFrameCallback(watch)
      }
      video.requestVideoFrameCallback(watch)
    })
    await new Promise((resolve) => setTimeout(resolve, length * 1000))
    const [left = [], right = []] = shown
    // A jump back is the loop starting over: frames around it belong to different rounds.
    const gaps = left.flatMap(({ at, media }) => {
      const before = right.filter((frame) => frame.at <= at).at(-1)
      const after = right.find((frame) => frame.at > at)
      if (!before || !after || after.media <= before.media) return []
      const part = (at - before.at) / (after.at - before.at)
      return [Math.abs(media - (before.media + part * (after.media - before.media))) * 1000]
    })
    gaps.sort((a, b) => a - b)
    const pick = (part: number) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * part))] ?? Infinity
    return { samples: gaps.length, p95: pick(0.95), max: pick(1) }
  }, seconds)
}
