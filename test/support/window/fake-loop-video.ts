import type { LoopVideo } from '../../../src/renderer/features/timeline/seeker.ts'
import type { Screen } from '../../../src/renderer/features/timeline/screen.ts'
import type { Edges } from '../../../src/renderer/state/trim-window.ts'

/** A video that plays, seeks and reports only when a test says so, and the screen its frames are copied to. */
export function createFakeLoopVideo(edges: Edges, start = 0) {
  const listeners = new Map<string, Set<() => void>>()
  const timers: (() => void)[] = []
  const shown: number[] = []
  let time = 0
  let seeking = false
  let paused = true
  let onFrame: () => void = () => undefined
  const frames = edges.length - 1
  const frameNow = () =>
    Math.min(
      edges.findLastIndex((edge) => edge <= time + 1e-9),
      frames - 1,
    )
  const fire = (event: string) => {
    ;[...(listeners.get(event) ?? [])].forEach((listener) => {
      listener()
    })
  }

  const video: LoopVideo = {
    get currentTime() {
      return time + start
    },
    set currentTime(to: number) {
      time = to - start
      seeking = true
    },
    playbackRate: 1,
    get paused() {
      return paused
    },
    readyState: 4,
    play: () => {
      paused = false
      return Promise.resolve()
    },
    pause: () => {
      paused = true
    },
    addEventListener: (type: string, listener: unknown) => {
      const known = listeners.get(type) ?? new Set()
      listeners.set(type, known.add(listener as () => void))
    },
    removeEventListener: (type: string, listener: unknown) => {
      listeners.get(type)?.delete(listener as () => void)
    },
  }
  const screen: Screen = {
    copy: (isWanted) => {
      if (seeking || !isWanted(edges[frameNow()] ?? 0)) return false
      if (shown.at(-1) !== frameNow()) shown.push(frameNow())
      return true
    },
    lastTime: () => edges[frameNow()] ?? 0,
    watch: (listener) => {
      onFrame = listener
      return () => undefined
    },
  }

  const later = (run: () => void) => {
    timers.push(run)
    return () => {
      const index = timers.indexOf(run)
      if (index >= 0) timers.splice(index, 1)
    }
  }

  return {
    video,
    screen,
    later,
    painted: later,
    /** Every frame that reached the screen, in order. */
    shown,
    isPlaying: () => !paused,
    /** Lets the seek under way land, and then whatever waits run. */
    settle: () => {
      for (let left = 200; left > 0 && (seeking || timers.length > 0) && paused; left -= 1) {
        if (seeking) {
          seeking = false
          fire('seeked')
        } else timers.shift()?.()
      }
    },
    /** Lets a playing video run on by some frames before it reports. */
    run: (count: number) => {
      if (paused || seeking) return
      time = edges[Math.min(frameNow() + count, frames)] ?? time
      if (time >= (edges[frames] ?? 0)) {
        paused = true
        fire('ended')
      } else onFrame()
    },
  }
}
