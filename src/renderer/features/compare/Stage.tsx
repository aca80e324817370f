import { Volume2 } from 'lucide-react'
import { useEffect, useRef, type RefObject, useState } from 'react'
import type { Pixels } from '../../../shared/units.ts'
import { type PerSide, type Side, sides } from './shared-clock.ts'
import type { PlayableVideo } from '../../../shared/domain/views.ts'
import type { Readings, PairStatus } from './pair-types.ts'
import { formatFrame, formatTime, sideNames, type ShownTake } from './words.ts'
import { Callout } from '../../ui/Callout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import type { VideoRefs } from './use-player-pair.ts'

type Size = { readonly width: Pixels; readonly height: Pixels }
type Rect = Size & { readonly left: Pixels; readonly top: Pixels }

/** Room above each picture for its name and its frame. */
const captionHeight: Pixels = 30
const paneGap: Pixels = 12

/** Both pictures at the same height, as large as the stage allows, in its middle. */
export function sideBySide(stage: Size, videos: PerSide<Size>): PerSide<Rect> {
  const aspects = {
    reference: videos.reference.width / videos.reference.height,
    result: videos.result.width / videos.result.height,
  }
  const room = {
    width: Math.max(stage.width - paneGap, 0),
    height: Math.max(stage.height - captionHeight, 0),
  }
  const height = Math.min(room.height, room.width / (aspects.reference + aspects.result))
  const width = { reference: height * aspects.reference, result: height * aspects.result }
  const left = (stage.width - width.reference - width.result - paneGap) / 2
  const top = captionHeight + (room.height - height) / 2
  return {
    reference: { left, top, height, width: width.reference },
    result: { left: left + width.reference + paneGap, top, height, width: width.result },
  }
}

type SidePaneProps = {
  readonly side: Side
  readonly video: PlayableVideo
  readonly videoRef: RefObject<HTMLVideoElement | null>
  readonly rect: Rect
  readonly readings: Readings
  readonly heard: boolean
}

/** One picture, with its name and the frame it shows above it so that nothing covers the picture. */
function SidePane({ side, video, videoRef, rect, readings, heard }: SidePaneProps) {
  const frameText = useRef<HTMLSpanElement>(null)
  const timeText = useRef<HTMLSpanElement>(null)

  useEffect(
    () =>
      readings.follow(({ frames }) => {
        const frame = frames[sides.indexOf(side)] ?? 0
        if (timeText.current) timeText.current.textContent = formatTime(video.frameTimes[frame] ?? 0)
        if (!frameText.current) return
        frameText.current.textContent = formatFrame(frame, video.frameTimes.length)
        frameText.current.dataset['frame'] = String(frame)
      }),
    [readings, side, video],
  )

  return (
    <figure className="contents">
      <figcaption
        className="tabular absolute flex items-center gap-2 overflow-hidden text-xs whitespace-nowrap text-white/70"
        style={{ left: rect.left, top: rect.top - captionHeight, width: rect.width, height: captionHeight }}
      >
        <span className="font-semibold tracking-widest text-white uppercase">{sideNames[side]}</span>
        {heard && (
          <Volume2 aria-label="Its sound is on" role="img" className="size-3.5 shrink-0 text-white" />
        )}
        <span ref={timeText} className="ml-auto" />
        <span ref={frameText} data-side={side} />
      </figcaption>
      <video
        ref={videoRef}
        src={video.url}
        crossOrigin="anonymous"
        preload="auto"
        playsInline
        disablePictureInPicture
        muted
        aria-label={sideNames[side]}
        className="absolute bg-black"
        style={{ left: rect.left, top: rect.top, width: rect.width, height: rect.height }}
      />
    </figure>
  )
}

type StageProps = {
  readonly comparison: ShownTake
  readonly refs: VideoRefs
  readonly readings: Readings
  readonly status: PairStatus
  readonly onToggle: () => void
}

/** The two pictures. The video elements stay the same however they are arranged. */
export function Stage({ comparison, refs, readings, status, onToggle }: StageProps) {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
    }
  }, [])

  const rects = sideBySide(size, comparison)
  return (
    <div className="min-h-0 flex-1 bg-stage p-3">
      <div ref={box} className="relative h-full" onClick={onToggle}>
        {sides.map((side) => (
          <SidePane
            key={side}
            side={side}
            video={comparison[side]}
            videoRef={refs[side]}
            rect={rects[side]}
            readings={readings}
            heard={status.sound === side}
          />
        ))}
        {status.phase === 'loading' && (
          <p className="absolute inset-0 flex items-center justify-center gap-2 text-sm text-white/80">
            <Spinner /> Opening both videos
          </p>
        )}
        {status.catchingUp && (
          <p
            role="status"
            className="absolute inset-x-0 bottom-3 mx-auto flex w-fit items-center gap-2 rounded-full bg-black/80 px-3.5 py-1.5 text-sm text-white forced-colors:border"
          >
            <Spinner /> Out of sync. Waiting for both sides.
          </p>
        )}
        {status.failed !== null && (
          <div className="absolute inset-0 flex items-center justify-center p-6">
            <Callout
              tone="bad"
              title={`This window can’t play the ${sideNames[status.failed].toLowerCase()}.`}
            >
              The file is safe in the library. Save it or show it in its folder to open it in another player.
            </Callout>
          </div>
        )}
      </div>
    </div>
  )
}
