import { useEffect, useRef, useState, type RefObject } from 'react'
import type { Seconds } from '../../../shared/units.ts'
import { sourceSpeed, sourceTime, type Performed } from './source-time.ts'

/** How far apart the two may drift before the follower is put right. */
const tolerance: Seconds = 0.12

/** Puts the user's clip where the prepared one is. */
function follow(leader: HTMLVideoElement, follower: HTMLVideoElement, performed: Performed): void {
  const wanted = sourceTime(leader.currentTime, performed)
  const speed = sourceSpeed(leader.currentTime, performed)
  const runs = !leader.paused && speed !== null
  if (!runs && !follower.paused) follower.pause()
  if (Math.abs(follower.currentTime - wanted) > (runs ? tolerance : 0.001) && !follower.seeking)
    follower.currentTime = wanted
  if (!runs) return
  if (follower.playbackRate !== speed) follower.playbackRate = speed
  // A follower that cannot play stays a still picture; the prepared clip is what matters.
  if (follower.paused) void follower.play().catch(() => undefined)
}

export type StepControl = {
  /** The prepared clip, which leads. */
  readonly after: RefObject<HTMLVideoElement | null>
  readonly before: RefObject<HTMLVideoElement | null>
  readonly playing: boolean
  readonly time: Seconds
  readonly toggle: () => void
  readonly seek: (time: Seconds) => void
}

/** Two players in step: the prepared clip leads, and round and round. */
export function useStep(performed: Performed): StepControl {
  const after = useRef<HTMLVideoElement>(null)
  const before = useRef<HTMLVideoElement>(null)
  const [playing, setPlaying] = useState(false)
  const [time, setTime] = useState(0)
  const { start, length, short, prepared, clock } = performed
  useEffect(() => {
    const leader = after.current
    if (!leader) return
    const step = () => {
      if (before.current) follow(leader, before.current, { start, length, short, prepared, clock })
    }
    const tell = () => {
      step()
      setPlaying(!leader.paused)
      setTime(leader.currentTime)
    }
    const events = ['play', 'pause', 'seeked', 'timeupdate', 'loadeddata'] as const
    events.forEach((name) => {
      leader.addEventListener(name, tell)
    })
    // Between the slow time updates the follower is looked after, too; without React.
    const timer = setInterval(step, 40)
    step()
    return () => {
      clearInterval(timer)
      events.forEach((name) => {
        leader.removeEventListener(name, tell)
      })
    }
  }, [start, length, short, prepared, clock])
  return {
    after,
    before,
    playing,
    time,
    toggle: () => {
      const leader = after.current
      if (!leader) return
      if (leader.paused) void leader.play().catch(() => undefined)
      else leader.pause()
    },
    seek: (to) => {
      if (after.current) after.current.currentTime = to
    },
  }
}
