import { useEffect, useEffectEvent, type RefObject } from 'react'
import type { TimelineView } from './use-view.ts'

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
