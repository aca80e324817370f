import type { StripPicture } from '../../../../shared/scan.ts'
import type { Seconds } from '../../../../shared/units.ts'
import type { View } from './view.ts'

/** A stretch of the filmstrip that is asked for at once. */
export type StripRequest = { readonly start: Seconds; readonly end: Seconds; readonly count: number }

/** One place for a picture. */
export type Slot = { readonly start: Seconds; readonly end: Seconds }

/** How many pictures show a whole clip at first. */
const coarse = 10
/** More than that is never asked for at once. */
const most = 60

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
  return Array.from({ length: Math.min(most, last - first) }, (_, index) => ({
    start: (first + index) * step,
    end: (first + index + 1) * step,
  }))
}

export const coarseRequest = (duration: Seconds): StripRequest => ({ start: 0, end: duration, count: coarse })

export function requestFor(slots: readonly Slot[]): StripRequest | null {
  const [first] = slots
  const last = slots.at(-1)
  return first && last ? { start: first.start, end: last.end, count: slots.length } : null
}

/** Between where a picture of the slot can have been taken (its start or its middle) and the slots beside it. */
const aim = ({ start, end }: Slot) => start + (end - start) / 4

/** The known picture that is nearest to a slot. */
export function pictureFor(slot: Slot, pictures: readonly StripPicture[]): StripPicture | null {
  const wanted = aim(slot)
  return pictures.reduce<StripPicture | null>(
    (best, picture) =>
      best === null || Math.abs(picture.at - wanted) < Math.abs(best.at - wanted) ? picture : best,
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
