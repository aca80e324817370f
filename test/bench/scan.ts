import { benchClip, median } from '../support/clips/bench-clip.ts'

export const name = 'a look at every frame of 30 s, 1080p, H.264'
export const limit = { median: 3000, added: 120, unit: 'ms and MB' }

export async function run() {
  const { media, path, facts, remove } = await benchClip(250)
  try {
    const before = process.memoryUsage.rss()
    let highest = before
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage.rss())
    }, 10)
    const ms = await median(5, async () => {
      const scan = await media.scan(path, facts, { start: 0, end: facts.duration })
      if (!scan.ok) throw new Error(scan.problem.message)
    })
    clearInterval(watch)
    return { median: ms, added: Math.round((highest - before) / 1e6), unit: 'ms and MB' }
  } finally {
    await remove()
  }
}
