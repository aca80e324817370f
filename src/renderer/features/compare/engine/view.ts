import { compareModes } from '../../../../shared/domain/desk.ts'
import type { Milliseconds } from '../../../../shared/units.ts'

export const modes = compareModes
export type Mode = (typeof modes)[number]

export type Point = { readonly x: number; readonly y: number }

/** How a comparison is looked at. It says nothing about which frames are shown. */
export type View = {
  readonly mode: Mode
  /**
   * How large the sides are beside each other: all of every picture, no empty room, or every picture at its own pixels.
   * With `fit` and `fill` the sides have one height (stacked: one width).
   */
  readonly fit: 'fit' | 'fill' | 'actual'
  /** Screen pixels per pixel of the reference, from 0.1 to 8; null: as `fit` says. */
  readonly zoom: number | null
  /** What is in the middle of every region: the distance from the middle of the picture, in widths and heights of it. */
  readonly pan: Point
  /** By side: how far its pan is from that of the others. */
  readonly sidePan: Readonly<Record<string, Point>>
  /** Wipe: the share of the region that shows the reference. */
  readonly line: number
  /** Overlay: 0 is the reference alone, 1 the result alone. */
  readonly mix: number
  /** Difference: what every difference is multiplied by, from 1 to 8. */
  readonly gain: number
  /** Times a second that both sides are shown, 0 for only on request; `held`: the reference is asked for. */
  readonly blink: { readonly rate: 0 | 1 | 2 | 3 | 4; readonly held: boolean }
  /** Index of the take that is compared where a mode shows two pictures. */
  readonly chosen: number
  /** Several takes: all of them at one size, or the chosen one large and the others in a strip. */
  readonly several: 'grid' | 'strip'
}

const centred: Point = { x: 0, y: 0 }

export const firstView: View = {
  mode: 'side-by-side',
  fit: 'fit',
  zoom: null,
  pan: centred,
  sidePan: {},
  line: 0.5,
  mix: 0.5,
  gain: 1,
  blink: { rate: 0, held: false },
  chosen: 0,
  several: 'grid',
}

/** The whole view again, without a zoom; mode and its settings stay. */
export const refit = (view: View, fit: View['fit']): View => ({
  ...view,
  fit,
  zoom: null,
  pan: centred,
  sidePan: {},
})

/** 'reference', 'result', 'result-2' … */
export const sideAt = (index: number): string =>
  index === 0 ? 'reference' : index === 1 ? 'result' : `result-${String(index)}`

/** The same view after sides have come or gone. The chosen take is another one only where it is gone: then the first. */
export function withSides(view: View, before: readonly string[], after: readonly string[]): View {
  const moved = before.flatMap((id, index) => {
    const pan = view.sidePan[sideAt(index)]
    const place = after.indexOf(id)
    return pan && place >= 0 ? [[sideAt(place), pan] as const] : []
  })
  const chosen = after.indexOf(before[view.chosen + 1] ?? '') - 1
  return { ...view, chosen: Math.max(chosen, 0), sidePan: Object.fromEntries(moved) }
}

/** Whether all sides share one region. */
export const inOneRegion = ({ mode }: Pick<View, 'mode'>): boolean =>
  mode !== 'side-by-side' && mode !== 'stacked'

/** Which side blink shows at a moment. Every period begins with the result, since the reference is what one blinks to. */
export function blinkShows({ blink: { rate, held } }: View, now: Milliseconds): 'reference' | 'result' {
  if (held) return 'reference'
  return Math.floor((now / 1000) * rate * 2) % 2 === 0 ? 'result' : 'reference'
}

/** Whether the picture changes although no frame does, so that it has to be painted again and again. */
export const changesAlone = ({ mode, blink }: View): boolean =>
  mode === 'blink' && blink.rate > 0 && !blink.held
