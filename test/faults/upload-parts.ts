import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { systemClock } from '../../src/main/system/clock.ts'
import type { Media } from '../../src/main/media/media.ts'
import type { Clock } from '../../src/main/system/ports.ts'
import { MiB, type Milliseconds } from '../../src/shared/units.ts'
import { fakeMedia } from '../support/library/library.ts'

/** Five parts of a multipart upload. */
export const fiveParts = 33 * MiB

/** A preparation whose clip is noise of that size. */
export function mediaOf(bytes: number): Media {
  const media = fakeMedia()
  return {
    ...media,
    prepareClip: async (job) => {
      const clip = await media.prepareClip(job)
      if (!clip.ok) return clip
      const noise = randomBytes(bytes)
      writeFileSync(clip.value.path, noise)
      const sha256 = createHash('sha256').update(noise).digest('hex')
      return { ok: true, value: { ...clip.value, bytes, sha256 } }
    },
  }
}

/** The time of this machine, moved by what a test says, in which nobody waits; links are signed and judged by it. */
export function movedClock() {
  let moved: Milliseconds = 0
  const waits: Milliseconds[] = []
  const clock: Clock = {
    now: () => Date.now() + moved,
    monotonic: systemClock.monotonic,
    sleep: (wait) => {
      waits.push(wait)
      return new Promise((resolve) => setImmediate(resolve))
    },
  }
  return {
    clock,
    waits,
    moveTo: (offset: Milliseconds) => {
      moved = offset
    },
  }
}
