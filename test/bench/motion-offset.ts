import { motionOffset } from '../../src/main/media/offset/motion-offset.ts'
import { benchClip, median } from '../support/clips/bench-clip.ts'

export const name = 'offset by motion, two 1080p 30 s clips'
export const limit = { median: 4000, unit: 'ms' }

export async function run() {
  const { media, path, remove } = await benchClip(250)
  try {
    const ms = await median(5, async () => {
      const [reference, result] = await Promise.all([media.motion(path), media.motion(path)])
      if (!reference.ok || !result.ok) throw new Error('no motion')
      const { offset, r } = motionOffset(reference.value, result.value)
      if (Math.abs(offset) > 0.001 || r < 0.99) throw new Error('a clip does not match itself')
    })
    return { median: ms, unit: 'ms' }
  } finally {
    await remove()
  }
}
