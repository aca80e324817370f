import { benchClip, median } from '../support/clips/bench-clip.ts'

export const name = 'waveform of 30 s of AAC beside 1080p'
export const limit = { median: 500, unit: 'ms' }

export async function run() {
  const { media, path, facts, remove } = await benchClip(250)
  try {
    const ms = await median(7, async () => {
      const waveform = await media.waveform(path, facts, 0.0075)
      if (!waveform.ok || waveform.value === null) throw new Error('no waveform')
    })
    return { median: ms, unit: 'ms' }
  } finally {
    await remove()
  }
}
