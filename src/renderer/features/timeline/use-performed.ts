import { useMemo } from 'react'
import { useApp } from '../../state/store.ts'
import { type Seconds, formatSeconds } from '../../../shared/units.ts'
import type { ClipInspection } from '../../state/intake.ts'
import { chosenModel } from '../../state/inputs.ts'
import {
  evenEdges,
  isCut,
  spanOf,
  usedWindow,
  windowLimits,
  windowOf,
  type Edges,
  type FrameSpan,
  type WindowLimits,
  edgeTime,
  frameCount,
} from '../../state/trim-window.ts'
import { writeTimecode } from './timecode.ts'
import { text } from './text.ts'

export type Performed = {
  readonly edges: Edges
  readonly limits: WindowLimits
  readonly span: FrameSpan
  /** The length that the user chose, where the limits let less of it through. */
  readonly cut: Seconds | null
  /** Changes with the same gesture are undone at once. */
  readonly put: (span: FrameSpan, gesture?: string) => void
  /** Like `put`, of a length that was typed: it stays the user's own when the limits become wider. */
  readonly putLength: (span: FrameSpan) => void
}

/** The performed part of a clip in frames, and how to change it. */
export function usePerformed({ file, facts }: ClipInspection): Performed {
  const known = useApp(({ clipLook }) => (clipLook?.token === file.token ? clipLook.edges : null))
  const edges = useMemo(() => known ?? evenEdges(facts), [known, facts])
  const model = useApp(chosenModel)
  const orientation = useApp((state) => state.takeSettings.orientation)
  const wish = useApp((state) => state.clipWindow)
  const changeWindow = useApp((state) => state.changeWindow)
  return useMemo(() => {
    const limits = windowLimits(model, orientation)
    return {
      edges,
      limits,
      span: spanOf(edges, usedWindow(wish, limits), limits),
      cut: isCut(wish, limits) ? wish.length : null,
      put: (span, gesture) => {
        changeWindow(windowOf(edges, span, limits, { wish: wish.length }), gesture)
      },
      putLength: (span) => {
        changeWindow(windowOf(edges, span, limits, { own: true }))
      },
    }
  }, [edges, model, orientation, wish, changeWindow])
}

/** "frame 12 of 300 · 0:00.367", counted from 1 as people do. */
export const placeWords = (edges: Edges, frame: number): string =>
  `frame ${String(frame + 1)} of ${String(frameCount(edges))} · ${writeTimecode(edgeTime(edges, frame))}`

/** What a handle says to those who do not see it. */
export const handleWords = (edges: Edges, edge: number, frame: number): string =>
  `${writeTimecode(edgeTime(edges, edge))}, frame ${String(frame + 1)}`

export const speedWords = (speed: number): string => `${speed < 0 ? '−' : ''}${String(Math.abs(speed))}×`

export function limitWords({ min, max }: WindowLimits): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '' : `At least ${formatSeconds(min)}.`
  return text.limits(formatSeconds(min), formatSeconds(max))
}
