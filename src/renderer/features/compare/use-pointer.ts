import { useEffect, useEffectEvent, useRef, type PointerEvent, type RefObject } from 'react'
import type { Pixels } from '../../../shared/units.ts'
import type { Scene } from './engine/arrangement.ts'
import { lineAt, panBy, panSideBy, zoomOf, zoomTo } from './engine/navigation.ts'
import type { Point, View } from './engine/view.ts'

/** CSS pixels that a pointer may slip during a click. */
const slip: Pixels = 4

/** How much a pixel of the wheel zooms; a pinch on a touch pad is told as a wheel with Ctrl and few pixels. */
const perPixel = { wheel: 0.0022, pinch: 0.01 } as const

type Drag = { readonly from: Point; readonly last: Point; readonly moved: boolean }

type Options = {
  /** The element that the canvas fills. */
  readonly area: RefObject<HTMLElement | null>
  readonly scene: Scene
  readonly scale: number
  readonly change: (next: (view: View) => View) => void
  readonly onClick: (at: Point) => void
}

export type PointerHandlers = {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: () => void
  readonly onLostPointerCapture: () => void
}

type PointerInPage = {
  readonly handlers: PointerHandlers
  /** While it is on, the line of the wipe is where the pointer is. */
  readonly follow: (on: boolean) => void
  /** Where the pointer is on the canvas; null while it is elsewhere. */
  readonly at: () => Point | null
}

/** Drags pan all sides, with Shift one; the wheel zooms under the pointer; a press without a drag is a click. */
export function usePointer({ area, scene, scale, change, onClick }: Options): PointerInPage {
  const drag = useRef<Drag | null>(null)
  const last = useRef<Point | null>(null)
  const follows = useRef(false)

  const onCanvas = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point => {
    const box = area.current?.getBoundingClientRect()
    return { x: (clientX - (box?.left ?? 0)) * scale, y: (clientY - (box?.top ?? 0)) * scale }
  }
  const moveLine = () => {
    const at = last.current
    if (follows.current && at) change((view) => ({ ...view, line: lineAt(scene, view, at) }))
  }

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const at = onCanvas(event)
    const factor = Math.exp(-event.deltaY * (event.ctrlKey ? perPixel.pinch : perPixel.wheel))
    change((view) => zoomTo(scene, view, zoomOf(scene, view) * factor, at))
  })
  useEffect(() => {
    const element = area.current
    if (!element) return undefined
    const listen = (event: WheelEvent) => {
      onWheel(event)
    }
    const leave = () => {
      last.current = null
    }
    // React listens to wheels passively, which lets the page zoom instead.
    element.addEventListener('wheel', listen, { passive: false })
    element.addEventListener('pointerleave', leave)
    return () => {
      element.removeEventListener('wheel', listen)
      element.removeEventListener('pointerleave', leave)
    }
  }, [area])

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const at = onCanvas(event)
    drag.current = { from: at, last: at, moved: false }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const at = onCanvas(event)
    last.current = at
    moveLine()
    const held = drag.current
    if (!held) return
    const moved = held.moved || Math.hypot(at.x - held.from.x, at.y - held.from.y) > slip * scale
    if (!moved) return
    const by = { x: at.x - held.last.x, y: at.y - held.last.y }
    drag.current = { from: held.from, last: at, moved }
    const move = event.shiftKey ? panSideBy : panBy
    change((view) => move(scene, view, by, held.from))
  }
  const onPointerUp = () => {
    const held = drag.current
    drag.current = null
    if (held?.moved === false) onClick(held.from)
  }
  const onLostPointerCapture = () => {
    drag.current = null
  }

  return {
    handlers: { onPointerDown, onPointerMove, onPointerUp, onLostPointerCapture },
    follow: (on) => {
      follows.current = on
      moveLine()
    },
    at: () => last.current,
  }
}
