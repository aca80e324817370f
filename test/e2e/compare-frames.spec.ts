import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { pairErrors } from '../support/window/compare-page/pair-error.ts'
import { buildPages, servePages, type PageServer } from '../support/window/compare-page/serve.ts'
import { makeVideo, type ClipName, type NumberedVideo } from '../support/window/compare-page/videos.ts'

/** The engine of decoded frames in a real browser. Every frame carries its number, which is read from what was painted. */

test.describe.configure({ timeout: 600_000 })

let folder: string
let server: PageServer
const made = new Map<ClipName, NumberedVideo>()

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-frames-'))
  await buildPages(folder, ['engine.html'])
  server = await servePages(folder)
})

test.afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

async function clip(name: ClipName): Promise<NumberedVideo> {
  const known = made.get(name) ?? (await makeVideo(folder, name, 8, { width: 320, height: 180 }))
  made.set(name, known)
  return known
}

async function open(page: Page, names: readonly ClipName[], leads: readonly number[] = []) {
  const videos = await Promise.all(names.map(clip))
  await page.goto(`${server.address}engine.html`)
  // A sound device opens only after the user has done something.
  await page.click('#begin')
  await page.evaluate(
    async ([given, ahead]) => {
      window.engines.opened = await window.engines.start(given, { leads: ahead })
      await window.engines.opened.settled()
    },
    [videos, leads] as const,
  )
  return videos
}

/** What was painted while it played for so long. */
const play = (page: Page, milliseconds: number) =>
  page.evaluate(async (duration) => {
    const opened = window.engines.opened
    if (!opened) throw new Error('Nothing is open')
    opened.painted.length = 0
    opened.engine.play()
    await opened.wait(duration)
    opened.engine.pause()
    await opened.settled()
    return { painted: opened.painted, troubles: opened.troubles }
  }, milliseconds)

const none = (paints: number) => ({ paints, p95: 0, max: 0, misnamed: 0 })

const pairs: readonly { readonly names: readonly ClipName[]; readonly leads: readonly number[] }[] = [
  { names: ['thirty', 'thirty-again'], leads: [] },
  { names: ['thirty', 'twenty-four'], leads: [0, 0.1] },
  { names: ['variable', 'twenty-four'], leads: [0, -0.1] },
  {
    names: ['thirty', 'twenty-four', 'variable', 'thirty-again', 'twenty-four'],
    leads: [0, 0.1, 0, -0.4, 0],
  },
]
for (const { names, leads } of pairs)
  test(`every painted pair belongs together: ${names.join(', ')}, ${JSON.stringify(leads)}`, async ({
    page,
  }) => {
    const videos = await open(page, names, leads)
    const { painted, troubles } = await play(page, 3000)
    expect(troubles).toEqual([])
    expect(painted.length).toBeGreaterThan(5)
    expect(pairErrors(painted, videos, leads)).toEqual(none(painted.length))
  })

test('every painted pair belongs together while other programs keep the machine busy', async ({ page }) => {
  const videos = await open(page, ['thirty', 'twenty-four'])
  const others = [0, 1].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
  try {
    const { painted } = await play(page, 3000)
    expect(painted.length).toBeGreaterThan(1)
    expect(pairErrors(painted, videos)).toEqual(none(painted.length))
  } finally {
    for (const other of others) other.kill('SIGKILL')
  }
})

test('200 steps forward and back return to the same pair, decode few frames, and leave none open', async ({
  page,
}) => {
  const videos = await open(page, ['thirty', 'thirty-again'])
  const walk = (by: 1 | -1) =>
    page.evaluate(async (direction) => {
      const opened = window.engines.opened
      if (!opened) throw new Error('Nothing is open')
      opened.painted.length = 0
      const before = opened.decodedFrames()
      for (let step = 0; step < 200; step += 1) {
        opened.engine.step(direction)
        await opened.settled()
      }
      return { painted: opened.painted, decoded: (opened.decodedFrames() - before) / 200 }
    }, by)
  await page.evaluate(async () => {
    window.engines.opened?.engine.seek(0.51)
    await window.engines.opened?.settled()
  })
  const forward = await walk(1)
  expect(forward.painted.map(({ numbers }) => numbers[0])).toEqual(
    Array.from({ length: 200 }, (_, step) => 16 + step),
  )
  expect(forward.decoded).toBeLessThanOrEqual(2.2)
  const back = await walk(-1)
  expect(back.painted.map(({ numbers }) => numbers[0])).toEqual(
    Array.from({ length: 200 }, (_, step) => 214 - step),
  )
  expect(back.decoded).toBeLessThanOrEqual(8)
  for (const { painted } of [forward, back]) expect(pairErrors(painted, videos)).toEqual(none(painted.length))
  const left = await page.evaluate(async () => {
    window.engines.opened?.engine.dispose()
    await window.engines.opened?.wait(300)
    return window.engines.openFrames()
  })
  expect(left).toBe(0)
})

