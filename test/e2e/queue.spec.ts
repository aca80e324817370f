import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/lib/paths.mjs'
import { violationsInBothThemes, violationsOn } from '../support/window/accessibility.ts'
import { makeHome, startBrowserFace, type BrowserFace } from '../support/window/browser-face.ts'
import { queueScenes } from '../support/window/queue-scenes.ts'
import { openScene } from '../support/window/scene-page.ts'
import { expect, test } from '../support/window/studio-page.ts'

const sample = readFileSync(join(root, 'resources', 'sample', 'clip.mp4'))
const clip = (name: string) => ({ name, type: 'video/mp4', bytes: sample })

test('many files are prepared one after the other into a chosen folder, and the list outlives a restart', async ({
  studio,
  page,
  face,
}) => {
  await studio.drop(clip('one.mp4'), clip('two.mp4'), clip('three.mp4'))
  const offer = page.getByRole('dialog', { name: 'Several files dropped' })
  await offer.getByLabel('Folder name').fill('queue {n} {clip}')
  await offer.getByRole('button', { name: 'Choose a folder…' }).click()
  const places = page.getByRole('dialog', { name: 'Where to save the prepared files' })
  await places.getByRole('button', { name: /^Home, folder$/i }).click()
  await places.getByRole('button', { name: /^Use/ }).click()
  const queue = page.getByRole('dialog', { name: 'Queue' })
  await expect(queue.getByText('3 of 3 prepared.')).toBeVisible({ timeout: 120_000 })
  const out = face.home
  for (const name of ['queue 1 one', 'queue 2 two', 'queue 3 three'])
    expect(readdirSync(join(out, name)).sort()).toEqual(['certificate.json', 'clip.mp4', 'report.json'])
  expect(await violationsOn(page)).toEqual([])

  await face.kill()
  const again = await startBrowserFace(face.home)
  try {
    await studio.open(again)
    await page.getByRole('button', { name: 'Queue' }).click()
    await expect(queue.getByText('3 of 3 prepared.')).toBeVisible()
    await queue.getByRole('button', { name: 'Clear finished' }).click()
    await expect(queue.getByText('The queue is empty.')).toBeVisible()
    expect(existsSync(join(out, 'queue 1 one', 'clip.mp4'))).toBe(true)
  } finally {
    await again.kill()
  }
})

test('a paused queue holds a take back, over a kill and a restart, until it is resumed', async ({
  studio,
  page,
  face,
}) => {
  const queue = page.getByRole('dialog', { name: 'Queue' })
  await page.getByRole('button', { name: 'Queue', exact: true }).click()
  await queue.getByRole('radio', { name: 'Takes' }).click()
  await queue.getByRole('button', { name: 'Pause' }).click()
  await expect(queue.getByText('Nothing new is sent.')).toBeVisible()
  await page.keyboard.press('Escape')
  await studio.startSample()
  const paused = studio.takes.getByText('Paused', { exact: true })
  await expect(paused).toBeVisible({ timeout: 60_000 })

  await face.kill()
  const again = await startBrowserFace(face.home)
  try {
    await studio.open(again)
    await expect(paused).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: '1 paused' }).click()
    await expect(queue.getByRole('article', { name: 'Take 1: Paused' })).toBeVisible()
    await queue.getByRole('button', { name: 'Resume' }).click()
    await page.keyboard.press('Escape')
    await studio.done()
  } finally {
    await again.kill()
  }
})

/** The face only serves the page: what it shows comes from a studio held in memory. */
let serving: BrowserFace

test.beforeAll(async () => {
  serving = await startBrowserFace(makeHome())
})
test.afterAll(async () => {
  await serving.close()
})

for (const scene of queueScenes)
  test(`every control of “${scene.name}” is labelled and every text can be read in both themes`, async ({
    page,
  }) => {
    await openScene(page, serving, scene)
    expect(await violationsInBothThemes(page)).toEqual([])
  })
