import type { ClipFacts } from '../../shared/domain/media.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Pixels, Seconds } from '../../shared/units.ts'
import type { Shelf } from '../files/files.ts'
import type { Media } from '../media/media.ts'
import { nameOf } from '../media/naming.ts'
import type { Call } from '../core/studio-types.ts'
import { identityOf } from './identity.ts'
import type { createSharedRuns } from './shared-runs.ts'
import { createStripStore } from './strip-store.ts'
import type { Viewing } from './clip-preview.ts'

/** Twice as high as a strip is drawn, for screens with two pixels to each. */
const height: Pixels = 96

/** A few strips of long recordings in which hardly anything happens. */
const mostBarren = 2000

/** The middles of `count` equal parts. */
const middles = (start: Seconds, end: Seconds, count: number): readonly Seconds[] =>
  Array.from({ length: count }, (_, nth) => start + ((nth + 0.5) * (end - start)) / count)

type Parts = {
  readonly media: Pick<Media, 'strip'>
  readonly shelf: Pick<Shelf, 'publishBytes' | 'serve'>
  readonly share: ReturnType<typeof createSharedRuns>
  readonly factsOf: (path: string, call: Call) => Promise<Outcome<ClipFacts>>
}

/** A strip of pictures; those that were made before for a coarser or finer one are used again. */
export function createFilmstrip({ media, shelf, share, factsOf }: Parts): Viewing['filmstrip'] {
  const pictures = createStripStore(shelf)
  /** Where no frame is: between two that are shown for long. Looked for once. */
  const barren = new Set<string>()
  return async (path, { start, end, count }, call = {}) => {
    const facts = await factsOf(path, call)
    if (!facts.ok) return facts
    const identity = await identityOf(path)
    if (!identity.ok) return identity
    const to = Math.min(end, facts.value.duration)
    if (to <= start) return ok([])
    const near = Math.max((to - start) / count / 2, 1 / Math.max(1, facts.value.frameRate))
    const times = middles(start, to, count)
    const file = identity.value
    const found = () => Promise.all(times.map((time) => pictures.nearest(file, time, near)))

    const spot = (time: Seconds) => [file, time.toFixed(3), near.toFixed(3)].join('\0')
    const before = await found()
    const missing = times.filter((time, nth) => before[nth] === null && !barren.has(spot(time)))
    if (missing.length > 0) {
      const keep = (at: Seconds, jpeg: Uint8Array) => {
        pictures.put(file, at, jpeg)
      }
      const key = ['strip', file, ...missing].join('\0')
      const made = await share(key, `Making pictures of “${nameOf(path)}”`, call, (running) =>
        media.strip(path, facts.value, { times: missing, near, height }, keep, running),
      )
      if (!made.ok) return made
    }
    const after = await found()
    if (barren.size > mostBarren) barren.clear()
    for (const [nth, time] of times.entries()) if (after[nth] === null) barren.add(spot(time))
    const strip = after.filter((picture) => picture !== null)
    return ok(strip.filter(({ at }, nth) => at !== strip[nth - 1]?.at))
  }
}
