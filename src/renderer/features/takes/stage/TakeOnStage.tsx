import { Pause, Play } from 'lucide-react'
import { useCallback, useEffect, useRef, useState, type CSSProperties } from 'react'
import type { PlayableVideo } from '../../../../shared/domain/views.ts'
import { useCall } from '../../../lib/use-call.ts'
import { useApp } from '../../../state/store.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Pane } from '../../../ui/Pane.tsx'
import { Panes, type StagePicture } from '../../../ui/Panes.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { PosterPicture } from '../posters/PosterPicture.tsx'
import { aspectOf, ComingPane, Result } from './Result.tsx'
import type { Leader, Moment } from './use-in-step.ts'

const told = ['timeupdate', 'play', 'pause', 'seeked', 'loadeddata'] as const

/** What the reference's own element says about where it is. */
function useOwnReference(): {
  readonly ref: (video: HTMLVideoElement) => () => void
  readonly leader: Leader
} {
  const listeners = useRef(new Set<(moment: Moment) => void>())
  const element = useRef<HTMLVideoElement | null>(null)
  const tell = useCallback(() => {
    const video = element.current
    if (!video) return
    for (const listener of listeners.current) listener({ time: video.currentTime, isPlaying: !video.paused })
  }, [])
  const ref = useCallback(
    (video: HTMLVideoElement) => {
      element.current = video
      for (const event of told) video.addEventListener(event, tell)
      return () => {
        element.current = null
        for (const event of told) video.removeEventListener(event, tell)
      }
    },
    [tell],
  )
  const leader = useCallback<Leader>(
    (listener) => {
      const { current } = listeners
      current.add(listener)
      tell()
      return () => void current.delete(listener)
    },
    [tell],
  )
  return { ref, leader }
}

type ReferenceProps = {
  readonly id: string
  readonly name: string
  readonly video: PlayableVideo
  readonly register: (video: HTMLVideoElement) => () => void
  readonly style: CSSProperties
}

/** The reference as it was sent, round and round. */
function Reference({ id, name, video: { url }, register, style }: ReferenceProps) {
  const own = useRef<HTMLVideoElement | null>(null)
  const poster = useApp((state) => state.takePictures[id]?.clip ?? null)
  const [isPlaying, setPlaying] = useState(false)
  const watched = useCallback(
    (video: HTMLVideoElement) => {
      own.current = video
      return register(video)
    },
    [register],
  )
  const toggle = () => {
    if (!own.current) return
    if (own.current.paused) own.current.play().catch(() => undefined)
    else own.current.pause()
  }
  return (
    <Pane
      label="Clip"
      title="Reference"
      name={name}
      style={style}
      tools={
        <IconButton
          size="small"
          label={isPlaying ? 'Pause' : 'Play'}
          icon={isPlaying ? <Pause /> : <Play />}
          onClick={toggle}
        />
      }
    >
      <video
        ref={watched}
        src={url}
        {...(poster && { poster })}
        muted
        loop
        autoPlay
        playsInline
        preload="auto"
        aria-label={`The reference, ${name}`}
        className="absolute inset-0 size-full object-contain"
        onClick={toggle}
        onPlay={() => {
          setPlaying(true)
        }}
        onPause={() => {
          setPlaying(false)
        }}
      />
    </Pane>
  )
}

/** A take on the stage: what went in, and what came out of it. */
export function TakeOnStage({ id }: { readonly id: string }) {
  const take = useApp((state) => state.takes[id])
  const isDone = take?.state === 'DONE'
  const { answer, problem } = useCall('take:compare', isDone ? { takes: [id] } : undefined)
  const { ref, leader } = useOwnReference()
  const noteResultProblem = useApp((state) => state.noteResultProblem)
  const showDetails = useApp((state) => state.showDetails)
  useEffect(() => {
    if (!problem) return
    noteResultProblem(id, problem)
    showDetails(id)
  }, [id, problem, noteResultProblem, showDetails])
  if (!take) return null
  const sent = take.preparedCharacter
  const character: StagePicture = {
    key: 'character',
    aspect: sent ? aspectOf(sent) : 9 / 16,
    render: (style) => (
      <Pane label="Character" title="Character" name={take.characterName} style={style}>
        <PosterPicture id={id} of="character" className="absolute inset-0 size-full" />
      </Pane>
    ),
  }
  const made = answer?.takes[0]?.result
  if (!answer || !made) {
    const aspect = take.preparedClip ? aspectOf(take.preparedClip) : 9 / 16
    const clip: StagePicture = {
      key: 'clip',
      aspect,
      render: (style) => (
        <Pane label="Clip" title="Reference" name={take.clipName} style={style}>
          <PosterPicture id={id} of="clip" className="absolute inset-0 size-full" />
        </Pane>
      ),
    }
    const coming: StagePicture = {
      key: 'result',
      aspect,
      render: (style) =>
        isDone && !problem ? (
          <Pane label="Result" title="Result" style={style}>
            <p role="status" className="absolute inset-0 flex items-center justify-center gap-2 text-sm">
              <Spinner /> Opening the result
            </p>
          </Pane>
        ) : (
          <ComingPane id={id} style={style}>
            <PosterPicture id={id} of="clip" className="absolute inset-0 size-full" />
          </ComingPane>
        ),
    }
    return <Panes pictures={[character, clip, coming]} />
  }
  const { reference } = answer
  return (
    <Panes
      pictures={[
        character,
        {
          key: 'clip',
          aspect: aspectOf(reference),
          render: (style) => (
            <Reference id={id} name={take.clipName} video={reference} register={ref} style={style} />
          ),
        },
        {
          key: 'result',
          aspect: aspectOf(made),
          render: (style) => <Result id={id} video={made} leader={leader} style={style} />,
        },
      ]}
    />
  )
}
