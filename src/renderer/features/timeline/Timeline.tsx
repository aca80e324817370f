import { useRef, useEffect, useState } from 'react'
import { useDrag, useWidth } from './use-drag.ts'
import { type TimelineView, useView } from './view.ts'
import { useClipPlayer } from '../../lib/clip-player.ts'
import { useShortcuts } from '../../lib/use-shortcuts.ts'
import { formatSeconds } from '../../../shared/units.ts'
import { useApp } from '../../state/store.ts'
import type { ClipInspection } from '../../state/intake.ts'
import { isTooShort, type FrameSpan } from '../../state/trim-window.ts'
import { Legend } from './Marks.tsx'
import { LongestSpan } from './LongestSpan.tsx'
import { TimeFields } from './TimeFields.tsx'
import { TimelineHead } from './TimelineHead.tsx'
import { Track } from './Track.tsx'
import { useCommands } from './commands.ts'
import { usePerformed } from './use-performed.ts'

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
    <div ref={bar} aria-hidden className="relative mx-3 mt-1.5 h-2">
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

/** Which part of the clip is performed: seen, heard, moved frame by frame, and never longer or shorter than allowed. */
export function Timeline({ clip }: { readonly clip: ClipInspection }) {
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
  return (
    <section aria-label="Part of the clip" className="rounded-2xl bg-panel px-4 py-3.5">
      <TimelineHead performed={performed} zoomable={zoomable} held={held} remark={remark} />
      {isTooShort(performed.edges, performed.limits) && (
        <p role="status" className="mt-1 text-xs text-warn">
          This clip is {formatSeconds(zoomable.duration)} long, but this orientation needs at least{' '}
          {formatSeconds(performed.limits.min)}. All of it is used.
        </p>
      )}
      {performed.cut !== null && (
        <p role="status" className="mt-1 text-xs text-warn">
          You chose {formatSeconds(performed.cut)}, but this orientation allows at most{' '}
          {formatSeconds(performed.limits.max)}. Your {formatSeconds(performed.cut)} returns when you choose
          an orientation that allows it.
        </p>
      )}
      <Track
        clip={clip}
        performed={performed}
        look={look}
        player={player}
        zoomable={zoomable}
        onHeld={setHeld}
      />
      <PanBar {...zoomable} />
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2">
        <TimeFields performed={performed} rate={clip.facts.frameRate} onShow={show} />
        <div className="ml-auto flex flex-wrap items-center justify-end gap-x-4 gap-y-1.5">
          <Legend scan={look?.scan ?? null} looking={look?.pending['clip:scan'] !== undefined} />
          {look?.scan && (
            <LongestSpan facts={clip.facts} scan={look.scan} performed={performed} onShow={show} />
          )}
        </div>
      </div>
    </section>
  )
}
