import { coarseRequest } from '../../src/renderer/features/timeline/strip-loader.ts'
import { benchClip, median } from '../support/clips/bench-clip.ts'

export const name = 'pictures of a strip of 30 s, 1080p: keyframes every second, and every eight'
export const limit = { whole: 1000, rareFirst: 1000, unit: 'ms' }

/** As wide a strip as a large window shows. */
const count = 20

/** Nothing is known of the file before but its facts. */
export async function run() {
  const timed = async (gop: number, first: boolean) => {
    const { media, path, facts, remove } = await benchClip(gop)
    const { duration } = facts
    const parts = first ? coarseRequest(duration, facts.keyframeInterval).count : count
    try {
      const times = Array.from({ length: parts }, (_, nth) => ((nth + 0.5) * duration) / parts)
      return await median(7, async () => {
        let made = 0
        const near = duration / parts / 2
        const strip = await media.strip(path, facts, { times, near, height: 96 }, () => (made += 1))
        if (!strip.ok || made < parts) throw new Error(`${String(made)} pictures`)
      })
    } finally {
      await remove()
    }
  }
  return {
    whole: await timed(30, false),
    // The strip that is seen from end to end; finer pictures then take the place of these.
    rareFirst: await timed(250, true),
    // Nearly every frame has to be decoded for it: as long as that takes.
    rareWhole: await timed(250, false),
    unit: 'ms',
  }
}
