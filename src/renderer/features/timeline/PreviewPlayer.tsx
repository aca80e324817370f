import { useClipPlayer, type LoopPlayer } from '../../lib/clip-player.ts'
import { Play } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useApp } from '../../state/store.ts'
import type { Pixels } from '../../../shared/units.ts'
import { classNames } from '../../ui/class-names.ts'
import type { ClipInspection } from '../../state/intake.ts'
import { later, painted, createLoopPlayer } from './loop-player.ts'
import { reachesEveryFrame, type ClockStart } from '../../../shared/domain/player-clock.ts'
import { frameCount } from '../../state/trim-window.ts'
import { intervalAt } from '../../lib/frame-times.ts'
import { createScreen } from './screen.ts'
import type { PlayableMedia } from '../../lib/playable.ts'
import { useDrag } from './use-drag.ts'
import { usePerformed } from './use-performed.ts'

/** A picture of the clip fills its pane, whether it plays or not. */
export const previewSize = 'absolute inset-0 size-full object-contain'

/** A press that moves less is a click. */
const steady: Pixels = 4

type Elements = {
  readonly video: RefObject<HTMLVideoElement | null>
  readonly canvas: RefObject<HTMLCanvasElement | null>
  readonly start: ClockStart
}

/** The player over the two elements, known to the whole window for as long as they are there. */
function useLoopPlayer({ video, canvas, start }: Elements, onUnplayable: () => void): LoopPlayer | null {
  const setClipPlayer = useClipPlayer((state) => state.setPlayer)
  const [player, setPlayer] = useState<LoopPlayer | null>(null)
  const failed = useRef(onUnplayable)
  useEffect(() => {
    failed.current = onUnplayable
  })
  useEffect(() => {
    if (!video.current || !canvas.current) return undefined
    const screen = createScreen(video.current, canvas.current, start)
    const created = createLoopPlayer({
      video: video.current,
      start,
      screen,
      later,
      painted,
      onUnplayable: () => {
        failed.current()
      },
    })
    setPlayer(created)
    setClipPlayer(created)
    return () => {
      created.dispose()
      setClipPlayer(null)
    }
  }, [video, canvas, start, setClipPlayer])
  return player
}

type PreviewPlayerProps = {
  readonly clip: ClipInspection
  readonly playable: PlayableMedia
  readonly onUnplayable: () => void
}

/** Plays exactly the performed frames, round and round; standing still it shows the frame at the playhead. */
export function PreviewPlayer({ clip, playable: { media, start }, onUnplayable }: PreviewPlayerProps) {
  const video = useRef<HTMLVideoElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const muted = useApp((state) => state.clipMuted)
  const { edges, span } = usePerformed(clip)
  const player = useLoopPlayer({ video, canvas, start }, onUnplayable)
  const begun = useRef(false)

  useEffect(() => {
    player?.setPart(edges, span)
    if (!player || begun.current) return
    begun.current = true
    player.show(span.from)
  }, [player, edges, span])
  useEffect(
    () =>
      player?.follow((reading) => {
        setPlaying(reading.speed !== 0)
        if (canvas.current) canvas.current.dataset['frame'] = String(reading.frame)
      }),
    [player],
  )
  const moved = useRef(false)
  const scrub = useDrag(
    () => {
      moved.current = false
      return video.current?.getBoundingClientRect()
    },
    ({ from, at }, box) => {
      if (!box || (!moved.current && Math.abs(at - from) < steady)) return
      moved.current = true
      const share = Math.min(1, Math.max(0, (at - box.left) / Math.max(1, box.width)))
      player?.show(span.from + Math.round(share * (span.to - 1 - span.from)))
    },
    () => {
      if (!moved.current) player?.toggle()
    },
  )

  return (
    <>
      <video
        ref={video}
        src={media}
        crossOrigin="anonymous"
        poster={clip.picture}
        muted={muted}
        playsInline
        preload="auto"
        aria-label={`The clip, ${clip.file.name}`}
        className={previewSize}
        onLoadedMetadata={({ currentTarget }) => {
          // A browser plays the sound alone where it knows no more than that.
          if (currentTarget.videoWidth === 0) onUnplayable()
        }}
        onLoadedData={({ currentTarget }) => {
          const ends = { first: intervalAt(edges, 0), last: intervalAt(edges, frameCount(edges) - 1) }
          const reach = { from: currentTarget.currentTime, to: currentTarget.duration }
          if (!reachesEveryFrame(reach, ends, start)) onUnplayable()
        }}
        onError={onUnplayable}
      />
      <canvas
        ref={canvas}
        aria-hidden
        className="pointer-events-none absolute inset-0 size-full object-contain"
      />
      {/* Over the whole picture: drag across it to look for a moment, click to play. */}
      <div
        aria-hidden
        className="group absolute inset-0 flex touch-none cursor-ew-resize items-center justify-center"
        {...scrub}
      >
        <span
          className={classNames(
            'flex size-14 items-center justify-center rounded-full bg-black/60 text-white opacity-0 transition-opacity group-hover:opacity-100',
            isPlaying && 'group-hover:opacity-0',
          )}
        >
          <Play className="size-6 translate-x-px" />
        </span>
      </div>
    </>
  )
}
