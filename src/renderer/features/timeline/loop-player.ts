import type { Reading, LoopPlayer } from '../../lib/clip-player.ts'
import { type LoopVideo, createSeeker } from './seeker.ts'
import { frameTarget, type ClockStart } from '../../../shared/domain/player-clock.ts'
import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import type { Screen } from './screen.ts'
import { frameAtTime, intervalAt } from '../../lib/frame-times.ts'
import type { Edges, FrameSpan } from '../../state/trim-window.ts'

type LoopPlayerOptions = {
  readonly video: LoopVideo
  readonly start: ClockStart
  readonly screen: Screen
  readonly later: (run: () => void, delay: Milliseconds) => () => void
  /** Runs something once what is on the screen now has been painted. */
  readonly painted: (run: () => void) => () => void
  readonly onUnplayable: () => void
}

const fastest = 4

/** The speed a shuttle key leads to: 1, 2, 4 in its direction; the other direction starts at 1 again. */
export const nextSpeed = (speed: number, direction: 1 | -1): number =>
  speed * direction <= 0 ? direction : Math.max(-fastest, Math.min(fastest, speed * 2))

/**
 * Plays exactly the frames of the part, round and round. A browser runs on for a frame or two before a pause takes
 * hold, so what is on the screen is not the video itself but what `screen` copied from it, and only frames of the part
 * are copied. If the last frame was run over, it is gone back to before the next round.
 */
export function createLoopPlayer({
  video,
  start,
  screen,
  later,
  painted,
  onUnplayable,
}: LoopPlayerOptions): LoopPlayer {
  let edges: Edges = [0, 1]
  let span: FrameSpan = { from: 0, to: 1 }
  let frame = 0
  let speed = 0
  let wasAsked = false
  let stopWaiting: () => void = () => undefined
  const listeners = new Set<(reading: Reading) => void>()

  const last = () => span.to - 1
  const tell = () => {
    listeners.forEach((listener) => {
      listener({ frame, speed })
    })
  }
  const put = (shown: number) => {
    frame = shown
    tell()
  }
  const lengthOf = (shown: number): Seconds => (edges[shown + 1] ?? 0) - (edges[shown] ?? 0)

  const seeker = createSeeker({
    video,
    goTo: (wanted) => {
      video.currentTime = frameTarget(start, intervalAt(edges, wanted))
    },
    isShown: (wanted) => screen.copy((time) => frameAtTime(edges, time) === wanted),
    later,
  })
  const seek = (wanted: number, then: () => void) => {
    seeker.request(wanted, () => {
      put(wanted)
      then()
    })
  }

  const halt = () => {
    stopWaiting()
    seeker.forget()
    if (!video.paused) video.pause()
  }
  const wait = (run: () => void, seconds: Seconds) => {
    stopWaiting()
    stopWaiting = later(run, (seconds * 1000) / Math.abs(speed || 1))
  }

  const run = () => {
    if (speed <= 0) return
    video.playbackRate = speed
    video.play().catch((error: unknown) => {
      // A pause that comes before playing has begun is no failure.
      if (!(error instanceof DOMException && error.name === 'AbortError')) onUnplayable()
    })
  }
  const oncePainted = (next: () => void) => {
    stopWaiting()
    stopWaiting = painted(next)
  }
  const goRound = () => {
    if (speed <= 0) return
    if (!video.paused) video.pause()
    // On a busy machine two frames could be copied between two paints, and the first one never be seen.
    oncePainted(() => {
      seek(span.from, () => {
        oncePainted(() => {
          if (span.to - span.from > 1) run()
          else wait(goRound, lengthOf(span.from))
        })
      })
    })
  }
  const holdLast = () => {
    video.pause()
    wait(goRound, lengthOf(last()))
  }

  const backward = () => {
    if (speed >= 0) return
    const to = frame + speed
    seek(to < span.from || frame > last() ? last() : to, () => {
      wait(backward, -lengthOf(frame) * speed)
    })
  }

  const onFrame = () => {
    if (seeker.isBusy() || speed <= 0) return
    const copied = screen.copy((time) => {
      const shown = frameAtTime(edges, time)
      return shown >= span.from && shown <= last()
    })
    const time = screen.lastTime()
    const shown = time === null ? frame : frameAtTime(edges, time)
    if (copied) put(shown)
    if (shown < span.from) goRound()
    else if (shown === last() && copied) holdLast()
    else if (shown >= last()) {
      video.pause()
      if (frame === last()) goRound()
      else seek(last(), holdLast)
    }
  }
  const onEnded = () => {
    if (speed <= 0 || seeker.isBusy()) return
    if (frame === last()) goRound()
    else seek(last(), holdLast)
  }

  const unwatch = screen.watch(onFrame)
  video.addEventListener('ended', onEnded)

  const setSpeed = (next: number) => {
    halt()
    speed = next
    tell()
  }
  const show = (wanted: number) => {
    wasAsked = true
    if (speed !== 0) setSpeed(0)
    const place = Math.min(Math.max(wanted, 0), edges.length - 2)
    // The playhead is where the user put it; the picture follows as fast as it can be had.
    put(place)
    seek(place, () => undefined)
  }
  const play = (next: number) => {
    setSpeed(next)
    if (next < 0) backward()
    else if (frame < span.from || frame >= last()) goRound()
    else run()
  }

  return {
    reading: () => ({ frame, speed }),
    follow: (listener) => {
      listeners.add(listener)
      listener({ frame, speed })
      return () => void listeners.delete(listener)
    },
    setPart: (nextEdges, nextSpan) => {
      const before = intervalAt(edges, frame)
      edges = nextEdges
      span = nextSpan
      const { start: begins, end: ends } = intervalAt(edges, frame)
      // The times of an uneven clip come after its picture, and then the frame of this number may be another one.
      if (wasAsked && speed === 0 && (before.start !== begins || before.end !== ends)) show(frame)
    },
    toggle: () => {
      if (speed === 0) play(1)
      else setSpeed(0)
    },
    pause: () => {
      if (speed !== 0) setSpeed(0)
    },
    show,
    step: (frames) => {
      show(frame + frames)
    },
    shuttle: (direction) => {
      play(nextSpeed(speed, direction))
    },
    dispose: () => {
      setSpeed(0)
      listeners.clear()
      unwatch()
      video.removeEventListener('ended', onEnded)
    },
  }
}

/** Runs something after a while; answers with how to call it off. */
export const later = (run: () => void, delay: Milliseconds): (() => void) => {
  const timer = setTimeout(run, delay)
  return () => {
    clearTimeout(timer)
  }
}

/** Runs something once what was drawn so far is on the screen; answers with how to call it off. */
export const painted = (run: () => void): (() => void) => {
  const frame = requestAnimationFrame(run)
  return () => {
    cancelAnimationFrame(frame)
  }
}
