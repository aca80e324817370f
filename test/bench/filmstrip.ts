import { benchClip, median } from '../support/bench-clip.ts'

export const name = 'pictures of a strip of 30 s, 1080p: keyframes every second, and every eight'
export const limit = { median: 1000, longGop: 1000, unit: 'ms' }

/** As wide a strip as a large window shows. */
const count = 20

/** A whole strip, nothing known of the file before but its facts. */
export async function run() {
  const timed = async (gop: number) => {
    const { media, path, facts, remove } = await benchClip(gop)
    try {
      const times = Array.from({ length: count }, (_, nth) => ((nth + 0.5) * facts.duration) / count)
      return await median(7, async () => {
        let made = 0
        const near = facts.duration / count / 2
        const strip = await media.strip(path, facts, { times, near, height: 96 }, () => (made += 1))
        if (!strip.ok || made < count) throw new Error(`${String(made)} pictures`)
      })
    } finally {
      await remove()
    }
  }
  return { median: await timed(30), longGop: await timed(250), unit: 'ms' }
}
