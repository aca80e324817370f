import type { Page } from '@playwright/test'

/** The numbers in the pictures that a comparison shows, read from the pictures themselves; the reference first. */
export const shownNumbers = (page: Page): Promise<readonly number[]> =>
  page.getByRole('region', { name: 'Comparison' }).evaluate((section) => {
    const [width, height, blocks] = [320, 180, 10]
    const number = (image: CanvasImageSource, x: number, y: number, wide: number, high: number) => {
      const context = new OffscreenCanvas(width, height).getContext('2d')
      context?.drawImage(image, x, y, wide, high, 0, 0, width, height)
      const row = context?.getImageData(0, Math.round(height / 8), width, 1).data ?? []
      return Array.from({ length: blocks }, (_, bit) =>
        (row[Math.round(((bit + 0.5) * width) / blocks) * 4] ?? 0) > 128 ? 2 ** bit : 0,
      ).reduce((sum, value) => sum + value, 0)
    }
    const videos = [...section.querySelectorAll('video')]
    if (videos.length > 0)
      return videos.map((video) => number(video, 0, 0, video.videoWidth, video.videoHeight))
    const canvas = section.querySelector<HTMLCanvasElement>('canvas[data-panes]')
    if (!canvas) return []
    // What the page writes beside its picture.
    const panes = JSON.parse(canvas.dataset['panes'] ?? '[]') as readonly DOMRect[]
    return panes.map((pane) => number(canvas, pane.x, pane.y, pane.width, pane.height))
  })
