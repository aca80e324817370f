import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { frameNumbers } from '../support/clips/clips.ts'
import { longHevc, zooClips, type ZooName } from '../support/clips/compare-zoo.ts'
import { addFinishedTakes } from '../support/library/finished-takes.ts'
import { makeHome, startBrowserFace, type BrowserFace } from '../support/window/browser-face.ts'
import { shownNumbers } from '../support/window/shown-numbers.ts'
import { expect, StudioPage, test } from '../support/window/studio-page.ts'

/** Every kind of file ends in the right picture, or in a plain sentence about the right side. */

type Case = {
  readonly reference: ZooName
  readonly result: ZooName
  /** What plays it, as the header says; or what is said instead of a picture. */
  readonly plays?: RegExp
  readonly says?: RegExp
}

const exact = /every frame exact/
const damaged = /The result of this take is damaged or incomplete\..*from its folder in another player/

const cases: readonly Case[] = [
  { reference: 'H.264, 10 bit', result: 'VP9', plays: exact },
  { reference: 'AV1', result: 'an edit list', plays: exact },
  { reference: 'no sound', result: 'one frame', plays: exact },
  { reference: '0.2 s', result: 'fields', plays: exact },
  { reference: 'uneven frames', result: 'late sound', plays: exact },
  {
    reference: 'turned by 90°',
    result: 'plain',
    plays: /up to a frame off: the reference is stored rotated/,
  },
  { reference: 'HEVC, 8 bit', result: 'ProRes', plays: /this window can’t decode the reference/ },
  { reference: 'plain', result: 'HEVC, 10 bit', plays: /this window can’t decode the result/ },
  { reference: 'plain', result: 'turned, with a late clock', plays: /the result is stored rotated/ },
  { reference: 'plain', result: 'cut short', says: damaged },
  { reference: 'words', result: 'plain', says: /The prepared clip of this take isn’t a video/ },
]

let folder: string
let home: string
let face: BrowserFace
const paths = new Map<ZooName, string>()

const nameOf = ({ reference, result }: Pick<Case, 'reference' | 'result'>) => `${reference} beside ${result}`
const idOf = (nth: number) => `01JD${String(nth).padStart(22, '0')}`
const midPlay = { reference: 'two seconds', result: 'garbled' } as const
const tooLong = 'a long one'
const several = {
  reference: 'uneven frames',
  results: ['AV1', 'VP9', 'H.264, 10 bit', 'an edit list'],
} as const

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-zoo-'))
  home = makeHome()
  const names = new Set<ZooName>([several.reference, ...several.results])
  for (const { reference, result } of [...cases, midPlay]) names.add(reference).add(result)
  for (const name of names) paths.set(name, await zooClips[name](folder))
  const pathOf = (name: ZooName) => paths.get(name) ?? ''
  const takes = [...cases, midPlay, midPlay].map((one, nth) => ({
    id: idOf(nth),
    clipName: nth > cases.length ? `${nameOf(one)}, deleted` : nameOf(one),
    clip: pathOf(one.reference),
    result: pathOf(one.result),
  }))
  const long = { id: idOf(99), clipName: tooLong, clip: pathOf('plain'), result: await longHevc(folder) }
  const beside = several.results.map((result, nth) => ({
    ...{ id: idOf(100 + nth), clipName: 'several takes' },
    ...{ clip: pathOf(several.reference), result: pathOf(result) },
  }))
  addFinishedTakes(home, [...takes, ...beside, long])
  face = await startBrowserFace(home)
})

test.afterAll(async () => {
  await face.close()
  rmSync(folder, { recursive: true, force: true })
})

async function openStudio(page: Page): Promise<StudioPage> {
  // Nothing here is about how much moves.
  await page.addInitScript(() => {
    localStorage.setItem('motion-curve', 'hidden')
  })
  const studio = new StudioPage(page)
  await studio.open(face)
  return studio
}

