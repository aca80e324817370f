import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/lib/paths.mjs'
import { makeHome, startBrowserFace } from '../support/window/browser-face.ts'
import { makeClip } from '../support/clips/clips.ts'
import { expect as plain, StudioPage, test } from '../support/window/studio-page.ts'
import { TimelinePage } from '../support/window/timeline-page.ts'

// Nothing here is about speed: a busy machine takes its time to read files.
const expect = plain.configure({ timeout: 60_000 })

test('a reload and a restart bring back the files, the trim, and the settings', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-reopen-'))
  const home = makeHome()
  let face = await startBrowserFace(home)
  const studio = new StudioPage(page)
  const timeline = new TimelinePage(page)
  const prompt = page.getByRole('textbox', { name: /^Prompt/ })
  const isBack = async () => {
    await expect(page.getByRole('heading', { name: /hero\.png/ })).toBeVisible()
    await expect(page.getByRole('heading', { name: /numbered\.mp4/ })).toBeVisible()
    await expect.poll(timeline.part, { timeout: 60_000 }).toEqual({ from: '0:02.500', to: '0:07.000' })
    await expect(page.getByRole('radio', { name: /^Keep the video/ })).toBeChecked()
    await expect(prompt).toHaveValue('slowly')
  }
  try {
    await studio.open(face)
    const hero = await readFile(join(root, 'resources', 'sample', 'character.png'))
    await studio.drop({ name: 'hero.png', type: 'image/png', bytes: hero })
    await timeline.drop(studio, await makeClip(folder, 'numbered.mp4', { seconds: 14 }))
    await timeline.type('In', '2.5')
    await timeline.type('Length', '4.5')
    await page.getByRole('radio', { name: /^Keep the video/ }).click()
    await prompt.fill('slowly')
    await isBack()

    await test.step('over a reload at once', async () => {
      await page.reload()
      await isBack()
    })

    await test.step('over a studio that is killed and started again', async () => {
      // The last change is told a moment after it was made.
      await expect
        .poll(async () => JSON.parse(await readFile(join(home, 'desk.json'), 'utf8')) as unknown)
        .toMatchObject({
          window: { start: 2.5, length: 4.5 },
          settings: { prompt: 'slowly', orientation: 'video' },
        })
      await face.kill()
      face = await startBrowserFace(home)
      await studio.open(face)
      await isBack()
    })

    await test.step('with a file that is gone since', async () => {
      await page.getByRole('button', { name: 'Remove the clip' }).click()
      await page.reload()
      await expect(page.getByRole('heading', { name: /hero\.png/ })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Choose a video' })).toBeVisible()
    })
  } finally {
    await face.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a library that is moved in the settings opens again in its new folder, with what was open', async ({
  page,
}) => {
  const user = makeHome()
  mkdirSync(join(user, 'disk'))
  const face = await startBrowserFace(user, { UNDERSTUDY_HOME: join(user, 'old') })
  const studio = new StudioPage(page)
  try {
    await studio.open(face)
    const hero = await readFile(join(root, 'resources', 'sample', 'character.png'))
    await studio.drop({ name: 'hero.png', type: 'image/png', bytes: hero })
    await expect(page.getByRole('heading', { name: /hero\.png/ })).toBeVisible()
    // The last change is told a moment after it was made.
    await expect
      .poll(() => readFile(join(user, 'old', 'desk.json'), 'utf8').catch(() => ''))
      .toContain('hero.png')
    await page.getByRole('button', { name: 'Settings and about' }).click()
    await page.getByRole('tab', { name: 'Files' }).click()
    await page.getByRole('button', { name: 'Move…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Move the library' })
    await dialog.getByText('Home', { exact: true }).dblclick()
    await dialog.getByText('disk', { exact: true }).dblclick()
    await dialog.getByRole('button', { name: 'Use “disk”' }).click()
    const question = page.getByRole('alertdialog', { name: 'Move the library?' })
    await expect(question).toContainText(join(user, 'disk'))
    await question.getByRole('button', { name: /^Move / }).click()
    await expect(page.getByText(`The library is now in ${join(user, 'disk')}.`)).toBeVisible()
    await expect(page.getByRole('heading', { name: /hero\.png/ })).toBeVisible()
    expect(face.said()).toBe('')
  } finally {
    await face.close()
  }
})

test('a reload and a restart bring back the comparison with its offset, mode, speed, loop, and place', async ({
  page,
}) => {
  let face = await startBrowserFace(makeHome())
  const studio = new StudioPage(page)
  const desk = async () => JSON.parse(await readFile(join(face.home, 'desk.json'), 'utf8')) as unknown
  const left = {
    room: 'compare',
    comparison: { view: { mode: 'stacked' }, speed: 0.75, loop: { on: true } },
  }
  const isBack = async () => {
    await expect(page.getByRole('radio', { name: 'Stacked' })).toBeChecked()
    await expect(page.getByRole('group', { name: 'Speed' })).toContainText('0.75×')
    await expect(page.getByRole('button', { name: 'Loop', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    // The result is shown a frame later, and both stay where they were.
    await expect.poll(studio.shownFrames).toEqual([12, 11])
  }
  try {
    await studio.open(face)
    await studio.finishSample()
    await studio.compare()
    for (const key of [
      '2',
      'ArrowDown',
      'Alt+ArrowRight',
      'Shift+ArrowRight',
      'ArrowRight',
      'ArrowRight',
      'i',
    ])
      await page.keyboard.press(key)
    await isBack()
    await expect.poll(desk).toMatchObject(left)

    await test.step('over a room and back', async () => {
      await page.keyboard.press('Control+3')
      await page.keyboard.press('Control+2')
      await isBack()
    })

    await test.step('over a reload', async () => {
      await page.reload()
      await isBack()
    })

    await test.step('over a studio that is killed and started again', async () => {
      await face.kill()
      face = await startBrowserFace(face.home)
      await page.goto(await face.nextAddress())
      await isBack()
    })
  } finally {
    await face.close()
  }
})
