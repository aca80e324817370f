import { useCallback, useMemo, useState } from 'react'
import type { Seconds } from '../../../shared/units.ts'
import { edgeTime, frameCount, type Edges } from '../../state/trim-window.ts'
import type { LoopPlayer } from './loop-player.ts'
import { anchorOf, isWhole, pan, reveal, wholeView, zoom, type View } from './view.ts'

export type TimelineView = {
  readonly view: View
  readonly duration: Seconds
  readonly whole: boolean
  /** Zooms by a factor, below 1 closer; around a moment, else around the playhead, and around the middle without one in sight. */
  readonly zoomBy: (factor: number, at?: Seconds) => void
  readonly panBy: (by: Seconds) => void
  readonly fit: () => void
  /** Brings a frame into sight. */
  readonly reveal: (frame: number) => void
}

/** Frames that are in sight at the closest. */
const closest = 12

/** Which stretch of the clip is in sight. */
export function useView(edges: Edges, player: LoopPlayer | null): TimelineView {
  const frames = frameCount(edges)
  const duration = edgeTime(edges, frames)
  const [view, setView] = useState<View>(() => wholeView(duration))
  const shortest = (closest * duration) / Math.max(1, frames)

  const zoomBy = useCallback(
    (factor: number, at?: Seconds) => {
      const playhead = player && edgeTime(edges, player.reading().frame)
      setView((now) => zoom(now, { factor, at: at ?? anchorOf(now, playhead), duration, shortest }))
    },
    [edges, player, duration, shortest],
  )
  const panBy = useCallback(
    (by: Seconds) => {
      setView((now) => pan(now, by, duration))
    },
    [duration],
  )
  const fit = useCallback(() => {
    setView(wholeView(duration))
  }, [duration])
  const revealFrame = useCallback(
    (frame: number) => {
      setView((now) => reveal(now, edgeTime(edges, frame), duration))
    },
    [edges, duration],
  )
  return useMemo(
    () => ({
      view,
      duration,
      whole: isWhole(view, duration),
      zoomBy,
      panBy,
      fit,
      reveal: revealFrame,
    }),
    [view, duration, zoomBy, panBy, fit, revealFrame],
  )
}
