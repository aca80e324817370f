import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import { pairKey } from '../../state/check.ts'
import type { CharacterInspection, ClipInspection } from '../../state/intake.ts'
import { useApp } from '../../state/store.ts'
import { Pane } from '../../ui/Pane.tsx'
import { FittedPicture } from './crop/FramedCharacter.tsx'
import { useFraming } from './crop/use-crop.ts'
import { text } from './text.ts'

/** The frame with which the performed part begins; the clip's first one where the window cannot play it. */
function FirstFrame({ clip }: { readonly clip: ClipInspection }) {
  const video = useRef<HTMLVideoElement>(null)
  const start = useApp((state) => state.clipWindow.start)
  const go = () => {
    // A moment into the frame: exactly between two a player may show either.
    if (video.current) video.current.currentTime = clip.facts.startTime + start + 0.001
  }
  useEffect(() => {
    if (video.current) video.current.currentTime = clip.facts.startTime + start + 0.001
  }, [clip, start])
  return (
    <video
      ref={video}
      src={clip.media}
      poster={clip.picture}
      muted
      playsInline
      preload="auto"
      aria-hidden
      tabIndex={-1}
      className="absolute inset-0 size-full object-contain"
      onLoadedMetadata={go}
    />
  )
}

const step = 0.01
const clamp = (place: number) => Math.min(0.99, Math.max(0.01, place))

type GuideProps = { readonly label: string; readonly start: number }

/** A line to hold a head or feet against, moved by pointer or by the arrow keys. */
function Guide({ label, start }: GuideProps) {
  const [place, setPlace] = useState(start)
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (box) setPlace(clamp((event.clientY - box.top) / Math.max(1, box.height)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -step, ArrowDown: step }[event.key]
    if (by === undefined) return
    event.preventDefault()
    setPlace(clamp(place + by))
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(place * 100)}
      className="absolute inset-x-0 flex h-4 -translate-y-1/2 touch-none cursor-ns-resize items-center"
      style={{ top: `${String(place * 100)}%` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    >
      <span aria-hidden className="forced-mark h-px w-full bg-white/80 shadow-[0_0_2px_#000]" />
      <span aria-hidden className="absolute right-1.5 rounded-sm bg-black/70 px-1 text-xs text-white">
        {label}
      </span>
    </div>
  )
}

type GhostProps = {
  readonly character: CharacterInspection
  readonly clip: ClipInspection
  readonly style: CSSProperties
}

/** The character over the first frame it performs: whether both show as much of the body, only an eye can tell. */
export function Ghost({ character, clip, style }: GhostProps) {
  const framing = useFraming(character)
  const seen = useApp((state) => state.seenByEye === pairKey(state))
  const setSeen = useApp((state) => state.setSeenByEye)
  return (
    <Pane
      label={text.sameFraming}
      title={text.sameFraming}
      style={style}
      tools={
        <label className="flex shrink-0 items-center gap-1.5 text-sm" title={text.whyFraming}>
          <input
            type="checkbox"
            checked={seen}
            onChange={(event) => {
              setSeen(event.target.checked)
            }}
            className="size-4 accent-accent"
          />
          {text.looksSame}
        </label>
      }
    >
      <FirstFrame clip={clip} />
      <div aria-hidden className="absolute inset-0 opacity-50">
        <FittedPicture character={character} framing={framing} />
      </div>
      <Guide label="Head" start={0.1} />
      <Guide label="Feet" start={0.92} />
    </Pane>
  )
}
