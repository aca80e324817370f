import { MoveHorizontal } from 'lucide-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { snap, splitAt, type Rect } from './engine/layout.ts'

type WipeHandleProps = {
  /** Where both pictures are, in canvas pixels. */
  readonly region: Rect
  /** Canvas pixels per CSS pixel. */
  readonly scale: number
  readonly line: number
  readonly onLine: (line: number) => void
}

/** How far a press of a key moves the line. */
const step = 0.01
const largeStep = 0.1

function lineAfter(key: string, shift: boolean, line: number): number | null {
  const by = shift ? largeStep : step
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return line - by
    case 'ArrowRight':
    case 'ArrowUp':
      return line + by
    case 'PageDown':
      return line - largeStep
    case 'PageUp':
      return line + largeStep
    case 'Home':
      return 0
    case 'End':
      return 1
    default:
      return null
  }
}

const within = (line: number) => Math.min(Math.max(line, 0), 1)

/** The line of the wipe: left of it the reference is seen, right of it the result. */
export function WipeHandle({ region, scale, line, onLine }: WipeHandleProps) {
  const shown = snap(region)
  const [left] = splitAt(shown, line)
  const percent = Math.round(line * 100)

  const onKeyDown = (event: KeyboardEvent) => {
    const next = lineAfter(event.key, event.shiftKey, line)
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    onLine(within(next))
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const area = event.currentTarget.offsetParent?.getBoundingClientRect()
    if (!area || shown.width === 0) return
    onLine(within(((event.clientX - area.left) * scale - shown.x) / shown.width))
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Wipe line"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={`${String(percent)} percent reference`}
      className="group absolute flex w-6 -translate-x-1/2 cursor-ew-resize touch-none justify-center"
      style={{
        left: `${String((shown.x + left.width) / scale)}px`,
        top: `${String(shown.y / scale)}px`,
        height: `${String(shown.height / scale)}px`,
      }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        // The pictures behind would be panned.
        event.stopPropagation()
        if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove}
      onPointerUp={(event) => {
        event.stopPropagation()
      }}
      onDoubleClick={(event) => {
        event.stopPropagation()
        onLine(0.5)
      }}
    >
      <div className="forced-mark h-full w-0.5 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.6)]" />
      <div className="absolute top-1/2 flex size-6 -translate-y-1/2 items-center justify-center rounded-full bg-white text-black shadow-float transition-[scale] group-hover:scale-110 group-active:scale-110">
        <MoveHorizontal aria-hidden className="size-3.5" />
      </div>
    </div>
  )
}
