import { useEffect, useRef } from 'react'
import type { Waveform } from '../../../shared/domain/scan.ts'
import type { Pixels } from '../../../shared/units.ts'
import { useColours } from '../../ui/use-colours.ts'
import type { View } from './view.ts'
import { columnsOf } from './wave.ts'

export type WaveformLaneProps = {
  readonly waveform: Waveform
  readonly view: View
  readonly width: Pixels
}

/** How high the lane is, as `h-8` says it. */
const height: Pixels = 30

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
