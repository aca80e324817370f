import { useEffect, type RefObject } from 'react'
import type { Seconds } from '../../../../shared/units.ts'

/** Where the reference is in what it performs, and whether it plays. */
export type Moment = { readonly time: Seconds; readonly isPlaying: boolean }

/** Tells where the reference is, at once and whenever that changes. */
export type Leader = (listener: (moment: Moment) => void) => () => void

/** The part of a video that is used here. */
export type Follower = Pick<
  HTMLVideoElement,
  'currentTime' | 'duration' | 'paused' | 'seeking' | 'play' | 'pause'
>

/** An eye sees two videos together up to about here; every correction is a jump, so a smaller gap stays. */
const tolerated: Seconds = 0.08

/** Brings a video to where its leader is. */
export function fallIn(video: Follower, { time, isPlaying }: Moment): void {
  const end = Number.isFinite(video.duration) ? video.duration : time
  const wanted = Math.min(time, Math.max(0, end - 0.01))
  const isOver = time >= end
  if (isPlaying && !isOver && video.paused) video.play().catch(() => undefined)
  if ((!isPlaying || isOver) && !video.paused) video.pause()
  const apart = Math.abs(video.currentTime - wanted)
  if (!video.seeking && apart > (isPlaying ? tolerated : 0.005)) video.currentTime = wanted
}

/** Plays a result beside its reference. The exact comparison is in Compare; this one is for the eye. */
export function useInStep(video: RefObject<HTMLVideoElement | null>, leader: Leader | null): void {
  useEffect(
    () =>
      leader?.((moment) => {
        if (video.current) fallIn(video.current, moment)
      }),
    [video, leader],
  )
}
