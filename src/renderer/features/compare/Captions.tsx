import { Volume2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { FrameList } from '../../../shared/domain/frames.ts'
import type { Placed } from './engine/layout.ts'
import { inOneRegion, type View } from './engine/view.ts'
import type { Readings } from './pair-types.ts'
import type { MeasuredStage } from './use-stage.ts'
import { formatFrame, formatTime } from './words.ts'

export type NamedSide = {
  readonly side: string
  readonly name: string
  readonly video: FrameList
  readonly heard: boolean
}

type CaptionsProps = {
  readonly placed: readonly Placed[]
  readonly stage: MeasuredStage
  readonly view: View
  /** In the order of the sides of the comparison. */
  readonly sides: readonly NamedSide[]
  readonly readings: Readings
}

/** The name of every side in sight, its time and its frame, above its picture so that nothing covers that. */
export function Captions({ placed, stage, view, sides, readings }: CaptionsProps) {
  const oneRegion = inOneRegion(view)
  return placed.map(({ side, region }, nth) => {
    const index = sides.findIndex((known) => known.side === side)
    const named = sides[index]
    if (!named) return null
    const width = region.width / (oneRegion ? placed.length : 1)
    return (
      <Caption
        key={side}
        index={index}
        named={named}
        readings={readings}
        style={{
          left: (region.x + (oneRegion ? nth * width : 0)) / stage.scale,
          top: (region.y - (stage.caption ?? 0)) / stage.scale,
          width: width / stage.scale,
          height: (stage.caption ?? 0) / stage.scale,
        }}
      />
    )
  })
}

type CaptionProps = {
  readonly index: number
  readonly named: NamedSide
  readonly readings: Readings
  readonly style: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
}

function Caption({ index, named: { side, name, video, heard }, readings, style }: CaptionProps) {
  const frameText = useRef<HTMLSpanElement>(null)
  const timeText = useRef<HTMLSpanElement>(null)

  useEffect(
    () =>
      readings.follow(({ frames }) => {
        const frame = frames[index] ?? 0
        if (timeText.current) timeText.current.textContent = formatTime(video.frameTimes[frame] ?? 0)
        if (!frameText.current) return
        frameText.current.textContent = formatFrame(frame, video.frameTimes.length)
        frameText.current.dataset['frame'] = String(frame)
      }),
    [readings, index, video],
  )

  return (
    <p
      className="@container tabular absolute flex cursor-text items-center gap-2 overflow-hidden px-0.5 text-xs whitespace-nowrap text-white/70 select-text"
      style={style}
      // Its text can be selected; the pictures around it pan.
      onPointerDown={(event) => {
        event.stopPropagation()
      }}
    >
      <span className="min-w-0 truncate font-semibold tracking-widest text-white uppercase @min-[9rem]:shrink-0">
        {name}
      </span>
      {heard && <Volume2 aria-label="Its sound is on" role="img" className="size-3.5 shrink-0 text-white" />}
      <span ref={timeText} className="ml-auto @max-[17rem]:hidden" />
      <span ref={frameText} data-side={side} className="@max-[17rem]:ml-auto @max-[14rem]:hidden" />
    </p>
  )
}