test('a seek lands on the exact pair, wherever it goes', async ({ page }) => {
  const videos = await open(page, ['variable', 'twenty-four'], [0, 0.1])
  for (const to of [0, 7.99, 0.04, 3.999, 4, 1.31, 6.5, 99, 2.25]) {
    const last = await page.evaluate(async (time) => {
      const opened = window.engines.opened
      opened?.engine.seek(time)
      await opened?.settled()
      return { painted: opened?.painted.at(-1), frames: opened?.engine.reading().frames }
    }, to)
    if (!last.painted) throw new Error('Nothing was painted')
    expect(pairErrors([last.painted], videos, [0, 0.1])).toEqual(none(1))
    expect(last.painted.frames).toEqual(last.frames)
  }
})

test('seeks and drags show exact pairs of smaller copies, and end on the frames of the files', async ({
  page,
}) => {
  const videos = await open(page, ['thirty', 'thirty-again'])
  // The same frames, with a keyframe every two seconds.
  const copy = await clip('thirty-with-sound')
  const { painted, ends, troubles } = await page.evaluate(async (given) => {
    const opened = window.engines.opened
    if (!opened) throw new Error('Nothing is open')
    for (const side of [0, 1]) await opened.addCopy(side, given)
    const ended = []
    for (const to of [7.9, 0.04, 6.5, 3.3]) {
      opened.engine.seek(to)
      await opened.settled()
      ended.push(opened.painted.at(-1))
    }
    for (let move = 0; move < 60; move += 1) {
      opened.engine.scrub(7.5 - move / 10)
      await opened.wait(16)
    }
    opened.engine.endScrub()
    await opened.settled()
    ended.push(opened.painted.at(-1))
    return { painted: opened.painted, ends: ended, troubles: opened.troubles }
  }, copy)
  expect(troubles).toEqual([])
  expect(pairErrors(painted, videos)).toEqual(none(painted.length))
  expect(painted.some(({ soft }) => soft)).toBe(true)
  expect(ends.map((end) => [end?.numbers[0], end?.soft])).toEqual(
    [237, 1, 195, 99, 48].map((number) => [number, false]),
  )
})

test('a loop shows its first and its last frame every time and nothing else', async ({ page }) => {
  const videos = await open(page, ['thirty', 'twenty-four'])
  await page.evaluate(async () => {
    const opened = window.engines.opened
    opened?.engine.setLoop({ on: true, from: 2, to: 2.97 })
    opened?.engine.seek(2)
    await opened?.settled()
  })
  const { painted } = await play(page, 4000)
  expect(pairErrors(painted, videos)).toEqual(none(painted.length))
  const numbers = painted.map(({ numbers: [reference = -1] }) => reference)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(60)
  expect(Math.max(...numbers)).toBeLessThanOrEqual(89)
  expect(numbers.filter((number, nth) => nth > 0 && number < (numbers[nth - 1] ?? 0)).length).toBeGreaterThan(
    1,
  )
})

test('a file that is no video is told and not waited for', async ({ page }) => {
  const good = await clip('thirty')
  await writeFile(join(folder, 'words.mp4'), 'not a video')
  await page.goto(`${server.address}engine.html`)
  const told = await page.evaluate(
    async ([video]) => {
      const other = { ...video, url: 'words.mp4' }
      return window.engines.start([video, other]).then(
        () => 'opened',
        (error: unknown) => String(error),
      )
    },
    [good] as const,
  )
  expect(told).toContain('side 1: unreadable')
})
