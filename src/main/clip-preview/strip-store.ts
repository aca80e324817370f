import type { MediaUrl } from '../../shared/domain/views.ts'
import type { StripPicture } from '../../shared/domain/scan.ts'
import { MiB, type Bytes, type Seconds } from '../../shared/units.ts'
import type { Shelf } from '../files/files.ts'

type Kept = { readonly jpeg: Uint8Array; url: MediaUrl }

/** A quarter of what the shelf holds for all faces together, so that strips do not push each other out. */
const most: Bytes = 16 * MiB
/** Even nothing costs something to keep. */
const overhead: Bytes = 1024

/** Pictures of strips by file and time; those used longest ago are dropped first. */
export function createStripStore(shelf: Pick<Shelf, 'publishBytes' | 'serve'>) {
  // A Map remembers the order of insertion: the first key is the one used longest ago.
  const kept = new Map<string, Map<Seconds, Kept>>()
  let held = 0

  const used = (file: string): Map<Seconds, Kept> => {
    const pictures = kept.get(file) ?? new Map<Seconds, Kept>()
    kept.delete(file)
    kept.set(file, pictures)
    return pictures
  }
  const cost = (jpeg: Uint8Array) => jpeg.byteLength + overhead

  function dropOldest(): void {
    for (const [file, pictures] of kept) {
      for (const [at, { jpeg }] of pictures) {
        if (held <= most) return
        pictures.delete(at)
        held -= cost(jpeg)
      }
      if (pictures.size === 0) kept.delete(file)
    }
  }

  /** The shelf drops what was not looked at for long; asking for it also marks it as used. */
  async function isServed(url: MediaUrl): Promise<boolean> {
    const answer = await shelf.serve(new Request(new URL(url, 'http://localhost'), { method: 'HEAD' }))
    return answer.ok
  }

  return {
    put: (file: string, at: Seconds, jpeg: Uint8Array): void => {
      const pictures = used(file)
      if (pictures.has(at)) return
      pictures.set(at, { jpeg, url: shelf.publishBytes(jpeg, 'image/jpeg') })
      held += cost(jpeg)
      dropOldest()
    },
    /** The nearest picture within `near`, if there is one. */
    nearest: async (file: string, time: Seconds, near: Seconds): Promise<StripPicture | null> => {
      let best: { readonly at: Seconds; readonly picture: Kept } | null = null
      for (const [at, picture] of used(file)) {
        const away = Math.abs(at - time)
        if (away <= near + 0.0005 && (best === null || away < Math.abs(best.at - time)))
          best = { at, picture }
      }
      if (best === null) return null
      const { at, picture } = best
      if (!(await isServed(picture.url))) picture.url = shelf.publishBytes(picture.jpeg, 'image/jpeg')
      return { at, picture: picture.url }
    },
  }
}
