import { useEffect, useState, useRef, useMemo } from 'react'
import type { Waveform } from '../../../shared/domain/media.ts'
import { type View, placeOf, tickLabel, ticks } from './view.ts'
import type { Pixels } from '../../../shared/units.ts'

/** Counts how often the colours in use have changed: what is drawn, and not styled, has to be drawn again. */
function useColours(): number {
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    const changed = () => {
      setChanges((count) => count + 1)
    }
    const theme = new MutationObserver(changed)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const forced = window.matchMedia('(forced-colors: active)')
    forced.addEventListener('change', changed)
    return () => {
      theme.disconnect()
      forced.removeEventListener('change', changed)
    }
  }, [])
  return changes
}

/** The loudest moment of every column of pixels, from 0 to 1. */
export function columnsOf({ step, peaks }: Waveform, view: View, columns: number): readonly number[] {
  const each = (view.to - view.from) / Math.max(1, columns)
  return Array.from({ length: columns }, (_, column) => {
    const first = Math.max(0, Math.floor((view.from + column * each) / step))
    const last = Math.max(first, Math.ceil((view.from + (column + 1) * each) / step) - 1)
    let loudest = 0
    for (let index = first; index <= last && index < peaks.length; index += 1)
      loudest = Math.max(loudest, peaks[index] ?? 0)
    return loudest
  })
}

type WaveformLaneProps = {
  readonly waveform: Waveform
  readonly view: View
  readonly width: Pixels
}

/** How high the lane is, as `h-5` says it. */
const height: Pixels = 20

function draw(canvas: HTMLCanvasElement, { waveform, view, width }: WaveformLaneProps): void {
  const scale = window.devicePixelRatio
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const paper = canvas.getContext('2d')
  if (!paper) return
  paper.fillStyle = getComputedStyle(canvas).color
  const middle = canvas.height / 2
  columnsOf(waveform, view, canvas.width).forEach((peak, column) => {
    const half = Math.max(0.5 * scale, peak * (middle - scale))
    paper.fillRect(column, middle - half, 1, 2 * half)
  })
}

/** How loud the clip is, over the same stretch of time as the pictures. */
export function WaveformLane({ waveform, view, width }: WaveformLaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const colours = useColours()
  useEffect(() => {
    if (canvas.current) draw(canvas.current, { waveform, view, width })
  }, [waveform, view, width, colours])
  return <canvas ref={canvas} aria-hidden className="block size-full text-soft" />
}

export function Ruler({ view, width }: { readonly view: View; readonly width: Pixels }) {
  const times = useMemo(() => ticks(view, width, 72), [view, width])
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      {times.map((time) => (
        <span
          key={time}
          className="tabular absolute bottom-0 h-full border-l border-line pl-1 text-xs leading-4 text-faint"
          style={{ left: `${String(placeOf(time, view))}%` }}
        >
          {tickLabel(time, view, width)}
        </span>
      ))}
    </div>
  )
}
