import { Pause, Play, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useApp } from '../../app/store.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { ClipInspection } from './intake.ts'
import { chosenModel } from './inputs-slice.ts'
import { spanOf, windowLimits } from './window.ts'

/** The part of the clip that is performed, as numbers that compare by value. */
function usePerformedSpan(clip: ClipInspection): { readonly start: number; readonly end: number } {
  const limits = (state: Parameters<typeof chosenModel>[0]) =>
    windowLimits(chosenModel(state), state.takeSettings.orientation)
  const start = useApp((state) => spanOf(clip.facts, state.clipWindow, limits(state)).start)
  const end = useApp((state) => spanOf(clip.facts, state.clipWindow, limits(state)).end)
  return { start, end }
}

/** Plays the performed part round and round; standing still it shows the in-point. */
export function ClipPreview({ clip }: { readonly clip: ClipInspection }) {
  const video = useRef<HTMLVideoElement>(null)
  const bar = useRef<HTMLDivElement>(null)
  const [playing, setPlaying] = useState(false)
  const [muted, setMuted] = useState(true)
  const [unplayable, setUnplayable] = useState(false)
  const { start, end } = usePerformedSpan(clip)

  // A moved in-point is shown at once, so that it can be chosen by eye.
  useEffect(() => {
    if (video.current) video.current.currentTime = start
  }, [start])

  function follow() {
    const player = video.current
    if (!player) return
    if (player.currentTime >= end - 0.02 || player.currentTime < start - 0.2) player.currentTime = start
    const done = (player.currentTime - start) / Math.max(0.001, end - start)
    if (bar.current) bar.current.style.width = `${String(Math.min(1, Math.max(0, done)) * 100)}%`
  }

  const toggle = () => {
    const player = video.current
    if (!player) return
    if (player.paused) player.play().catch(() => setUnplayable(true))
    else player.pause()
  }

  const size = 'h-[clamp(10rem,30vh,26rem)] w-full object-contain'
  if (unplayable)
    return (
      <>
        <img
          src={clip.picture}
          alt={`The first picture of ${clip.file.name}`}
          className={size}
          draggable={false}
        />
        <p className="absolute inset-x-0 bottom-0 bg-black/70 px-3 py-2 text-xs text-white/85">
          This window cannot play the clip. Understudy can use it all the same.
        </p>
      </>
    )
  return (
    <>
      <video
        ref={video}
        src={clip.media}
        poster={clip.picture}
        muted={muted}
        playsInline
        preload="metadata"
        aria-label={`The clip, ${clip.file.name}`}
        className={size}
        onClick={toggle}
        onPlay={() => {
          setPlaying(true)
        }}
        onPause={() => {
          setPlaying(false)
        }}
        onEnded={() => {
          if (video.current) video.current.currentTime = start
          toggle()
        }}
        onTimeUpdate={follow}
        onError={() => {
          setUnplayable(true)
        }}
      />
      <div
        className={classNames(
          'absolute inset-x-0 bottom-0 flex items-center gap-2 bg-linear-to-t from-black/80 to-transparent px-2.5 pt-8 pb-2',
        )}
      >
        <IconButton
          size="small"
          className="text-white hover:bg-white/15 hover:text-white"
          label={playing ? 'Pause the clip' : 'Play the clip'}
          icon={playing ? <Pause /> : <Play />}
          onClick={toggle}
        />
        <div aria-hidden className="h-0.5 flex-1 rounded-full bg-white/25">
          <div ref={bar} className="h-full w-0 rounded-full bg-white" />
        </div>
        {clip.facts.audio && (
          <IconButton
            size="small"
            className="text-white hover:bg-white/15 hover:text-white"
            label={muted ? 'Turn the sound on' : 'Turn the sound off'}
            icon={muted ? <VolumeX /> : <Volume2 />}
            onClick={() => {
              setMuted(!muted)
            }}
          />
        )}
      </div>
    </>
  )
}
