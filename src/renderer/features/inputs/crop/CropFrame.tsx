import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import type { Area } from '../../../../shared/domain/picture-geometry.ts'
import { dragHandle, moveArea, scaleArea, type Bounds, type Handle, handles } from './frame.ts'
import { classNames } from '../../../ui/class-names.ts'

type Key = {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}
type Delta = { readonly x: number; readonly y: number }

const arrows: Readonly<Record<string, Delta>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}
const scales: Readonly<Record<string, number>> = { '+': 1.05, '=': 1.05, '-': 1 / 1.05, _: 1 / 1.05 }

/** A two-hundredth of the picture, and ten of them with Shift. */
const steps = 200

/** Without a handle the frame is moved, with one it is drawn. */
const draggedArea = (area: Area, handle: Handle | null, by: Delta, bounds: Bounds): Area =>
  handle === null ? moveArea(area, by, bounds) : dragHandle(area, handle, by, bounds)

/** What a key does to the frame; null where it means nothing here. */
function areaAfterKey(area: Area, handle: Handle | null, key: Key, bounds: Bounds): Area | null {
  if (key.ctrlKey || key.metaKey) return null
  const factor = scales[key.key]
  if (factor !== undefined) return scaleArea(area, factor, bounds)
  const way = arrows[key.key]
  if (!way) return null
  const longer = Math.max(bounds.size.width, bounds.size.height)
  const step = Math.max(1, Math.round(longer / steps)) * (key.shiftKey ? 10 : 1)
  return draggedArea(area, handle, { x: way.x * step, y: way.y * step }, bounds)
}

type CropFrameProps = {
  readonly area: Area
  readonly bounds: Bounds
  /** Says what is kept, for those who cannot see it. */
  readonly describedBy: string
  /** Changes of one drag, or of one held key, carry the same gesture. */
  readonly onChange: (area: Area, gesture: string) => void
  readonly onDone: () => void
}

const percent = (part: number, whole: number) => `${String((part / whole) * 100)}%`
const cursors = ['cursor-nwse-resize', 'cursor-ns-resize', 'cursor-nesw-resize', 'cursor-ew-resize'] as const
const between = { '-1': '0%', '0': '50%', '1': '100%' } as const

type Drag = {
  readonly handle: Handle | null
  readonly from: { readonly x: number; readonly y: number }
  readonly area: Area
  /** Pixels of the picture in one of the screen. */
  readonly scale: number
  readonly gesture: string
}

function useFrameMoves({ area, bounds, onChange, onDone }: Omit<CropFrameProps, 'describedBy'>) {
  const frame = useRef<HTMLDivElement>(null)
  const drag = useRef<Drag | null>(null)
  const gesture = useRef('')
  const end = () => {
    drag.current = null
  }
  return {
    frame,
    on: (handle: Handle | null) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        const width = frame.current?.getBoundingClientRect().width ?? 0
        if (event.button !== 0 || width === 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = {
          handle,
          from: { x: event.clientX, y: event.clientY },
          area,
          scale: area.width / width,
          gesture: crypto.randomUUID(),
        }
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (!drag.current) return
        const { from, scale, area: before, handle: drawn, gesture: name } = drag.current
        const by = { x: (event.clientX - from.x) * scale, y: (event.clientY - from.y) * scale }
        onChange(draggedArea(before, drawn, by, bounds), name)
      },
      onPointerUp: end,
      onPointerCancel: end,
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.key === 'Escape') onDone()
        const after = areaAfterKey(area, handle, event, bounds)
        if (!after) return
        event.preventDefault()
        event.stopPropagation()
        if (!event.repeat) gesture.current = crypto.randomUUID()
        onChange(after, gesture.current)
      },
    }),
  }
}

/** The crop frame over the whole image: what is outside is darkened. By pointer, or by keyboard with the arrows, + and −. */
export function CropFrame({ area, bounds, describedBy, onChange, onDone }: CropFrameProps) {
  const { frame, on } = useFrameMoves({ area, bounds, onChange, onDone })
  const { width, height } = bounds.size
  const place = {
    left: percent(area.left, width),
    top: percent(area.top, height),
    width: percent(area.width, width),
    height: percent(area.height, height),
  }
  return (
    <>
      <div className="absolute inset-0 overflow-hidden">
        <div className="absolute shadow-[0_0_0_9999px_rgb(0_0_0/0.6)]" style={place} />
      </div>
      <div ref={frame} className="absolute outline-1 outline-white" style={place}>
        <button
          type="button"
          aria-label="Frame: arrows move it, plus and minus scale it"
          aria-describedby={describedBy}
          className="absolute inset-0 cursor-move touch-none bg-[linear-gradient(to_right,transparent_calc(100%/3-0.5px),#fff5_calc(100%/3-0.5px),#fff5_calc(100%/3+0.5px),transparent_calc(100%/3+0.5px),transparent_calc(200%/3-0.5px),#fff5_calc(200%/3-0.5px),#fff5_calc(200%/3+0.5px),transparent_calc(200%/3+0.5px)),linear-gradient(to_bottom,transparent_calc(100%/3-0.5px),#fff5_calc(100%/3-0.5px),#fff5_calc(100%/3+0.5px),transparent_calc(100%/3+0.5px),transparent_calc(200%/3-0.5px),#fff5_calc(200%/3-0.5px),#fff5_calc(200%/3+0.5px),transparent_calc(200%/3+0.5px))] focus-visible:outline-offset-[-4px]"
          {...on(null)}
        />
        {handles.map((handle, index) => (
          <button
            key={handle.name}
            type="button"
            aria-label={`Frame, ${handle.name}`}
            aria-describedby={describedBy}
            className={classNames(
              'absolute flex size-6 -translate-1/2 touch-none items-center justify-center rounded-full',
              cursors[index % cursors.length],
            )}
            style={{ left: between[handle.x], top: between[handle.y] }}
            {...on(handle)}
          >
            <span
              aria-hidden
              className={classNames(
                'rounded-full border border-black/60 bg-white shadow-sm',
                handle.x !== 0 && handle.y !== 0 ? 'size-3' : 'size-2',
              )}
            />
          </button>
        ))}
      </div>
    </>
  )
}
