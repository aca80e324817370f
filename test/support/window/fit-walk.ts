import { expect } from '@playwright/test'
import { clipWithCuts, shortClip, wideScene } from '../clips/fit-inputs.ts'
import type { StudioPage } from './studio-page.ts'

/** What the prepare screen says and does about files that do not fit. */
export async function makeFit(studio: StudioPage, save: (state: string) => Promise<void>): Promise<void> {
  const { page, generate } = studio
  await studio.drop(
    { name: 'poster.png', type: 'image/png', bytes: await wideScene() },
    { name: 'three-scenes.mp4', type: 'video/mp4', bytes: await clipWithCuts() },
  )
  await page.getByRole('button', { name: /^Ready · .*warning/ }).click({ timeout: 60_000 })
  await expect(page.getByText('The clip seems to cut')).toBeVisible({ timeout: 60_000 })
  await save('hints')

  await page.getByRole('button', { name: 'Crop' }).click()
  // Around the figure, which stands right of the middle.
  await page.getByRole('button', { name: 'Frame, left edge' }).focus()
  for (let press = 0; press < 9; press += 1) await page.keyboard.press('Shift+ArrowRight')
  await page.getByRole('button', { name: 'Frame, right edge' }).focus()
  for (let press = 0; press < 2; press += 1) await page.keyboard.press('Shift+ArrowLeft')
  await expect(generate).toBeEnabled({ timeout: 30_000 })
  await save('framing')

  await studio.unfold('Fixes')
  await page.getByRole('button', { name: 'See what is sent' }).click()
  await expect(page.getByText(/^All limits of this model are met/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('img', { name: 'The prepared character' })).toBeVisible()
  await save('before-after')
  await page.keyboard.press('Escape')

  await studio.drop({ name: 'hop.mp4', type: 'video/mp4', bytes: await shortClip() })
  await page.getByRole('button', { name: 'Forward and back' }).click({ timeout: 30_000 })
  await expect(generate).toBeEnabled({ timeout: 30_000 })
  await save('too-short')
}
