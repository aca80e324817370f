import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { makeHome, startBrowserFace, type BrowserFace } from './browser-face.ts'

/** The studio as a person meets it: names of things, not of elements. */
export class StudioPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  readonly open = async (face: BrowserFace) => {
    await this.page.goto(await face.nextAddress())
    // The page is there before the core is, which brings most of the code.
    await expect(this.generate).toBeVisible({ timeout: 30_000 })
  }

  get generate(): Locator {
    return this.page.getByRole('button', { name: 'Generate', exact: true })
  }

  get sample(): Locator {
    return this.page.getByRole('button', { name: 'Try the sample' })
  }

  get takes(): Locator {
    return this.page.getByRole('region', { name: 'Takes', exact: true })
  }

  /** The newest take. */
  get poster(): Locator {
    return this.takes.locator('[data-poster]').first()
  }

  /** Everything about the take that is asked about. */
  get details(): Locator {
    return this.page.getByRole('article')
  }

  /** Opens a line of the desk, where it is not open yet. */
  readonly unfold = async (title: string) => {
    const fold = this.page.locator('details').filter({ has: this.page.getByText(title, { exact: true }) })
    if ((await fold.getAttribute('open')) === null) await fold.locator('summary').first().click()
  }

  get comparison(): Locator {
    return this.page.getByRole('region', { name: 'Comparison' })
  }

  get play(): Locator {
    return this.comparison.getByRole('button', { name: 'Play', exact: true })
  }

  readonly startSample = async () => {
    await this.sample.click()
    await expect(this.generate).toBeEnabled({ timeout: 60_000 })
    await this.generate.click()
  }

  readonly done = async () => {
    await expect(this.takes.getByText('Done', { exact: true })).toBeVisible({ timeout: 180_000 })
  }

  readonly finishSample = async () => {
    await this.startSample()
    await this.done()
  }

  readonly compare = async () => {
    await this.poster.press('Enter')
    await expect(this.play).toBeEnabled({ timeout: 30_000 })
  }

  /** Saves the shown result into the first place that the dialog offers, or where the last one was saved. */
  readonly saveAs = async (name: string) => {
    await this.comparison.getByRole('button', { name: 'Save result' }).click()
    const dialog = this.page.getByRole('dialog', { name: 'Save the result' })
    await dialog.getByLabel('Name').fill(name)
    const save = dialog.getByRole('button', { name: /^Save in/ })
    const place = dialog.getByRole('button', { name: /^Home, folder$/i })
    await expect(save.or(place).first()).toBeVisible()
    if (await place.isVisible()) await place.click()
    await save.click()
    return dialog
  }

  /** The frame that each side says it shows, reference first. */
  readonly frames = () =>
    this.comparison
      .locator('[data-side]')
      .evaluateAll((sides) => sides.map((side) => Number(side.dataset['frame'])))

  /** The frame that each element stands on, at 30 frames per second. */
  readonly shownFrames = () =>
    this.comparison
      .locator('canvas[data-panes]')
      .evaluate((canvas) => canvas.dataset['panes'] ?? '[]')
      // What the page writes beside its picture.
      .then((panes) => (JSON.parse(panes) as { readonly frame: number }[]).map(({ frame }) => frame))

  /** Hands files over as a drop on the window does. */
  readonly drop = async (
    ...files: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[]
  ) => {
    const transfer = await this.page.evaluateHandle(
      (dropped) => {
        const data = new DataTransfer()
        for (const { name, type, base64 } of dropped) {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
          data.items.add(new File([bytes], name, { type }))
        }
        return data
      },
      files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') })),
    )
    for (const event of ['dragenter', 'dragover', 'drop']) {
      await this.page.dispatchEvent('body', event, { dataTransfer: transfer })
    }
  }
}

type Fixtures = {
  readonly face: BrowserFace
  readonly studio: StudioPage
  readonly complaints: readonly string[]
}

/** Every journey has a studio of its own, with an empty library, and fails on any complaint of the page. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from this pattern.
  face: async ({}, use, info) => {
    const face = await startBrowserFace(makeHome())
    await use(face)
    if (info.status !== info.expectedStatus) await info.attach('standard error', { body: face.said() })
    await face.close()
  },
  complaints: async ({ page }, use) => {
    const complaints: string[] = []
    page.on('console', (message) => {
      // Chromium itself reports a studio that is gone; the page can do nothing about that line.
      const isGone = /ERR_CONNECTION_(REFUSED|RESET)/.test(message.text())
      const isBad = message.type() === 'error' || message.type() === 'warning'
      if (isBad && !isGone) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await use(complaints)
    expect(complaints).toEqual([])
  },
  studio: async ({ page, face, complaints: _complaints }, use) => {
    const studio = new StudioPage(page)
    await studio.open(face)
    await use(studio)
  },
})

export { expect }
