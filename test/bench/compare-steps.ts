import { withEnginePage } from '../support/window/compare-page/engine-site.ts'
import { makeVideo } from '../support/window/compare-page/videos.ts'

export const name =
  'opening a comparison and stepping through it: two sides of 1080p, a keyframe every 250 frames'
/** Seeks are reported here as they are before there are smaller copies; `compare-seeks` holds them to a limit. */
export const limit = {
  forwardP95: 33,
  backP95: 50,
  decodedForward: 2.2,
  decodedBack: 8,
  firstPair: 400,
  strayed: 0,
  memoryMB: 400,
  leftOpen: 0,
  unit: 'ms, frames a step of both sides, MB over an empty page',
}

const size = { width: 1920, height: 1080 }

export async function run(): Promise<Record<string, number | string>> {
  return withEnginePage(async ({ page, folder, memory }) => {
    const videos = [
      await makeVideo(folder, 'thirty', 30, size),
      await makeVideo(folder, 'thirty-again', 30, size),
    ]
    const idle = await memory()
    const { firstPair } = await page.evaluate(async (given) => {
      const opened = (window.engines.opened = await window.engines.start(given, { reads: false }))
      await opened.settled()
      return { firstPair: opened.firstPair() ?? Infinity }
    }, videos)
    const steps = (direction: 1 | -1, pause: number) =>
      page.evaluate(
        async ({ by, between }) => {
          const opened = window.engines.opened
          if (!opened) throw new Error('Nothing is open')
          const before = opened.decodedFrames()
          const times: number[] = []
          for (let step = 0; step < 300; step += 1) {
            const from = performance.now()
            opened.engine.step(by)
            await opened.settled()
            times.push(performance.now() - from)
            await opened.wait(Math.max(0, between - (performance.now() - from)))
          }
          await opened.wait(1000)
          return {
            times,
            decoded: (opened.decodedFrames() - before) / 300,
            at: opened.engine.reading().frames,
          }
        },
        { by: direction, between: pause },
      )
    const from = await page.evaluate(async () => {
      const opened = window.engines.opened
      opened?.engine.seek(10.01)
      await opened?.settled()
      await opened?.wait(1000)
      return opened?.engine.reading().frames
    })
    const forward = await steps(1, 0)
    const back = await steps(-1, 100)
    const held = (await memory()) - idle
    const seeks = await page.evaluate(async () => {
      const opened = window.engines.opened
      if (!opened) throw new Error('Nothing is open')
      const sharp: number[] = []
      for (let seek = 0; seek < 40; seek += 1) {
        const from = performance.now()
        opened.engine.seek(((seek * 7919) % 2900) / 100)
        await opened.settled()
        sharp.push(performance.now() - from)
        await opened.wait(200)
      }
      return sharp
    })
    const leftOpen = await page.evaluate(async () => {
      window.engines.opened?.engine.dispose()
      await window.engines.opened?.wait(300)
      return window.engines.openFrames()
    })
    return {
      firstPair,
      forwardP95: p95(forward.times),
      backP95: p95(back.times),
      backMax: Math.max(...back.times),
      decodedForward: forward.decoded,
      decodedBack: back.decoded,
      strayed: JSON.stringify(from) === JSON.stringify(back.at) ? 0 : 1,
      seekP95: p95(seeks),
      memoryMB: Math.round(held),
      leftOpen,
    }
  })
}

const p95 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Infinity
