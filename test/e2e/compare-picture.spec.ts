import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import sharp from 'sharp'
import type { Pane } from '../../src/renderer/features/compare/engine/paint.ts'
import { modes, type View } from '../../src/renderer/features/compare/engine/view.ts'
import { colourAt } from '../support/window/compare-page/made-pictures.ts'
import type { Bitmap, Scene } from '../support/window/compare-page/painted.ts'
import { buildPages, servePages, type PageServer } from '../support/window/compare-page/serve.ts'

/** What a comparison paints, read from its pixels in a real browser: pictures in which every pixel tells its place. */

let folder: string
let server: PageServer

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-picture-'))
  await buildPages(folder, ['painted.html'])
  server = await servePages(folder)
})

test.afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

type Colour = readonly number[]

const openPage = (page: Page) => page.goto(`${server.address}painted.html`)

type Picture = { readonly width: number; readonly height: number; readonly data: Buffer }

const read = ({ width, height, base64 }: Bitmap): Picture => ({
  width,
  height,
  data: Buffer.from(base64, 'base64'),
})

async function painted(page: Page, scene: Scene) {
  const { bitmap, panes } = await page.evaluate((asked) => window.pictures.painted(asked), scene)
  return { bitmap: read(bitmap), panes }
}

async function still(page: Page, scene: Scene) {
  const { type, ...bitmap } = await page.evaluate((asked) => window.pictures.still(asked), scene)
  return { type, ...read(bitmap) }
}

const pixel = ({ width, data }: Picture, x: number, y: number): Colour => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
]

/** The places at which a bitmap differs from what is expected there; null expects nothing. */
function wrong(
  bitmap: Picture,
  expected: (x: number, y: number) => Colour | null,
  slack = 0,
): readonly string[] {
  const found: string[] = []
  for (let y = 0; y < bitmap.height; y += 1)
    for (let x = 0; x < bitmap.width; x += 1) {
      const wanted = expected(x, y)
      const seen = pixel(bitmap, x, y)
      if (wanted?.some((value, channel) => Math.abs(value - (seen[channel] ?? -1)) > slack))
        found.push(`${String(x)},${String(y)}: ${seen.join(' ')} instead of ${wanted.join(' ')}`)
    }
  return found
}

const size = { width: 64, height: 48 }
const alike = (view: Partial<View>, now = 0): Scene => ({ stage: size, sizes: [size, size], view, now })
const differenceAt = (x: number, y: number) =>
  colourAt(0, x, y).map((value, channel) => Math.abs(value - (colourAt(1, x, y)[channel] ?? 0)))

test('difference is exactly |A − B|, and a gain multiplies it exactly', async ({ page }) => {
  await openPage(page)
  for (const gain of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const { bitmap } = await painted(page, alike({ mode: 'difference', gain }))
    const expected = (x: number, y: number) => differenceAt(x, y).map((value) => Math.min(value * gain, 255))
    expect(wrong(bitmap, expected), `gain ${String(gain)}`).toEqual([])
  }
  const same = await painted(page, { ...alike({ mode: 'difference', gain: 8, chosen: 9 }), sizes: [size] })
  expect(same.panes).toHaveLength(1)
})

test('overlay mixes both pictures, wipe divides them at its line, blink shows one', async ({ page }) => {
  await openPage(page)
  for (const mix of [0, 0.25, 0.5, 1]) {
    const { bitmap } = await painted(page, alike({ mode: 'overlay', mix }))
    const mixed = (x: number, y: number) =>
      colourAt(0, x, y).map((value, channel) => value * (1 - mix) + (colourAt(1, x, y)[channel] ?? 0) * mix)
    expect(wrong(bitmap, mixed, 2), `mix ${String(mix)}`).toEqual([])
  }
  for (const line of [0, 0.25, 0.5, 1]) {
    const { bitmap, panes } = await painted(page, alike({ mode: 'wipe', line }))
    expect(wrong(bitmap, (x, y) => colourAt(x < line * size.width ? 0 : 1, x, y))).toEqual([])
    const seen = [...(line > 0 ? ['reference'] : []), ...(line < 1 ? ['result'] : [])]
    expect(panes.map(({ side }) => side)).toEqual(seen)
  }
  for (const [view, now, side] of [
    [{ rate: 0, held: false }, 700, 1],
    [{ rate: 0, held: true }, 700, 0],
    [{ rate: 2, held: false }, 100, 1],
    [{ rate: 2, held: false }, 300, 0],
  ] as const) {
    const { bitmap, panes } = await painted(page, alike({ mode: 'blink', blink: view }, now))
    expect(wrong(bitmap, (x, y) => colourAt(side, x, y))).toEqual([])
    expect(panes).toEqual([{ side: ['reference', 'result'][side], frame: side + 7, x: 0, y: 0, ...size }])
  }
})

