import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { StudioPage } from './studio-page.ts'

/** The timeline of the prepare screen, with a clip whose frames carry their own numbers. */
export class TimelinePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get section(): Locator {
    return this.page.getByRole('region', { name: 'Part of the clip' })
  }

  readonly field = (name: 'In' | 'Out' | 'Length'): Locator =>
    this.section.getByRole('textbox', { name, exact: true })

  readonly slider = (name: 'In-point' | 'Out-point' | 'Whole part' | 'Playhead'): Locator =>
    this.section.getByRole('slider', { name })

  readonly part = async () => ({
    from: await this.field('In').inputValue(),
    to: await this.field('Out').inputValue(),
  })

  readonly type = async (name: 'In' | 'Out' | 'Length', text: string) => {
    await this.field(name).fill(text)
    await this.page.keyboard.press('Enter')
  }

  /** Takes the focus out of fields and buttons, so that plain keys are commands. */
  readonly leaveFields = () =>
    this.page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    })

  readonly drop = async (studio: StudioPage, path: string, type = 'video/mp4') => {
    await studio.drop({ name: basename(path), type, bytes: await readFile(path) })
    await this.section.waitFor({ timeout: 30_000 })
  }

  /** Drags a slider sideways by pixels, in several moves. */
  readonly drag = async (
    name: 'In-point' | 'Out-point' | 'Whole part',
    by: number,
    held: 'Shift' | null = null,
  ) => {
    await this.slider(name).scrollIntoViewIfNeeded()
    const box = await this.slider(name).boundingBox()
    if (!box) throw new Error(`${name} is not in sight.`)
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    if (held) await this.page.keyboard.down(held)
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + by, y, { steps: 8 })
    await this.page.mouse.up()
    if (held) await this.page.keyboard.up(held)
  }

  /** The number that the frame on the screen carries: ten blocks in its upper quarter. null before there is one. */
  readonly shown = () =>
    this.page.evaluate(() => {
      const screen = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')
      if (!screen || screen.width === 0) return null
      const copy = document.createElement('canvas')
      copy.width = 10
      copy.height = 8
      const paper = copy.getContext('2d', { willReadFrequently: true })
      paper?.drawImage(screen, 0, 0, 10, 8)
      const row = paper?.getImageData(0, 0, 10, 1).data ?? []
      return Array.from({ length: 10 }, (_, bit) => ((row[bit * 4] ?? 0) > 128 ? 2 ** bit : 0)).reduce(
        (sum, value) => sum + value,
        0,
      )
    })

  /** Every number that was to be seen while a key set the preview going, until it has come round so often. */
  readonly watch = (rounds: number) =>
    this.page.evaluate(async (wanted) => {
      const screen = document.querySelector<HTMLCanvasElement>('canvas[data-frame]')
      const copy = document.createElement('canvas')
      copy.width = 10
      copy.height = 8
      const paper = copy.getContext('2d', { willReadFrequently: true })
      const seen: number[] = []
      let turns = 0
      while (turns < wanted && screen && paper) {
        await new Promise(requestAnimationFrame)
        paper.drawImage(screen, 0, 0, 10, 8)
        const row = paper.getImageData(0, 0, 10, 1).data
        let number = 0
        for (let bit = 0; bit < 10; bit += 1) if ((row[bit * 4] ?? 0) > 128) number += 2 ** bit
        const before = seen.at(-1)
        if (before === number) continue
        if (before !== undefined && number < before) turns += 1
        seen.push(number)
      }
      return seen
    }, rounds)
}
