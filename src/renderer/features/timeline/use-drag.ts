import { useRef, type PointerEvent, useEffect, useState, type RefObject } from 'react'
import type { Pixels } from '../../../shared/units.ts'

type Drag = {
  /** Names this one drag, so that all it changes is one step of the history. */
  readonly gesture: string
  /** Where it began and where it is, in pixels of the page. */
  readonly from: number
  readonly at: number
  readonly shift: boolean
}

type Handlers = {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onLostPointerCapture: () => void
}

/**
 * Follows one drag with the main button, from where `begin` took hold. The press itself is the first move, so that a
 * click does something too.
 */
export function useDrag<Grip>(
  begin: () => Grip,
  move: (drag: Drag, grip: Grip) => void,
  end?: () => void,
): Handlers {
  const held = useRef<{ readonly gesture: string; readonly from: number; readonly grip: Grip } | null>(null)
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
      const gesture = crypto.randomUUID()
      const grip = begin()
      held.current = { gesture, from: event.clientX, grip }
      move({ gesture, from: event.clientX, at: event.clientX, shift: event.shiftKey }, grip)
    },
    onPointerMove: (event) => {
      if (!held.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return
      const { gesture, from, grip } = held.current
      move({ gesture, from, at: event.clientX, shift: event.shiftKey }, grip)
    },
    onLostPointerCapture: () => {
      held.current = null
      end?.()
    },
  }
}

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
