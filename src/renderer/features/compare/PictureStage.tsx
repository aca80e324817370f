import { useEffect, useState, type CSSProperties, type ReactNode, type RefObject } from 'react'
import type { PlayableVideo } from '../../../shared/domain/views.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { Button } from '../../ui/Button.tsx'
import { Callout } from '../../ui/Callout.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Captions, type NamedSide } from './Captions.tsx'
import type { SideSize } from './engine/arrangement.ts'
import { cssView } from './engine/css-view.ts'
import { layout } from './engine/layout.ts'
import { changesAlone } from './engine/view.ts'
import type { Readings } from './pair-types.ts'
import { sides as pairSides, type PerSide } from './shared-clock.ts'
import type { ComparisonInPage } from './use-comparison.ts'
import type { VideoRefs } from './use-player-pair.ts'
import type { MeasuredStage } from './use-stage.ts'
import type { ViewInPage } from './use-view.ts'
import { sideNames } from './words.ts'
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
    <div className="min-h-0 flex-1 bg-stage p-3" data-engine={playing.engine.kind}>
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
        <StageNotices playing={playing} />
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

const Pill = ({ children }: { readonly children: ReactNode }) => (
  <p
    role="status"
    className="absolute inset-x-0 bottom-3 mx-auto flex w-fit items-center gap-2 rounded-full bg-black/80 px-3.5 py-1.5 text-sm text-white forced-colors:border"
  >
    {children}
  </p>
)

/** What comes sooner needs no word. */
const worthSaying: Milliseconds = 300

function Sharpening() {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true)
    }, worthSaying)
    return () => {
      clearTimeout(timer)
    }
  }, [])
  return late ? (
    <p className="absolute right-3 bottom-3 rounded-full bg-black/60 px-2.5 py-1 text-xs text-white/80 forced-colors:border">
      Sharpening…
    </p>
  ) : null
}

/** What is less than it should be is always said. */
function StageNotices({ playing }: { readonly playing: ComparisonInPage }) {
  const { status, reduced, playSmoother } = playing
  if (status.failed !== null)
    return (
      <div className="absolute inset-0 flex items-center justify-center p-6">
        <Callout tone="bad" title={`This window can’t play the ${sideNames[status.failed].toLowerCase()}.`}>
          The file is safe in the library. Save it or show it in its folder to open it in another player.
        </Callout>
      </div>
    )
  if (status.phase === 'loading')
    return (
      <p className="absolute inset-0 flex items-center justify-center gap-2 text-sm text-white/80">
        <Spinner /> Opening both videos
      </p>
    )
  if (status.slow)
    return (
      <Pill>
        {reduced
          ? 'Smaller copies play, and still slower.'
          : 'This machine plays it slower, so no frame is wrong.'}
        <Button size="small" onClick={playSmoother}>
          Play smoother, up to a frame off
        </Button>
      </Pill>
    )
  if (status.catchingUp)
    return (
      <Pill>
        <Spinner /> Waiting for both sides.
      </Pill>
    )
  if (status.sharpening) return <Sharpening />
  if (reduced) return <Pill>Smaller copies play. Frames are still exact.</Pill>
  if (playing.silent) return <Pill>The sound could not be loaded.</Pill>
  return null
}
