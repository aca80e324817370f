import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import { frameAt, type FrameList } from '../../../shared/domain/frames.ts'
import { clipTime, playerTime, type ClockStart } from '../../../shared/domain/player-clock.ts'

import type { Wanted } from './shared-clock.ts'

export type Scheduler = {
  readonly now: () => Milliseconds
  /** Before the next repaint. */
  readonly nextFrame: (run: () => void) => number
  readonly cancelFrame: (handle: number) => void
}

/** The part of a video element that the engine uses. */
export type Player = {
  currentTime: number
  playbackRate: number
  muted: boolean
  /** False: the rate may change at once, and with it the pitch. */
  preservesPitch: boolean
  volume: number
  readonly ended: boolean
  readonly seeking: boolean
  readonly readyState: number
  readonly duration: number
  /** 0 for a file of which only the sound can be decoded. */
  readonly videoWidth: number
  readonly error: object | null
  play(): Promise<void>
  pause(): void
  requestVideoFrameCallback(
    callback: (
      now: Milliseconds,
      frame: { readonly mediaTime: Seconds; readonly expectedDisplayTime: Milliseconds },
    ) => void,
  ): number
  cancelVideoFrameCallback(handle: number): void
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
}

/** A video, and where the clock of its player begins. */
export type ClockedVideo = FrameList & { readonly clockStart: ClockStart }

export type ShownFrame = {
  readonly frame: number
  /** Counted from the first frame. */
  readonly mediaTime: Seconds
  /** When it reaches the screen. */
  readonly at: Milliseconds
}

export type PlayerSide = {
  readonly player: Player
  /** Where the player is, counted from the first frame. */
  readonly now: () => Seconds
  /** What is on the screen, as the player reported it. */
  readonly shown: () => ShownFrame | null
  /** Told to play since the last halt; perhaps at its end by now. */
  readonly hasStarted: () => boolean
  /** Told to play, and not at its end. */
  readonly isRunning: () => boolean
  readonly start: (rate: number) => Promise<void>
  readonly halt: () => void
  /** Goes to a frame and waits until it is on the screen; does nothing if it is already there. */
  readonly show: (wanted: Wanted) => Promise<void>
  /** Jumps while playing, without waiting. */
  readonly jump: (time: Seconds) => void
  readonly dispose: () => void
}

type SideListeners = {
  readonly onFrame: () => void
  /** The player has run out of data in the middle of playing. */
  readonly onStall: () => void
  readonly onError: () => void
  readonly onLoaded: () => void
}

/** `HTMLMediaElement.HAVE_CURRENT_DATA` and `.HAVE_FUTURE_DATA`. */
export const hasPicture = 2
export const canPlayOn = 3

/**
 * A seek is announced before its picture is on the screen. A player that shows the same picture again may not report
 * it, so the wait has an end.
 */
const repaintsToWait = 20

type SideOptions = SideListeners & { readonly scheduler: Pick<Scheduler, 'nextFrame'> }

export function createPlayerSide(player: Player, video: ClockedVideo, options: SideOptions): PlayerSide {
  const { scheduler, ...listeners } = options
  let shown: ShownFrame | null = null
  let started = false
  /** The frame the last seek landed on; null once playing has moved on from it. */
  let settledOn: number | null = null

  const onWaiting = () => {
    if (started && !player.seeking && !player.ended) listeners.onStall()
  }
  const events = { waiting: onWaiting, error: listeners.onError, loadeddata: listeners.onLoaded }
  for (const [type, listener] of Object.entries(events)) player.addEventListener(type, listener)

  const watch = (): number =>
    player.requestVideoFrameCallback((_, { mediaTime: ofPlayer, expectedDisplayTime }) => {
      const mediaTime = clipTime(video.clockStart, ofPlayer)
      shown = { frame: frameAt(video.frameTimes, mediaTime), mediaTime, at: expectedDisplayTime }
      watching = watch()
      listeners.onFrame()
    })
  let watching = watch()

  const untilShown = (frame: number) =>
    new Promise<void>((resolve) => {
      let left = repaintsToWait
      const look = () => {
        left -= 1
        if (shown?.frame === frame || left < 0 || player.error) resolve()
        else scheduler.nextFrame(look)
      }
      look()
    })

  return {
    player,
    now: () => clipTime(video.clockStart, player.currentTime),
    shown: () => shown,
    hasStarted: () => started,
    isRunning: () => started && !player.ended,
    start: (rate) => {
      started = true
      settledOn = null
      player.playbackRate = rate
      return player.play()
    },
    halt: () => {
      started = false
      player.pause()
    },
    show: async ({ frame, time }) => {
      if (settledOn === frame && !player.seeking) return
      settledOn = frame
      // One that has failed answers no seek any more.
      if (player.error) return
      player.currentTime = playerTime(video.clockStart, time)
      await untilEvent(player, ['seeked', 'error'])
      await untilShown(frame)
    },
    jump: (time) => {
      player.currentTime = playerTime(video.clockStart, time)
    },
    dispose: () => {
      player.cancelVideoFrameCallback(watching)
      for (const [type, listener] of Object.entries(events)) player.removeEventListener(type, listener)
    },
  }
}

/** Waits for the first of these events. */
export function untilEvent(player: Player, types: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      for (const type of types) player.removeEventListener(type, heard)
      resolve()
    }
    for (const type of types) player.addEventListener(type, heard)
  })
}

type SeekQueue<Target> = {
  /** Goes there as soon as the seek under way has landed; of several wishes only the newest is carried out. */
  readonly request: (target: Target) => void
  readonly isIdle: () => boolean
  /** Forgets what waits; a seek under way finishes, and its end is ignored. */
  readonly dispose: () => void
}

type SeekQueueOptions<Target> = {
  readonly seek: (target: Target) => Promise<void>
  /** Every wish has been carried out. */
  readonly onIdle: () => void
}

/** One seek in flight, the newest wish next: a scrub over hundreds of places costs as many seeks as the player can do. */
export function createSeekQueue<Target>({ seek, onIdle }: SeekQueueOptions<Target>): SeekQueue<Target> {
  let waiting: { readonly target: Target } | null = null
  let busy = false
  let disposed = false

  const next = () => {
    if (disposed) return
    if (waiting === null) {
      busy = false
      onIdle()
      return
    }
    const { target } = waiting
    waiting = null
    void seek(target).then(next)
  }

  return {
    request: (target) => {
      waiting = { target }
      if (busy) return
      busy = true
      next()
    },
    isIdle: () => !busy,
    dispose: () => {
      disposed = true
    },
  }
}
