import type { StripPicture } from '../../../shared/domain/media.ts'
import type { Seconds, Milliseconds } from '../../../shared/units.ts'
import type { View } from './view.ts'
import { momentTolerance } from '../../../shared/units.ts'

/** A stretch of the filmstrip that is asked for at once. */
export type StripRequest = { readonly start: Seconds; readonly end: Seconds; readonly count: number }

/** One place for a picture. */
export type Slot = { readonly start: Seconds; readonly end: Seconds }

/** The raster of a whole clip, and how many pictures show it at most at first. */
const coarse = 10
/** More than that is never asked for at once. */
const maxPicturesPerRequest = 60

/**
 * Places for pictures that are about `wide` pixels. Their raster is halved again and again while one zooms in, so that
 * pictures that were made for one view are on the raster of the next.
 */
export function slotsOf(
  view: View,
  { width, duration, wide }: { readonly width: number; readonly duration: Seconds; readonly wide: number },
): readonly Slot[] {
  const shown = Math.max(1e-6, view.to - view.from)
  const wanted = (shown * wide) / Math.max(1, width)
  const halvings = Math.max(0, Math.round(Math.log2(duration / coarse / wanted)))
  const step = duration / coarse / 2 ** halvings
  const first = Math.max(0, Math.floor(view.from / step + 1e-6))
  const last = Math.min(coarse * 2 ** halvings, Math.ceil(view.to / step - 1e-6))
  return Array.from({ length: Math.min(maxPicturesPerRequest, last - first) }, (_, index) => ({
    start: (first + index) * step,
    end: (first + index + 1) * step,
  }))
}

/** The whole clip at first, in no more pictures than keyframes alone can show: those need no other frame decoded. */
export const coarseRequest = (duration: Seconds, keyframeInterval: Seconds): StripRequest => ({
  start: 0,
  end: duration,
  count: Math.max(1, Math.min(coarse, Math.floor(duration / Math.max(0.001, keyframeInterval)))),
})

export function requestFor(slots: readonly Slot[]): StripRequest | null {
  const [first] = slots
  const last = slots.at(-1)
  return first && last ? { start: first.start, end: last.end, count: slots.length } : null
}

/** The places, split at the cuts, so that no thumbnail represents another scene. */
export function piecesOf(slots: readonly Slot[], cuts: readonly Seconds[]): readonly Slot[] {
  return slots.flatMap(({ start, end }) => {
    const edges = [
      start,
      ...cuts.filter((cut) => cut > start + momentTolerance && cut < end - momentTolerance),
      end,
    ]
    return edges.slice(1).map((to, index) => ({ start: edges[index] ?? start, end: to }))
  })
}

/** The known picture that is nearest to the middle of a place, of the same scene where there is one. */
export function pictureFor(
  { start, end }: Slot,
  pictures: readonly StripPicture[],
  cuts: readonly Seconds[] = [],
): StripPicture | null {
  const middle = (start + end) / 2
  const from = cuts.findLast((cut) => cut <= middle) ?? -Infinity
  const to = cuts.find((cut) => cut > middle) ?? Infinity
  // Times of pictures are rounded; a cut's own frame is of the scene it begins.
  const ofScene = pictures.filter(({ at }) => at >= from - momentTolerance && at < to - momentTolerance)
  return (ofScene.length > 0 ? ofScene : pictures).reduce<StripPicture | null>(
    (best, picture) =>
      best === null || Math.abs(picture.at - middle) < Math.abs(best.at - middle) ? picture : best,
    null,
  )
}

/** What is known after an answer, in order and each moment once. */
export function joinPictures(
  known: readonly StripPicture[],
  fresh: readonly StripPicture[],
): readonly StripPicture[] {
  const byTime = new Map([...known, ...fresh].map((picture) => [picture.at, picture]))
  return [...byTime.values()].sort((one, other) => one.at - other.at)
}

export type StripLoader = {
  /** What is in sight now. Few pictures of the whole clip come first, then one for every slot. */
  readonly want: (slots: readonly Slot[]) => void
  readonly dispose: () => void
}

type StripWorld = {
  readonly duration: Seconds
  /** The longest way between two frames that need no other. */
  readonly keyframeInterval: Seconds
  /** Answers with pictures; null where there are none to be had. */
  readonly ask: (request: StripRequest, call: string) => Promise<readonly StripPicture[] | null>
  readonly cancel: (call: string) => void
  readonly onPictures: (pictures: readonly StripPicture[]) => void
  readonly later: (run: () => void, delay: Milliseconds) => () => void
}

/** While one still zooms or pans, nothing is asked for. */
const calm: Milliseconds = 150

const isFull = (slots: readonly Slot[], pictures: readonly StripPicture[]): boolean =>
  slots.every((slot) => {
    const found = pictureFor(slot, pictures)
    return found !== null && found.at >= slot.start - 0.02 && found.at < slot.end
  })

export function createStripLoader(world: StripWorld): StripLoader {
  const { duration, keyframeInterval, ask, cancel, onPictures, later } = world
  let pictures: readonly StripPicture[] = []
  let wanted: readonly Slot[] = []
  let stopWaiting: () => void = () => undefined
  let begun = false
  let disposed = false
  const running = new Set<string>()
  const asked = new Set<string>()

  async function load(request: StripRequest): Promise<void> {
    const call = crypto.randomUUID()
    running.add(call)
    asked.add(JSON.stringify(request))
    const found = await ask(request, call)
    running.delete(call)
    if (disposed || !found) return
    pictures = joinPictures(pictures, found)
    onPictures(pictures)
  }

  const refine = () => {
    const request = requestFor(wanted)
    if (disposed || !request || asked.has(JSON.stringify(request)) || isFull(wanted, pictures)) return
    void load(request)
  }

  return {
    want: (slots) => {
      wanted = slots
      if (!begun) {
        begun = true
        void load(coarseRequest(duration, keyframeInterval)).then(refine)
        return
      }
      stopWaiting()
      stopWaiting = later(refine, calm)
    },
    dispose: () => {
      disposed = true
      stopWaiting()
      running.forEach(cancel)
    },
  }
}
