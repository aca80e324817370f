import { useEffect, useRef } from 'react'
import { edgeTime, frameCount, type Edges } from '../../state/trim-window.ts'
import type { LoopPlayer } from '../../lib/clip-player.ts'
import { placeOf, type View } from './view.ts'
import { placeWords } from './use-performed.ts'

export type PlayheadProps = {
  readonly player: LoopPlayer | null
  readonly edges: Edges
  readonly view: View
  /** The playhead has gone out of sight. */
  readonly onLost: (frame: number) => void
}

/** The position of the preview. It is moved frame by frame, past React. The timeline's own keys step it. */
export function Playhead({ player, edges, view, onLost }: PlayheadProps) {
  const head = useRef<HTMLDivElement>(null)
  const lastFrame = useRef(-1)
  useEffect(
    () =>
      player?.follow(({ frame }) => {
        const place = placeOf(edgeTime(edges, frame), view)
        const element = head.current
        if (element) {
          element.style.left = `${String(place)}%`
          element.style.visibility = place < 0 || place > 100 ? 'hidden' : 'visible'
          element.setAttribute('aria-valuenow', String(frame + 1))
          element.setAttribute('aria-valuetext', placeWords(edges, frame))
        }
        const moved = lastFrame.current !== frame
        lastFrame.current = frame
        if (moved && (place < 0 || place > 100)) onLost(frame)
      }),
    [player, edges, view, onLost],
  )
  return (
    <div
      ref={head}
      role="slider"
      tabIndex={0}
      data-scrub
      aria-label="Playhead"
      aria-valuemin={1}
      aria-valuemax={frameCount(edges)}
      aria-valuenow={1}
      aria-disabled={player === null}
      className="pointer-events-none absolute inset-y-0 z-30 w-2.5 -translate-x-1/2 rounded-sm"
    >
      <span
        aria-hidden
        className="forced-mark absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-ink shadow-[0_0_0_1px_var(--color-panel)]"
      />
      <span
        aria-hidden
        className="forced-mark absolute top-0 left-0 size-2.5 rounded-full bg-ink shadow-[0_0_0_1px_var(--color-panel)]"
      />
    </div>
  )
}
