import { useEffect, useState, type RefObject } from 'react'
import type { Pixels } from '../../../shared/units.ts'
import type { Stage } from './engine/arrangement.ts'

/** In pixels of the screen, which are those of a canvas that fills `box`. */
export type MeasuredStage = Stage & {
  /** Screen pixels per CSS pixel. */
  readonly scale: number
  /** Where the canvas is in the measured element, in CSS pixels: each of its pixels is one of the screen. */
  readonly box: {
    readonly left: Pixels
    readonly top: Pixels
    readonly width: Pixels
    readonly height: Pixels
  }
}

/** CSS pixels above each picture for its name, and between pictures. */
const captionHeight: Pixels = 30
const regionGap: Pixels = 12

/** Browsers count in 64ths of a pixel. */
const slack: Pixels = 0.02

const nothing: MeasuredStage = {
  width: 0,
  height: 0,
  scale: 1,
  box: { left: 0, top: 0, width: 0, height: 0 },
}

/**
 * The stretch between two places on the screen that begins and ends on whole pixels, so that no pixel of a canvas is
 * spread over two. At a whole scale on whole CSS pixels: a browser that imitates a finer display puts a canvas there.
 */
function wholePixels(
  from: Pixels,
  to: Pixels,
  scale: number,
): { readonly skipped: Pixels; readonly length: Pixels } {
  const grid = Number.isInteger(scale) ? scale : 1
  const first = Math.ceil(from / grid - slack) * grid
  const last = Math.floor(to / grid + slack) * grid
  return { skipped: first - from, length: Math.max(last - first, 0) }
}

function measure(element: Element, scale: number): MeasuredStage {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const across = wholePixels(left * scale, right * scale, scale)
  const down = wholePixels(top * scale, bottom * scale, scale)
  return {
    width: across.length,
    height: down.length,
    scale,
    caption: Math.round(captionHeight * scale),
    gap: Math.round(regionGap * scale),
    box: {
      left: across.skipped / scale,
      top: down.skipped / scale,
      width: across.length / scale,
      height: down.length / scale,
    },
  }
}

/** The whole pixels of the screen that an element covers, at any scale of the display. */
export function useStage(element: RefObject<HTMLElement | null>): MeasuredStage {
  const [stage, setStage] = useState<MeasuredStage>(nothing)
  useEffect(() => {
    const measured = element.current
    if (!measured) return undefined
    const observer = new ResizeObserver(() => {
      setStage(measure(measured, window.devicePixelRatio))
    })
    // Of all boxes this one also tells when only the scale of the display changes.
    observer.observe(measured, { box: 'device-pixel-content-box' })
    return () => {
      observer.disconnect()
    }
  }, [element])
  return stage
}
