import { spawn } from 'node:child_process'
import type { Page } from '@playwright/test'
import { withEnginePage } from '../support/window/compare-page/engine-site.ts'
import { pairErrors, type PairErrors } from '../support/window/compare-page/pair-error.ts'
import { makeVideo, type ClipName, type NumberedVideo } from '../support/window/compare-page/videos.ts'

export const name =
  'pairs that were painted while a comparison played for 30 s, by the numbers in the pictures'
export const limit = { p95: 0, max: 0, misnamed: 0, unit: 'ms between the frames of a painted pair' }

const seconds = 30
const pairs: readonly {
  readonly names: readonly ClipName[]
  readonly leads: readonly number[]
  readonly busy?: true
}[] = [
  { names: ['thirty', 'thirty-again'], leads: [] },
  { names: ['thirty-with-sound', 'twenty-four'], leads: [0, 0.1] },
  { names: ['twenty-five', 'sixty'], leads: [0, -0.1] },
  { names: ['variable', 'twenty-four'], leads: [] },
  { names: ['thirty', 'twenty-four', 'twenty-five', 'sixty', 'variable'], leads: [] },
  { names: ['thirty', 'twenty-four'], leads: [], busy: true },
]

async function play(page: Page, videos: readonly NumberedVideo[], leads: readonly number[]) {
  await page.reload()
  await page.click('#begin')
  return page.evaluate(
    async ({ given, ahead, duration }) => {
      const heard = given[0]?.hasSound === true ? 'reference' : 'none'
      const opened = await window.engines.start(given, { leads: ahead, heard })
      await opened.settled()
      opened.painted.length = 0
      const before = performance.now()
      opened.engine.play()
      await opened.until(({ phase }) => phase === 'paused')
      const took = (performance.now() - before) / 1000
      const { painted } = opened
      opened.engine.dispose()
      return { painted: [...painted], took, duration }
    },
    { given: videos, ahead: leads, duration: seconds },
  )
}

export async function run(): Promise<Record<string, number | string>> {
  return withEnginePage(async ({ page, folder }) => {
    const measured: (PairErrors & { readonly names: string; readonly took: number })[] = []
    for (const { names, leads, busy } of pairs) {
      const videos: NumberedVideo[] = []
      for (const clip of names) videos.push(await makeVideo(folder, clip, seconds))
      const others =
        busy === true
          ? [0, 1].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
          : []
      try {
        const { painted, took } = await play(page, videos, leads)
        const label = `${names.join(' | ')}${busy === true ? ', both cores busy' : ''}`
        measured.push({ names: label, took: Math.round(took), ...pairErrors(painted, videos, leads) })
      } finally {
        for (const other of others) other.kill('SIGKILL')
      }
    }
    const worst = (figure: (one: PairErrors) => number) => Math.max(...measured.map(figure))
    return {
      p95: worst((one) => one.p95),
      max: worst((one) => one.max),
      misnamed: worst((one) => one.misnamed),
      ...Object.fromEntries(measured.map(({ names, ...numbers }) => [names, JSON.stringify(numbers)])),
    }
  })
}
