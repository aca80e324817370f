import { useCallback, useMemo, useState, useEffect, useEffectEvent, type RefObject } from 'react'
import type { Seconds } from '../../../shared/units.ts'
import { edgeTime, frameCount, type Edges } from '../../state/trim-window.ts'
import type { LoopPlayer } from '../../lib/clip-player.ts'

/** The part of the clip that the timeline shows. */
export type View = { readonly from: Seconds; readonly to: Seconds }

export const wholeView = (duration: Seconds): View => ({ from: 0, to: duration })

const shift = (from: Seconds, length: Seconds, duration: Seconds): View => {
  const start = Math.min(Math.max(from, 0), Math.max(0, duration - length))
  return { from: start, to: start + length }
}

type Zoom = {
  /** Below 1 shows less and larger. */
  readonly factor: number
  /** The moment that stays where it is. */
  readonly at: Seconds
  readonly duration: Seconds
  /** No closer than this, so that a frame does not fill the window. */
  readonly shortest: Seconds
}

export function zoom(view: View, { factor, at, duration, shortest }: Zoom): View {
  const old = view.to - view.from
  const length = Math.min(duration, Math.max(Math.min(shortest, duration), old * factor))
  const share = old === 0 ? 0 : (Math.min(Math.max(at, view.from), view.to) - view.from) / old
  return shift(view.from + share * (old - length), length, duration)
}

export const pan = (view: View, by: Seconds, duration: Seconds): View =>
  shift(view.from + by, view.to - view.from, duration)

/** Brings a moment into sight, with some room around it; a view that shows it already stays. */
export function reveal(view: View, at: Seconds, duration: Seconds): View {
  if (at >= view.from && at <= view.to) return view
  const length = view.to - view.from
  return shift(at - length / 2, length, duration)
}

/** The moment to zoom around: the playhead where it is in sight, else the middle. */
export const anchorOf = ({ from, to }: View, playhead: Seconds | null): Seconds =>
  playhead !== null && playhead >= from && playhead <= to ? playhead : (from + to) / 2

export const isWhole = (view: View, duration: Seconds): boolean => view.to - view.from >= duration - 1e-6

/** Percent of the shown width; beyond 0 and 100 where it is out of sight. */
export const placeOf = (time: Seconds, { from, to }: View): number =>
  ((time - from) / Math.max(1e-6, to - from)) * 100

const steps: readonly Seconds[] = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600,
]

/** Round times to write on the ruler, no closer together than `apart` pixels. */
export function ticks(view: View, width: number, apart: number): readonly Seconds[] {
  const least = ((view.to - view.from) * apart) / Math.max(1, width)
  const step = steps.find((candidate) => candidate >= least) ?? 7200
  const first = Math.ceil(view.from / step - 1e-9)
  const last = Math.floor(view.to / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step)
}

/** "0:05", and as many digits as neighbouring ticks need to differ. */
export function tickLabel(time: Seconds, view: View, width: number): string {
  const [one = 0, two = one + 1] = ticks(view, width, 72)
  const digits = two - one >= 0.99 ? 0 : two - one >= 0.099 ? 1 : 2
  const minutes = Math.floor(time / 60 + 1e-9)
  const rest = Math.max(0, time - minutes * 60).toFixed(digits)
  return `${String(minutes)}:${rest.padStart(digits === 0 ? 2 : digits + 3, '0')}`
}

export type TimelineView = {
  readonly view: View
  readonly duration: Seconds
  readonly whole: boolean
  /** Zooms by a factor, below 1 closer; around a moment, else around the playhead, and around the middle without one in sight. */
  readonly zoomBy: (factor: number, at?: Seconds) => void
  readonly panBy: (by: Seconds) => void
  readonly fit: () => void
  /** Brings a frame into sight. */
  readonly reveal: (frame: number) => void
}

/** Frames that are in sight at the closest. */
const closest = 12

/** Which stretch of the clip is in sight. */
export function useView(edges: Edges, player: LoopPlayer | null): TimelineView {
  const frames = frameCount(edges)
  const duration = edgeTime(edges, frames)
  const [view, setView] = useState<View>(() => wholeView(duration))
  const shortest = (closest * duration) / Math.max(1, frames)

  const zoomBy = useCallback(
    (factor: number, at?: Seconds) => {
      const playhead = player && edgeTime(edges, player.reading().frame)
      setView((now) => zoom(now, { factor, at: at ?? anchorOf(now, playhead), duration, shortest }))
    },
    [edges, player, duration, shortest],
  )
  const panBy = useCallback(
    (by: Seconds) => {
      setView((now) => pan(now, by, duration))
    },
    [duration],
  )
  const fit = useCallback(() => {
    setView(wholeView(duration))
  }, [duration])
  const revealFrame = useCallback(
    (frame: number) => {
      setView((now) => reveal(now, edgeTime(edges, frame), duration))
    },
    [edges, duration],
  )
  return useMemo(
    () => ({
      view,
      duration,
      whole: isWhole(view, duration),
      zoomBy,
      panBy,
      fit,
      reveal: revealFrame,
    }),
    [view, duration, zoomBy, panBy, fit, revealFrame],
  )
}

/** One notch of a wheel is about 100 of these. */
const perNotch = 100

/** Zooms with Ctrl and the wheel around the pointer, and pans with Shift or sideways; else the page scrolls. */
export function useWheel(
  area: RefObject<HTMLElement | null>,
  { view, whole, zoomBy, panBy }: TimelineView,
): void {
  const onWheel = useEffectEvent((event: WheelEvent, element: HTMLElement) => {
    const { left, width } = element.getBoundingClientRect()
    const shown = view.to - view.from
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      const at = view.from + ((event.clientX - left) / Math.max(1, width)) * shown
      zoomBy(1.35 ** (event.deltaY / perNotch), at)
      return
    }
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
    if (whole || sideways === 0) return
    event.preventDefault()
    panBy((sideways / Math.max(1, width)) * shown)
  })
  useEffect(() => {
    const element = area.current
    if (!element) return undefined
    const listen = (event: WheelEvent) => {
      onWheel(event, element)
    }
    element.addEventListener('wheel', listen, { passive: false })
    return () => {
      element.removeEventListener('wheel', listen)
    }
  }, [area])
}
