import { useRef, useEffect, useState } from 'react'
import { useDrag, useWidth } from './use-drag.ts'
import { type TimelineView, useView } from './view.ts'
import { useClipPlayer } from '../../lib/clip-player.ts'
import { useShortcuts } from '../../lib/use-shortcuts.ts'
import { formatSeconds, type Seconds } from '../../../shared/units.ts'
import { useApp } from '../../state/store.ts'
import type { ClipInspection } from '../../state/intake.ts'
import { isTooShort, type FrameSpan } from '../../state/trim-window.ts'
import { Legend } from './Marks.tsx'
import { LongestSpan } from './LongestSpan.tsx'
import { TimeFields } from './TimeFields.tsx'
import { TimelineHead } from './TimelineHead.tsx'
import { Track } from './Track.tsx'
import { useCommands } from './commands.ts'
import { PlayControls } from './PlayControls.tsx'
import { usePerformed, type Performed } from './use-performed.ts'
import { text } from './text.ts'

/** Which stretch is visible, to be dragged. Keys scroll to what they move automatically. */
function PanBar({ view, duration, whole, panBy }: TimelineView) {
  const bar = useRef<HTMLDivElement>(null)
  const width = useWidth(bar)
  const last = useRef(0)
  const drag = useDrag(
    () => {
      last.current = Number.NaN
    },
    ({ at, from }) => {
      const before = Number.isNaN(last.current) ? from : last.current
      last.current = at
      panBy(((at - before) / Math.max(1, width)) * duration)
    },
  )
  return (
    <div ref={bar} aria-hidden className="relative h-1.5 min-w-0 flex-1">
      {!whole && (
        <div
          className="forced-mark absolute inset-y-0 min-w-6 touch-none cursor-grab rounded-full bg-edge/50 transition-colors hover:bg-edge active:cursor-grabbing"
          style={{
            left: `${String((view.from / duration) * 100)}%`,
            width: `${String(((view.to - view.from) / duration) * 100)}%`,
          }}
          {...drag}
        />
      )}
    </div>
  )
}

type TimelineProps = {
  readonly clip: ClipInspection
  /** Only its bar, where the window has no height for more. */
  readonly low?: boolean
}

/** Which part of the clip is performed: seen, heard, moved frame by frame, and never longer or shorter than allowed. */
export function Timeline({ clip, low = false }: TimelineProps) {
  const lookAtClip = useApp((state) => state.lookAtClip)
  const look = useApp(({ clipLook }) => (clipLook?.token === clip.file.token ? clipLook : null))
  const player = useClipPlayer((state) => state.player)
  const performed = usePerformed(clip)
  const zoomable = useView(performed.edges, player)
  const [held, setHeld] = useState(false)
  useEffect(() => lookAtClip(clip), [lookAtClip, clip])
  const [said, setSaid] = useState<{ readonly words: string; readonly about: FrameSpan } | null>(null)
  const onSaid = (words: string | null, about: FrameSpan) => {
    setSaid(words === null ? null : { words, about })
  }
  useShortcuts('timeline', useCommands({ performed, player, zoomable, onSaid }))
  const { from, to } = performed.span
  // It is about this part only: undone or moved on, there is nothing to explain any more.
  const remark = said?.about.from === from && said.about.to === to ? said.words : null

  const show = (frame: number) => player?.show(frame)
  const track = (
    <Track
      clip={clip}
      performed={performed}
      look={look}
      player={player}
      zoomable={zoomable}
      onHeld={setHeld}
      low={low}
    />
  )
  if (low)
    return (
      <section aria-label="Part of the clip" className="h-10 shrink-0 bg-panel px-1">
        {track}
      </section>
    )
  return (
    <section
      aria-label="Part of the clip"
      className="h-[152px] shrink-0 border-t border-line bg-panel px-2 pt-1"
    >
      <TimelineHead
        performed={performed}
        zoomable={zoomable}
        held={held}
        remark={remark ?? outOfLimits(performed, zoomable.duration)}
      >
        <PlayControls clip={clip} edges={performed.edges} />
        <TimeFields performed={performed} rate={clip.facts.frameRate} onShow={show} />
      </TimelineHead>
      {track}
      <div className="mx-3 mt-0.5 flex h-5 items-center gap-x-4 overflow-hidden">
        <Legend scan={look?.scan ?? null} looking={look?.pending['clip:scan'] !== undefined} />
        {look?.scan && (
          <LongestSpan facts={clip.facts} scan={look.scan} performed={performed} onShow={show} />
        )}
        <PanBar {...zoomable} />
      </div>
    </section>
  )
}

/** Why the part is not what was chosen; null where it is. */
function outOfLimits({ edges, limits, cut }: Performed, duration: Seconds): string | null {
  if (isTooShort(edges, limits)) return text.clipTooShort(formatSeconds(duration), formatSeconds(limits.min))
  return cut === null ? null : text.choseMore(formatSeconds(cut), formatSeconds(limits.max))
}
