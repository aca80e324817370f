import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/window/studio-page.ts'
import { shortClip, smallPicture } from '../support/clips/bad-inputs.ts'

const text = Buffer.from('this is not a video at all, only some words\n'.repeat(20))

test('a text file that calls itself a video gets a plain sentence, and nothing can be sent', async ({
  studio,
  page,
  face,
}) => {
  await studio.drop({ name: 'holiday.mp4', type: 'video/mp4', bytes: text })
  await expect(page.getByText(/holiday\.mp4/).first()).toBeVisible()
  await expect(studio.generate).toBeDisabled()
  expect(readdirSync(face.home)).not.toContain('library')
})

test('two files dropped together find their places, and what does not fit is said before anything can be sent', async ({
  studio,
  page,
  face,
}) => {
  await studio.drop(
    { name: 'two-seconds.mp4', type: 'video/mp4', bytes: await shortClip() },
    { name: 'tiny.png', type: 'image/png', bytes: await smallPicture() },
  )
  await expect(page.getByRole('region', { name: 'Character' }).getByText('tiny.png')).toBeVisible({
    timeout: 30_000,
  })
  await expect(
    page.getByRole('region', { name: 'Clip', exact: true }).getByText('two-seconds.mp4'),
  ).toBeVisible()
  await expect(
    page.getByText('The shorter side of the image is 60 px; it must be at least 300 px.'),
  ).toBeVisible()
  await expect(
    page.getByText('The length of the performed part is 2 s; it must be at least 3 s.'),
  ).toBeVisible()
  await expect(studio.generate).toBeDisabled()
  expect(readdirSync(join(face.home))).not.toContain('practice')
})
