import type { Measuring } from '../../src/main/media/media.ts'
import { benchClip } from '../support/clips/bench-clip.ts'

export const name = 'what the motion curve adds to the scan of 30 s, 1080p'
export const limit = { added: 5, unit: '%' }

const runs = 5

/** The shortest of several runs in turn, because other programs only make a run longer. */
export async function run() {
  const { media, path, facts, remove } = await benchClip(250)
  const timed = async (running: Measuring) => {
    const start = performance.now()
    const scan = await media.scan(path, facts, { start: 0, end: facts.duration }, running)
    if (!scan.ok) throw new Error(scan.problem.message)
    return performance.now() - start
  }
  try {
    let [without, beside] = [Infinity, Infinity]
    for (let nth = 0; nth < runs; nth += 1) {
      without = Math.min(without, await timed({}))
      beside = Math.min(beside, await timed({ onMotion: () => undefined }))
    }
    const added = Math.max(0, (100 * (beside - without)) / without)
    return { added: Number(added.toFixed(1)), scan: Math.round(without), unit: '% and ms' }
  } finally {
    await remove()
  }
}
