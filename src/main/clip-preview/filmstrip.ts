import { LRUCache } from 'lru-cache'
import type { MediaUrl } from '../../shared/domain/views.ts'
import type { StripPicture, ClipFacts } from '../../shared/domain/media.ts'
import { MiB, type Bytes, type Seconds, type Pixels } from '../../shared/units.ts'
import type { FileTokens } from '../files/file-tokens.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Media } from '../media/media.ts'
import { doing } from '../media/problems.ts'
import type { Call } from '../prepare/types.ts'
import { identityOf, type createSharedRuns } from './shared-runs.ts'

type Kept = { readonly file: string; readonly at: Seconds; readonly jpeg: Uint8Array; url: MediaUrl }

/** A quarter of the memory for all served bytes, so that strips do not push each other out. */
const maxStripBytes: Bytes = 16 * MiB
/** The memory of a thumbnail besides its bytes. */
const pictureOverhead: Bytes = 1024

/** Thumbnails by file and time; the least recently used are dropped first. */
function createStripStore(fileTokens: Pick<FileTokens, 'serveBytes' | 'serve'>) {
  const times = new Map<string, Set<Seconds>>()
  const keyOf = (file: string, at: Seconds) => `${file}\0${String(at)}`
  const pictures = new LRUCache<string, Kept>({
    maxSize: maxStripBytes,
    sizeCalculation: ({ jpeg }) => jpeg.byteLength + pictureOverhead,
    dispose: ({ file, at }) => {
      const left = times.get(file)
      left?.delete(at)
      if (left?.size === 0) times.delete(file)
    },
  })

  /** Served bytes expire when unused; this request also marks them as used. */
  async function isServed(url: MediaUrl): Promise<boolean> {
    const answer = await fileTokens.serve(new Request(new URL(url, 'http://localhost'), { method: 'HEAD' }))
    return answer.ok
  }

  return {
    put: (file: string, at: Seconds, jpeg: Uint8Array): void => {
      if (pictures.has(keyOf(file, at))) return
      pictures.set(keyOf(file, at), { file, at, jpeg, url: fileTokens.serveBytes(jpeg, 'image/jpeg') })
      times.set(file, (times.get(file) ?? new Set()).add(at))
    },
    /** The nearest thumbnail within `near`, if there is one. */
    nearest: async (file: string, time: Seconds, near: Seconds): Promise<StripPicture | null> => {
      const away = (at: Seconds) => Math.abs(at - time)
      const within = [...(times.get(file) ?? [])].filter((at) => away(at) <= near + 0.0005)
      const [at] = within.sort((left, right) => away(left) - away(right))
      const picture = at === undefined ? undefined : pictures.get(keyOf(file, at))
      if (picture === undefined) return null
      if (!(await isServed(picture.url))) picture.url = fileTokens.serveBytes(picture.jpeg, 'image/jpeg')
      return { at: picture.at, picture: picture.url }
    },
  }
}

/** Twice the height of the strip, for high-density screens. */
const height: Pixels = 96

/** Enough for a few strips of long recordings with rare frames. */
const maxEmptyTimes = 2000

/** The middles of `count` equal parts. */
const middles = (start: Seconds, end: Seconds, count: number): readonly Seconds[] =>
  Array.from({ length: count }, (_, nth) => start + ((nth + 0.5) * (end - start)) / count)

type Parts = {
  readonly media: Pick<Media, 'strip'>
  readonly fileTokens: Pick<FileTokens, 'serveBytes' | 'serve'>
  readonly share: ReturnType<typeof createSharedRuns>
  readonly factsOf: (path: string, call: Call) => Promise<Outcome<ClipFacts>>
}

export type Filmstrip = (
  path: string,
  part: { readonly start: Seconds; readonly end: Seconds; readonly count: number },
  call?: Call,
) => Promise<Outcome<readonly StripPicture[]>>

/** Makes a filmstrip; thumbnails of a coarser or finer one are used again. */
export function createFilmstrip({ media, fileTokens, share, factsOf }: Parts): Filmstrip {
  const pictures = createStripStore(fileTokens)
  /** Times without a frame nearby, between two long frames. Searched once. */
  const emptyTimes = new Set<string>()
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
    const missing = times.filter((time, nth) => before[nth] === null && !emptyTimes.has(spot(time)))
    if (missing.length > 0) {
      const keep = (at: Seconds, jpeg: Uint8Array) => {
        pictures.put(file, at, jpeg)
      }
      const key = ['strip', file, ...missing].join('\0')
      const made = await share(key, doing.makingThumbnails(path), call, (running) =>
        media.strip(path, facts.value, { times: missing, near, height }, keep, running),
      )
      if (!made.ok) return made
    }
    const after = await found()
    if (emptyTimes.size > maxEmptyTimes) emptyTimes.clear()
    for (const [nth, time] of times.entries()) if (after[nth] === null) emptyTimes.add(spot(time))
    const strip = after.filter((picture) => picture !== null)
    return ok(strip.filter(({ at }, nth) => at !== strip[nth - 1]?.at))
  }
}
