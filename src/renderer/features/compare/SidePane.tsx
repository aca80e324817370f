import { Volume2 } from 'lucide-react'
import { useEffect, useRef, type RefObject } from 'react'
import type { PlayableVideo } from '../../../shared/domain/views.ts'
import { captionHeight, type Rect } from './arrangement.ts'
import type { Readings } from './readings.ts'
import type { Side } from './shared-clock.ts'
import { formatFrame, formatTime, sideNames } from './words.ts'

export type SidePaneProps = {
  readonly side: Side
  readonly video: PlayableVideo
  readonly videoRef: RefObject<HTMLVideoElement | null>
  readonly rect: Rect
  readonly readings: Readings
  readonly heard: boolean
}

/** One picture, with its name and the frame it shows above it so that nothing covers the picture. */
export function SidePane({ side, video, videoRef, rect, readings, heard }: SidePaneProps) {
  const frameText = useRef<HTMLSpanElement>(null)
  const timeText = useRef<HTMLSpanElement>(null)

  useEffect(
    () =>
      readings.follow(({ frames }) => {
        const frame = frames[side]
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
          <Volume2 aria-label="Its sound is heard" role="img" className="size-3.5 shrink-0 text-white" />
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
