import { Columns2, Info } from 'lucide-react'
import { useRef, type CSSProperties, type ReactNode } from 'react'
import type { PlayableVideo } from '../../../../shared/domain/views.ts'
import { useCall } from '../../../lib/use-call.ts'
import { takeWords } from '../../../state/marks.ts'
import { useApp } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Pane } from '../../../ui/Pane.tsx'
import type { StagePicture } from '../../../ui/Panes.tsx'
import { PosterState } from '../posters/PosterState.tsx'
import { useInStep, type Leader } from './use-in-step.ts'

export const aspectOf = ({ width, height }: { readonly width: number; readonly height: number }) =>
  width / height

type ResultProps = {
  readonly id: string
  readonly video: PlayableVideo
  readonly leader: Leader | null
  readonly style: CSSProperties
}

/** The result of a take, playing in step with its reference. A click opens the exact comparison. */
export function Result({ id, video: { url }, leader, style }: ResultProps) {
  const video = useRef<HTMLVideoElement>(null)
  const poster = useApp((state) => state.takePictures[id]?.result ?? null)
  const words = useApp((state) => takeWords(state, id))
  const compareTakes = useApp((state) => state.compareTakes)
  const showDetails = useApp((state) => state.showDetails)
  useInStep(video, leader)
  const compare = () => {
    compareTakes([id])
  }
  return (
    <Pane
      label="Result"
      title="Result"
      name={words}
      style={style}
      tools={
        <>
          <IconButton
            size="small"
            label="Details of this take"
            icon={<Info />}
            onClick={() => {
              showDetails(id)
            }}
          />
          <Button
            size="small"
            look="quiet"
            className="px-1.5"
            icon={<Columns2 aria-hidden />}
            onClick={compare}
          >
            <span className="@max-[15rem]:sr-only">Compare</span>
          </Button>
        </>
      }
    >
      <video
        ref={video}
        src={url}
        {...(poster && { poster })}
        muted
        playsInline
        preload="auto"
        aria-label="The result"
        className="absolute inset-0 size-full object-contain"
        onClick={compare}
      />
    </Pane>
  )
}

/** A take that has no result yet: how far it is, over what was there before. */
export function ComingPane({
  id,
  style,
  children,
}: {
  readonly id: string
  readonly style: CSSProperties
  readonly children?: ReactNode
}) {
  const take = useApp((state) => state.takes[id])
  const words = useApp((state) => takeWords(state, id))
  const showDetails = useApp((state) => state.showDetails)
  if (!take) return null
  return (
    <Pane label="Result" title="Result" name={words} style={style}>
      {children}
      <div className="absolute inset-0 flex flex-col items-center justify-center gap-2 bg-black/60 p-3 text-center text-sm">
        <PosterState take={take} />
        <Button
          size="small"
          icon={<Info aria-hidden />}
          onClick={() => {
            showDetails(id)
          }}
        >
          Details
        </Button>
      </div>
    </Pane>
  )
}

/**
 * The pane of a take that was made of the files on the stage: `leader` is the player of their clip, `aspect` the shape
 * until the result has its own.
 */
export function useMadeHere(id: string | null, leader: Leader | null, aspect: number): StagePicture | null {
  const isDone = useApp(({ takes }) => id !== null && takes[id]?.state === 'DONE')
  const isKnown = useApp(({ takes }) => id !== null && takes[id] !== undefined)
  const { answer } = useCall('take:compare', isDone && id !== null ? { takes: [id] } : undefined)
  const made = answer?.takes.find(({ take }) => take.id === id)?.result
  if (id === null || !isKnown) return null
  if (!made) return { key: 'result', aspect, render: (style) => <ComingPane id={id} style={style} /> }
  return {
    key: 'result',
    aspect: aspectOf(made),
    render: (style) => <Result id={id} video={made} leader={leader} style={style} />,
  }
}
