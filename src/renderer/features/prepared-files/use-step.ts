import { useEffect, useRef, useState, type RefObject } from 'react'
import type { ShortFix } from '../../../shared/domain/take.ts'
import { playerTime, type ClockStart } from '../../../shared/domain/player-clock.ts'
import type { Seconds } from '../../../shared/units.ts'
import { momentTolerance } from '../../../shared/units.ts'

/** How the prepared clip came out of the performed part. */
export type Performed = {
  readonly start: Seconds
  readonly length: Seconds
  /** How it was lengthened; null where it was not. */
  readonly short: ShortFix | null
  /** Of the prepared clip. */
  readonly prepared: Seconds
  /** Of the player that shows the user's clip. */
  readonly clock: ClockStart
}

const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most)

/** Where the player of the user's clip has the picture that the prepared clip shows at `time`. */
const sourceTime = (time: Seconds, performed: Performed): Seconds =>
  playerTime(performed.clock, timeInClip(time, performed))

function timeInClip(time: Seconds, { start, length, short, prepared }: Performed): Seconds {
  switch (short) {
    case null:
      return start + clamp(time, length)
    case 'slow-down':
      return start + clamp((time * length) / Math.max(prepared, length), length)
    case 'loop':
      return start + (time % length)
    case 'boomerang': {
      const there = time % (2 * length)
      return start + (there <= length ? there : 2 * length - there)
    }
  }
}

/** How fast the user's clip plays beside the prepared one; null where it runs backward and can only be stepped. */
function sourceSpeed(time: Seconds, { length, short, prepared }: Performed): number | null {
  if (short === 'slow-down') return length / Math.max(prepared, length)
  if (short === 'boomerang' && time % (2 * length) > length) return null
  return 1
}

/** How far apart the two may drift before the follower is corrected. */
const tolerance: Seconds = 0.12

/** Puts the user's clip where the prepared one is. */
function follow(leader: HTMLVideoElement, follower: HTMLVideoElement, performed: Performed): void {
  const wanted = sourceTime(leader.currentTime, performed)
  const speed = sourceSpeed(leader.currentTime, performed)
  const runs = !leader.paused && speed !== null
  if (!runs && !follower.paused) follower.pause()
  if (Math.abs(follower.currentTime - wanted) > (runs ? tolerance : momentTolerance) && !follower.seeking)
    follower.currentTime = wanted
  if (!runs) return
  if (follower.playbackRate !== speed) follower.playbackRate = speed
  // A follower that cannot play stays a still picture; the prepared clip is what matters.
  if (follower.paused) void follower.play().catch(() => undefined)
}

type StepControl = {
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