test('at 100 % every picture is copied, and at 800 % every pixel of it is a square', async ({ page }) => {
  await openPage(page)
  const stage = { width: 140, height: 48, gap: 12 }
  const whole = await painted(page, { stage, sizes: [size, size], view: { fit: 'actual' } })
  const copied = (x: number, y: number) =>
    x < 64 ? colourAt(0, x, y) : x >= 76 ? colourAt(1, x - 76, y) : null
  expect(wrong(whole.bitmap, copied)).toEqual([])

  const square = { width: 32, height: 32 }
  const close = await painted(page, {
    stage: { width: 256, height: 256 },
    sizes: [square, square],
    view: { mode: 'blink', zoom: 8 },
  })
  const squares = (x: number, y: number) => colourAt(1, Math.floor(x / 8), Math.floor(y / 8))
  expect(wrong(close.bitmap, squares)).toEqual([])

  // Between, a picture is smooth: some pixels have colours that it has nowhere.
  const smooth = await painted(page, {
    stage: { width: 64, height: 64 },
    sizes: [square, square],
    view: { mode: 'blink', zoom: 2 },
  })
  expect(
    wrong(smooth.bitmap, (x, y) => colourAt(1, Math.floor(x / 2), Math.floor(y / 2)), 8).length,
  ).toBeGreaterThan(500)
})

/** Every pixel of a side that its pane puts on the canvas, as far as it may be seen there. */
function misplaced(bitmap: Picture, pane: Pane, picture: { width: number; height: number }, side: number) {
  let looked = 0
  const found: string[] = []
  for (let y = 1; y < picture.height; y += 1)
    for (let x = 1; x < picture.width; x += 1) {
      const at = {
        x: Math.floor(pane.x + ((x + 0.5) * pane.width) / picture.width),
        y: Math.floor(pane.y + ((y + 0.5) * pane.height) / picture.height),
      }
      if (at.x < 0 || at.y < 0 || at.x >= bitmap.width || at.y >= bitmap.height) continue
      const seen = pixel(bitmap, at.x, at.y)
      const isEmpty = seen.every((value) => value === 0)
      if (isEmpty) continue
      looked += 1
      if (String(seen) !== String(colourAt(side, x, y))) found.push(`${pane.side} ${String(x)},${String(y)}`)
    }
  return { looked, found }
}

test('the panes say where each picture really is, fitted, filled and zoomed', async ({ page }) => {
  await openPage(page)
  const stage = { width: 401, height: 357, caption: 20, gap: 7 }
  const sizes = [
    { width: 24, height: 16 },
    { width: 18, height: 18 },
    { width: 12, height: 20 },
    { width: 24, height: 16 },
    { width: 20, height: 12 },
  ]
  const views: readonly Partial<View>[] = [
    {},
    { fit: 'fill' },
    { zoom: 5.3, pan: { x: 0.11, y: -0.2 } },
    { several: 'strip', chosen: 2 },
    { zoom: 4, sidePan: { result: { x: 0.05, y: 0.03 } } },
  ]
  for (const shown of [2, 5])
    for (const mode of ['side-by-side', 'stacked'] as const)
      for (const view of views) {
        const { bitmap, panes } = await painted(page, {
          stage,
          sizes: sizes.slice(0, shown),
          view: { ...view, mode },
        })
        expect(panes).toHaveLength(shown)
        for (const pane of panes) {
          const side = pane.frame - 7
          const { looked, found } = misplaced(bitmap, pane, sizes[side]!, side)
          // A neighbour may lie where a zoomed picture is cut off.
          if (view.zoom === undefined && view.fit !== 'fill')
            expect(found, JSON.stringify([pane, view, mode])).toEqual([])
          expect(looked - found.length, `${pane.side} ${JSON.stringify(view)} ${mode}`).toBeGreaterThan(10)
        }
      }
  for (const mode of ['overlay', 'difference', 'wipe'] as const) {
    const { panes } = await painted(page, { stage, sizes: [sizes[0]!, sizes[3]!], view: { mode } })
    expect(panes).toHaveLength(2)
    const [{ side: _one, frame: _frame, ...first }, { side: _other, frame: _next, ...second }] = panes as [
      Pane,
      Pane,
    ]
    expect(first).toEqual(second)
  }
})

