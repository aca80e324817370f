import { useRef } from 'react'
import type { ClipInspection } from '../../state/intake.ts'
import { edgeTime, frameCount, nearestEdge } from '../../state/trim-window.ts'
import type { ClipLook } from '../../state/clip-look.ts'
import { Filmstrip } from './Filmstrip.tsx'
import { Handle } from './Handle.tsx'
import type { LoopPlayer } from '../../lib/clip-player.ts'
import { bandsOf, Bands, Marks } from './Marks.tsx'
import { Playhead } from './Playhead.tsx'
import { Ruler, WaveformLane } from './lanes.tsx'
import { SpanBar } from './SpanBar.tsx'
import { useDrag, useWidth } from './use-drag.ts'
import type { Performed } from './use-performed.ts'
import { type TimelineView, useWheel, placeOf } from './view.ts'

export type TrackProps = {
  readonly clip: ClipInspection
  readonly performed: Performed
  readonly look: ClipLook | null
  readonly player: LoopPlayer | null
  readonly zoomable: TimelineView
  readonly onHeld: (held: boolean) => void
  /** Only the part and the pictures. */
  readonly low: boolean
}

const filmHeight = 34
const lowFilmHeight = 22
const noCuts: readonly number[] = []

/** What is outside the part stays visible, but dimmed. */
function Dimmed({ from, to }: { readonly from: number; readonly to: number }) {
  const dim = 'pointer-events-none absolute inset-y-0 bg-panel/70'
  return (
    <>
      <div className={`${dim} left-0`} style={{ width: `${String(Math.min(100, Math.max(0, from)))}%` }} />
      <div
        className={`${dim} right-0`}
        style={{ width: `${String(Math.min(100, Math.max(0, 100 - to)))}%` }}
      />
    </>
  )
}

/** The clip along its time: ruler, part, pictures, loudness and what was found, all in the same view. */
export function Track({ clip, performed, look, player, zoomable, onHeld, low }: TrackProps) {
  const area = useRef<HTMLDivElement>(null)
  const width = useWidth(area)
  const { view } = zoomable
  const { edges, span } = performed
  useWheel(area, zoomable)

  const show = (frame: number) => player?.show(frame)
  const scrub = useDrag(
    () => area.current?.getBoundingClientRect().left ?? 0,
    ({ at }, left) => {
      const time = view.from + ((at - left) / Math.max(1, width)) * (view.to - view.from)
      show(Math.min(nearestEdge(edges, time), frameCount(edges) - 1))
    },
  )
  const handles = { performed, view, width, onShow: show, onHeld }
  const { width: wide, height: high } = clip.facts
  const scan = look?.scan ?? null
  const film = low ? lowFilmHeight : filmHeight

  return (
    <div ref={area} className="relative mx-3 mt-0.5">
      {!low && (
        <div className="relative h-4 touch-none" {...scrub}>
          <Ruler view={view} width={width} />
        </div>
      )}
      <SpanBar {...handles} />
      <div className="relative mt-0.5">
        <div className="relative touch-none overflow-hidden rounded-[3px]" {...scrub}>
          <div className="relative" style={{ height: film }}>
            <Filmstrip
              file={clip.file.token}
              facts={clip.facts}
              view={view}
              width={width}
              cuts={scan?.cuts ?? noCuts}
              wide={Math.min(120, Math.max(40, (film * wide) / high))}
            />
          </div>
          {clip.facts.audio && !low && (
            <div className="relative h-5 bg-sunken">
              {look?.waveform && <WaveformLane waveform={look.waveform} view={view} width={width} />}
            </div>
          )}
          <Dimmed
            from={placeOf(edgeTime(edges, span.from), view)}
            to={placeOf(edgeTime(edges, span.to), view)}
          />
        </div>
        <Handle end="in" {...handles} />
        <Handle end="out" {...handles} />
        {scan && <Marks scan={scan} view={view} edges={edges} onGo={show} />}
      </div>
      {/* Always there, so that nothing moves when something is found. */}
      {!low && (
        <div className="relative mt-0.5 h-1">
          {scan && bandsOf(scan).length > 0 && <Bands scan={scan} view={view} />}
        </div>
      )}
      <Playhead player={player} edges={edges} view={view} onLost={zoomable.reveal} />
    </div>
  )
}
