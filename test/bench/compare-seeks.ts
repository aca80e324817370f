import { basename, join } from 'node:path'
import { playable } from '../../src/main/media/previews/proxy.ts'
import { createWorkbench, valueOf } from '../support/clips/media-kit.ts'
import { withEnginePage } from '../support/window/compare-page/engine-site.ts'
import { pairErrors } from '../support/window/compare-page/pair-error.ts'
import { makeVideo, type ClipName } from '../support/window/compare-page/videos.ts'

export const name =
  'seeking and dragging in a comparison: two sides of 1080p, a keyframe every 250 frames, and their smaller copies'
export const limit = {
  firstP95: 33,
  exactP95: 250,
  dragPause: 1000 / 15,
  wrongPairs: 0,
  softAtRest: 0,
  leftOpen: 0,
  unit: 'ms from the wish to the first painted pair, which may be the nearest, and to the exact one; dragPause between two pictures while 30 s are dragged over in 3 s',
}

type Scale = {
  readonly clips: readonly ClipName[]
  readonly size: { readonly width: number; readonly height: number }
  readonly seeks: number
}

const whole: Scale = { clips: ['thirty', 'thirty-again'], size: { width: 1920, height: 1080 }, seeks: 40 }

/** Places all over the clip; how long each part of a seek takes, in milliseconds, and how much it decodes. */
const seekAll = async (count: number) => {
  const { opened } = window.engines
  if (!opened) throw new Error('Nothing is open')
  const times = {
    first: [] as number[],
    /** From the moment of the first pair to the one that was asked for. */
    away: [] as number[],
    exact: [] as number[],
    sharp: [] as number[],
  }
  let decodedToSharp = 0
  const before = opened.decodedFrames()
  let softAtRest = 0
  for (let seek = 0; seek < count; seek += 1) {
    const from = performance.now()
    const seen = opened.painted.length
    const counted = opened.decodedFrames()
    opened.engine.seek(((seek * 7919) % 2900) / 100)
    const { wanted } = opened.engine.reading()
    await opened.settled()
    times.sharp.push(performance.now() - from)
    decodedToSharp += opened.decodedFrames() - counted
    const [first, ...later] = opened.painted.slice(seen)
    if (first) {
      times.first.push(first.at - from)
      times.away.push(1000 * Math.abs(first.time - wanted))
    }
    const exact = [first, ...later].find((pair) => pair && Math.abs(pair.time - wanted) < 1e-6)
    times.exact.push(exact ? exact.at - from : Infinity)
    if (opened.painted.at(-1)?.soft === true) softAtRest += 1
    await opened.wait(200)
  }
  return {
    ...times,
    softAtRest,
    decodedToSharp: decodedToSharp / count,
    decoded: (opened.decodedFrames() - before) / count,
  }
}

/** From the beginning to the end in three seconds, as a pointer moves: sixty times a second. */
const dragOver = async () => {
  const { opened } = window.engines
  if (!opened) throw new Error('Nothing is open')
  opened.engine.seek(0)
  await opened.settled()
  await opened.wait(500)
  const seen = opened.painted.length
  const before = opened.decodedFrames()
  const from = performance.now()
  for (let now = from; now - from < 3000; now = performance.now()) {
    opened.engine.scrub((now - from) / 100)
    await opened.wait(16)
  }
  const during = opened.painted.slice(seen).map(({ at }) => at - from)
  const decoded = opened.decodedFrames() - before
  const released = performance.now()
  opened.engine.endScrub()
  await opened.settled()
  return { during, decoded, released: performance.now() - released }
}

/** `scale`: smaller, where only the counts matter. */
export async function run(scale = whole): Promise<Record<string, number | string>> {
  const bench = await createWorkbench()
  try {
    return await withEnginePage(async ({ page, folder, memory }) => {
      const videos = []
      const copies = []
      let copying = 0
      for (const clip of scale.clips) {
        const video = await makeVideo(folder, clip, 30, scale.size)
        videos.push(video)
        const target = join(folder, `copy-${video.url}`)
        const from = performance.now()
        valueOf(await playable(bench.mediaTools, join(folder, video.url), target))
        copying += performance.now() - from
        copies.push({ ...video, url: basename(target) })
      }
      const idle = await memory()
      const slowSides = await page.evaluate(async (given) => {
        const opened = (window.engines.opened = await window.engines.start(given))
        await opened.settled()
        return opened.slowSides.length
      }, videos)
      const without = await page.evaluate(seekAll, scale.seeks)
      await page.evaluate(async (given) => {
        for (const [side, copy] of given.entries()) await window.engines.opened?.addCopy(side, copy)
      }, copies)
      const seeks = await page.evaluate(seekAll, scale.seeks)
      const drag = await page.evaluate(dragOver)
      const held = (await memory()) - idle
      const { painted, troubles, leftOpen } = await page.evaluate(async () => {
        const { opened } = window.engines
        opened?.engine.dispose()
        await opened?.wait(300)
        return {
          painted: [...(opened?.painted ?? [])],
          troubles: opened?.troubles.length ?? 0,
          leftOpen: window.engines.openFrames(),
        }
      })
      const { misnamed, max } = pairErrors(painted, videos, [])
      return {
        firstP95: p95(seeks.first),
        firstAwayP95: p95(seeks.away),
        exactP95: p95(seeks.exact),
        sharpP95: p95(seeks.sharp),
        exactMedian: median(seeks.exact),
        sharpMedian: median(seeks.sharp),
        decodedASeek: seeks.decoded,
        decodedToSharp: seeks.decodedToSharp,
        dragPause: drag.during.length === 0 ? Infinity : 3000 / drag.during.length,
        picturesASecond: drag.during.length / 3,
        decodedInDrag: drag.decoded,
        sharpAfterDrag: drag.released,
        softAtRest: seeks.softAtRest,
        wrongPairs: misnamed + (max > 0 ? 1 : 0) + troubles,
        slowSides,
        secondsToCopyBoth: copying / 1000,
        memoryMB: Math.round(held),
        leftOpen,
        withoutCopies: JSON.stringify({
          firstP95: p95(without.first),
          firstMedian: median(without.first),
          firstAwayP95: p95(without.away),
          sharpP95: p95(without.sharp),
          sharpMedian: median(without.sharp),
          decodedASeek: without.decoded,
          decodedToSharp: without.decodedToSharp,
        }),
      }
    })
  } finally {
    await bench.remove()
  }
}

/** What was never measured is within no limit. */
const share = (times: readonly number[], part: number): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * part) - 1] ?? Infinity
const p95 = (times: readonly number[]) => share(times, 0.95)
const median = (times: readonly number[]) => share(times, 0.5)