test('a still has the pixels of the files, without what is only on the screen', async ({ page }) => {
  await openPage(page)
  const stage = { width: 83, height: 71, caption: 9, gap: 5 }
  const beside = await still(page, { stage, sizes: [size, size] })
  expect([beside.type, beside.width, beside.height]).toEqual(['image/png', 128, 48])
  expect(wrong(beside, (x, y) => (x < 64 ? colourAt(0, x, y) : colourAt(1, x - 64, y)))).toEqual([])

  const stacked = await still(page, { stage, sizes: [size, size], view: { mode: 'stacked' } })
  expect(wrong(stacked, (x, y) => (y < 48 ? colourAt(0, x, y) : colourAt(1, x, y - 48)))).toEqual([])
  expect([stacked.width, stacked.height]).toEqual([64, 96])

  const wipe = await still(page, { stage, sizes: [size, size], view: { mode: 'wipe', line: 0.25 } })
  expect(wrong(wipe, (x, y) => colourAt(x < 16 ? 0 : 1, x, y))).toEqual([])
  expect([wipe.width, wipe.height]).toEqual([64, 48])

  const taller = await still(page, { stage, sizes: [{ width: 32, height: 24 }, size] })
  expect([taller.width, taller.height]).toEqual([128, 48])
  expect(wrong(taller, (x, y) => (x < 64 ? null : colourAt(1, x - 64, y)))).toEqual([])

  const zoomed = await still(page, {
    stage,
    sizes: [size, size],
    view: { mode: 'blink', zoom: 8, pan: { x: 0.25, y: 0 } },
  })
  // 83 × 62 canvas pixels are 10 × 8 of the picture, around three quarters of its width.
  expect([zoomed.width, zoomed.height]).toEqual([10, 8])
  expect(wrong(zoomed, (x, y) => colourAt(1, x + 43, y + 20))).toEqual([])
})

test('elements that CSS alone places show what the canvas shows', async ({ page }) => {
  await openPage(page)
  const stage = { width: 301, height: 201, caption: 20, gap: 7 }
  const sizes = [
    { width: 24, height: 16 },
    { width: 24, height: 16 },
    { width: 12, height: 20 },
  ]
  const views: readonly Partial<View>[] = [
    ...modes.map((mode) => ({ mode })),
    { mode: 'difference', gain: 4 },
    { mode: 'wipe', line: 0.3, zoom: 20, pan: { x: 0.1, y: 0.2 } },
    { mode: 'blink', blink: { rate: 0, held: true } },
    { zoom: 7, pan: { x: -0.2, y: 0 } },
    { several: 'strip', chosen: 1 },
  ]
  for (const view of views) {
    const { bitmap } = await painted(page, { stage, sizes, view })
    await page.evaluate((scene) => window.pictures.styled(scene), { stage, sizes, view })
    const shot = await page.screenshot({ clip: { x: 0, y: 0, width: stage.width, height: stage.height } })
    const seen = await sharp(shot).removeAlpha().raw().toBuffer()
    const different = wrong(
      bitmap,
      (x, y) => [...seen.subarray((y * stage.width + x) * 3, (y * stage.width + x) * 3 + 3)],
      2 * (view.gain ?? 1),
    )
    expect(different, JSON.stringify(view)).toEqual([])
  }
})
