import { keysOf } from '../../lib/shortcuts.ts'
import { useClipPlayer, type LoopPlayer } from '../../lib/clip-player.ts'
import { Pause, Play, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useApp } from '../../state/store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { ClipInspection } from '../../state/intake.ts'
import { later, painted, createLoopPlayer } from './loop-player.ts'
import { reachesEveryFrame, type ClockStart } from '../../../shared/domain/player-clock.ts'
import { frameCount } from '../../state/trim-window.ts'
import { intervalAt } from '../../lib/frame-times.ts'
import { createScreen } from './screen.ts'
import type { PlayableMedia } from '../../lib/playable.ts'
import { usePerformed, placeWords, speedWords } from './use-performed.ts'

/** How large a picture of the clip is on the screen, whether it plays or not. */
export const previewSize = 'h-[clamp(10rem,30vh,26rem)] w-full object-contain'

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

const onStage = 'text-white hover:bg-white/15 hover:text-white'

type PreviewPlayerProps = {
  readonly clip: ClipInspection
  readonly playable: PlayableMedia
  readonly onUnplayable: () => void
}

/** Plays exactly the performed frames, round and round; standing still it shows the frame at the playhead. */
export function PreviewPlayer({ clip, playable: { media, start }, onUnplayable }: PreviewPlayerProps) {
  const video = useRef<HTMLVideoElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const counter = useRef<HTMLSpanElement>(null)
  const [speed, setSpeed] = useState(0)
  const muted = useApp((state) => state.clipMuted)
  const toggleSound = useApp((state) => state.toggleClipSound)
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
        setSpeed(reading.speed)
        if (counter.current) counter.current.textContent = placeWords(edges, reading.frame)
        if (canvas.current) canvas.current.dataset['frame'] = String(reading.frame)
      }),
    [player, edges],
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
        onClick={() => player?.toggle()}
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
      <div className="absolute inset-x-0 bottom-0 flex items-center gap-2 bg-linear-to-t from-black/80 to-transparent px-2.5 pt-8 pb-2 forced-colors:bg-[Canvas] forced-colors:pt-2">
        <IconButton
          size="small"
          className={onStage}
          label={speed === 0 ? 'Play the clip' : 'Pause the clip'}
          keys={keysOf('timeline', 'toggle')}
          icon={speed === 0 ? <Play /> : <Pause />}
          onClick={() => player?.toggle()}
        />
        {/* Written frame by frame, past React. */}
        <span ref={counter} className="tabular min-w-0 flex-1 truncate text-xs text-white/85" />
        {speed !== 0 && speed !== 1 && (
          <span className="tabular rounded bg-white/20 px-1.5 text-xs text-white">{speedWords(speed)}</span>
        )}
        {clip.facts.audio && (
          <IconButton
            size="small"
            className={onStage}
            label={muted ? 'Turn the sound on' : 'Turn the sound off'}
            keys={keysOf('timeline', 'sound')}
            icon={muted ? <VolumeX /> : <Volume2 />}
            onClick={toggleSound}
          />
        )}
      </div>
    </>
  )
}
