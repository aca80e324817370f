import { useEffect, useState, type CSSProperties, type RefObject } from 'react'
import type { PlayableVideo } from '../../../shared/domain/views.ts'
import { Captions, type NamedSide } from './Captions.tsx'
import type { SideSize } from './engine/arrangement.ts'
import { cssView } from './engine/css-view.ts'
import { layout } from './engine/layout.ts'
import { changesAlone } from './engine/view.ts'
import type { Readings } from './pair-types.ts'
import { sides as pairSides, type PerSide } from './shared-clock.ts'
import { StageNotices } from './StageNotices.tsx'
import type { ComparisonInPage } from './use-comparison.ts'
import type { VideoRefs } from './use-player-pair.ts'
import type { MeasuredStage } from './use-stage.ts'
import type { ViewInPage } from './use-view.ts'
import { sideInWords, sideNames } from './words.ts'
import { WipeHandle } from './WipeHandle.tsx'

type PictureStageProps = {
  /** Measured by `useStage`. */
  readonly room: RefObject<HTMLDivElement | null>
  readonly area: RefObject<HTMLDivElement | null>
  readonly canvas: RefObject<HTMLCanvasElement | null>
  readonly refs: VideoRefs
  readonly stage: MeasuredStage
  readonly look: ViewInPage
  readonly sides: readonly (SideSize & NamedSide)[]
  readonly playing: ComparisonInPage
  readonly readings: Readings
}

/** The pictures, as large as the window allows, with what is said over them. */
export function PictureStage(props: PictureStageProps) {
  const { room, area, canvas, refs, stage, look, sides, playing, readings } = props
  const { view } = look
  // Two players show one take, whatever the others are.
  const inSight = playing.videos === null ? sides : pairOf(sides, view.chosen)
  const placed =
    playing.videos === null ? look.placed : layout({ stage, sides: inSight }, { ...view, chosen: 0 })
  const [first] = placed
  return (
    <div className="min-h-40 flex-1 bg-stage px-3 pt-1 pb-2" data-engine={playing.engine.kind}>
      <div ref={room} className="relative h-full">
        <div
          ref={area}
          style={stage.box}
          className="absolute touch-none data-[pannable=true]:cursor-grab"
          {...look.area}
        >
          {playing.videos === null ? (
            <canvas ref={canvas} role="img" aria-label="Reference and result" className="size-full" />
          ) : (
            <VideoElements refs={refs} stage={stage} look={look} sides={sides} videos={playing.videos} />
          )}
          <Captions placed={placed} stage={stage} view={view} sides={inSight} readings={readings} />
          {view.mode === 'wipe' && first && (
            <WipeHandle
              region={first.region}
              scale={stage.scale}
              line={view.line}
              onLine={(line) => {
                look.change({ line })
              }}
            />
          )}
        </div>
        <StageNotices
          playing={playing}
          takes={sides.length - 1}
          nameOf={(side) => sideInWords(side === 'reference' ? 0 : view.chosen + 1, sides.length)}
        />
      </div>
    </div>
  )
}

const pairOf = <Side,>(sides: readonly Side[], chosen: number): readonly Side[] => [
  ...sides.slice(0, 1),
  ...sides.slice(chosen + 1, chosen + 2),
]

type VideoElementsProps = Pick<PictureStageProps, 'refs' | 'stage' | 'look' | 'sides'> & {
  readonly videos: PerSide<PlayableVideo>
}

/** The same pictures in two video elements, arranged by CSS. */
function VideoElements({ refs, stage, look: { view }, sides, videos }: VideoElementsProps) {
  const [now, setNow] = useState(0)
  const changes = changesAlone(view)
  useEffect(() => {
    if (!changes) return undefined
    let frame = requestAnimationFrame(function again() {
      setNow(performance.now())
      frame = requestAnimationFrame(again)
    })
    return () => {
      cancelAnimationFrame(frame)
    }
  }, [changes])
  const [reference] = sides
  const result = sides[view.chosen + 1] ?? sides[1]
  if (!reference || !result) return null
  const styled = cssView({ stage, sides: [reference, result] }, { ...view, chosen: 0 }, stage.scale, now)
  const styles: PerSide<CSSProperties | undefined> = {
    reference: styled.sides[reference.side],
    result: styled.sides[result.side],
  }
  return (
    <div className="absolute inset-0" style={styled.frame}>
      {pairSides.map((side) => (
        <video
          key={side}
          ref={refs[side]}
          src={videos[side].url}
          crossOrigin="anonymous"
          preload="auto"
          playsInline
          disablePictureInPicture
          muted
          aria-label={sideNames[side]}
          className="absolute bg-black"
          style={styles[side]}
        />
      ))}
    </div>
  )
}