async function openTake({ page, comparison }: StudioPage, clipName: string): Promise<void> {
  await page.getByRole('button', { name: 'Library', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Search takes' }).fill(clipName)
  await page.getByLabel(`performs ${clipName}: `).press('Enter')
  await expect(comparison).toBeVisible()
}

async function close({ page, comparison }: StudioPage): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(comparison).toBeHidden()
}

/** Both pictures carry the numbers of the frames that the readouts name. */
async function showsWhatItSays(studio: StudioPage, numbers: readonly (readonly number[])[]): Promise<void> {
  await expect(studio.comparison).toHaveAttribute('data-settled', 'true')
  const frames = await studio.frames()
  expect(await shownNumbers(studio.page)).toEqual(frames.map((frame, side) => numbers[side]?.[frame]))
}

test('every kind of file ends in the right picture or in a sentence about the right side', async ({
  page,
}) => {
  const studio = await openStudio(page)
  for (const one of cases)
    await test.step(nameOf(one), async () => {
      await openTake(studio, nameOf(one))
      if (one.says) {
        await expect(studio.comparison.getByRole('alert')).toHaveText(one.says)
      } else {
        await expect(studio.comparison).toHaveAttribute('data-phase', 'paused')
        // A line breaks between its facts only.
        const header = (await studio.comparison.locator('header').innerText()).replaceAll('\u00a0', ' ')
        expect(header).toMatch(one.plays ?? exact)
        const numbers = await Promise.all(
          [one.reference, one.result].map((name) => frameNumbers(paths.get(name) ?? '')),
        )
        await showsWhatItSays(studio, numbers)
        await page.keyboard.press('End')
        await showsWhatItSays(studio, numbers)
        expect(await studio.frames()).toEqual(numbers.map(({ length }) => length - 1))
        await page.keyboard.press('ArrowLeft')
        await showsWhatItSays(studio, numbers)
      }
      await close(studio)
    })
})

test('four takes of different kinds show the frames that their readouts name, all of them or one large', async ({
  page,
}) => {
  const studio = await openStudio(page)
  const { comparison } = studio
  await page.getByRole('button', { name: 'Library', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Search takes' }).fill('clip:"several takes"')
  const found = page.locator('[data-poster]')
  await expect(found).toHaveCount(several.results.length)
  await found.last().press('Enter')
  await expect(comparison).toHaveAttribute('data-phase', 'paused')
  const chips = comparison.getByRole('group', { name: 'Compared takes' }).getByRole('listitem')
  for (const count of [2, 3, 4]) {
    await comparison.getByRole('button', { name: 'Add take' }).click()
    await page.getByRole('menuitem').last().click()
    await expect(chips).toHaveCount(count)
  }
  const numbers = await Promise.all(
    [several.reference, ...several.results].map((name) => frameNumbers(paths.get(name) ?? '')),
  )
  await expect.poll(async () => (await shownNumbers(page)).length).toBe(5)
  for (const key of ['End', 'ArrowLeft', 'Home', 'ArrowRight']) {
    await page.keyboard.press(key)
    await showsWhatItSays(studio, numbers)
  }
  await comparison.getByRole('radio', { name: 'Strip' }).click()
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(comparison).toHaveAttribute('data-settled', 'true')
  const [, , , third = 0] = await studio.frames()
  // The reference and the third take are large; the others follow in the strip.
  expect((await shownNumbers(page))[1]).toBe(numbers[3]?.[third])
  await close(studio)
})

test('a side that fails while it plays is named, and so is one whose file is gone by then', async ({
  page,
}) => {
  const studio = await openStudio(page)
  const said = studio.comparison.getByRole('alert')
  await openTake(studio, nameOf(midPlay))
  await expect(studio.comparison).toHaveAttribute('data-phase', 'paused')
  await page.keyboard.press('Space')
  await expect(said).toHaveText(damaged)
  await expect(studio.comparison).toHaveAttribute('data-phase', 'failed')
  await close(studio)

  await openTake(studio, `${nameOf(midPlay)}, deleted`)
  await expect(studio.comparison).toHaveAttribute('data-phase', 'paused')
  rmSync(join(home, 'library', idOf(cases.length + 1), 'result.mp4'))
  await page.keyboard.press('Space')
  await expect(said).toHaveText(/The result of .* is no longer in .*put the file back/)
  await close(studio)
})

/** The programs that work for the studio of this test; Linux only. */
const toolsAtWork = () =>
  readdirSync('/proc').filter((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return words.includes('ffmpeg') && words.includes(home)
    } catch {
      return false
    }
  })

test('leaving a comparison ends the copy that is being made for it, the measuring and the search', async ({
  page,
}) => {
  test.skip(process.platform !== 'linux', 'It looks for programs in /proc.')
  const studio = await openStudio(page)
  await openTake(studio, tooLong)
  await expect(
    studio.comparison.getByText('Copying the result, because this window can’t play it'),
  ).toBeVisible()
  await studio.comparison.getByRole('button', { name: 'Motion' }).click()
  await studio.comparison.getByRole('button', { name: 'Offset' }).click()
  await studio.comparison.getByRole('button', { name: 'Find', exact: false }).first().click()
  await expect.poll(() => toolsAtWork().length).toBeGreaterThan(0)
  await close(studio)
  await expect.poll(toolsAtWork).toEqual([])
})
