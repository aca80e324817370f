import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/lib/paths.mjs'
import { newAccount } from '../../src/shared/domain/account.ts'
import { makeHome, startBrowserFace } from '../support/window/browser-face.ts'
import { highwayServer } from '../support/servers/contracts/highway.ts'
import { servedFile } from '../support/servers/served-file.ts'
import { StudioPage, expect, test } from '../support/window/studio-page.ts'

const key = 'canary-key-51c2-tail'

test('an answer that is lost becomes a question that outlives the studio, and nothing is paid again without two yeses', async ({
  page,
}) => {
  const result = await servedFile(join(root, 'resources', 'sample', 'clip.mp4'), 'video/mp4')
  const highway = await highwayServer({ key, resultUrl: result.url })
  const home = makeHome()
  const account = { ...newAccount('highway', 'Highway'), id: 'env-highway', baseUrl: highway.origin }
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ accounts: [account] }))
  const start = () => startBrowserFace(home, { UNDERSTUDY_HIGHWAY_KEY: key })
  const submits = () => highway.calls.filter(({ method }) => method === 'POST')
  let face = await start()
  const studio = new StudioPage(page)
  const question = studio.details
  const openQuestion = () => page.getByRole('button', { name: '1 question' }).click({ timeout: 60_000 })
  try {
    await studio.open(face)
    await studio.sample.click()
    await studio.unfold('Provider')
    await page.getByRole('combobox', { name: 'Provider' }).selectOption('highway')
    await page.getByRole('radio', { name: /This computer/ }).click()
    await expect(studio.generate).toBeEnabled({ timeout: 60_000 })
    highway.play('POST /v3/async/kling-v3.0-motion-control', 'reset')
    await studio.generate.click()
    await page.getByRole('button', { name: /^Generate without/ }).click()
    await openQuestion()
    await expect(question).toContainText('Needs your decision', { timeout: 60_000 })
    await expect(question).toContainText('The cost is unknown. You may have been charged.')
    expect(submits()).toHaveLength(1)

    await face.kill()
    face = await start()
    await studio.open(face)
    await openQuestion()
    await expect(question).toContainText('Only you can find out. The question stays until you choose.')
    expect(submits()).toHaveLength(1)

    await question.getByRole('button', { name: 'Submit again…' }).dblclick()
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Submit again/ })
      .dblclick()
    await studio.done()
    expect(submits()).toHaveLength(2)
    expect(highway.violations).toEqual([])
  } finally {
    await face.close()
    await highway.close()
    await result.close()
  }
})
