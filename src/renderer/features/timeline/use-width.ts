import { useEffect, useState, type RefObject } from 'react'
import type { Pixels } from '../../../shared/units.ts'

/** How wide an element is, followed while it changes. */
export function useWidth(element: RefObject<HTMLElement | null>): Pixels {
  const [width, setWidth] = useState(600)
  useEffect(() => {
    const watched = element.current
    if (!watched) return undefined
    const measure = () => {
      if (watched.clientWidth > 0) setWidth(watched.clientWidth)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(watched)
    return () => {
      observer.disconnect()
    }
  }, [element])
  return width
}
