import type { Milliseconds, Seconds } from '../../../../shared/units.ts'
import type { Scheduler } from '../player-side.ts'
import { createStallMeter, longestTick, placeAfter, tickLength, type Span } from './clock.ts'
import type { SoundTrack } from './sound.ts'

export type PlayedPart = {
  readonly from: Seconds
  readonly speed: number
  readonly span: Span
  readonly loops: boolean
  readonly heard: boolean
}

/** The clock while it runs. It never comes to a moment whose frames are not there. */
export type Playing = {
  readonly start: (part: PlayedPart) => void
  readonly stop: () => void
  readonly isOn: () => boolean
  readonly frameArrived: () => void
}

type PlayingOptions = {
  readonly scheduler: Scheduler
  readonly sound: SoundTrack | null
  /** Asks for the frames of this moment; true if all of them are there. */
  readonly framesReady: (time: Seconds) => boolean
  /** The last moment is not painted yet. */
  readonly isBusy: () => boolean
  /** The next frames are there too, so that it does not stop at once. */
  readonly startReady: () => boolean
  readonly onTime: (time: Seconds) => void
  readonly onEnd: () => void
  /** Waiting for long enough that it has to be said. */
  readonly onWaiting: (waiting: boolean) => void
  readonly onSlow: (slow: boolean) => void
  /** It has been slow for so long that painting less has not helped. */
  readonly onHeavy: () => void
}

/** A wait that long is a stop: the sound is held too, and both begin again together. */
const stopAfter: Milliseconds = 250
/** A sound device that has not begun by then leaves the pictures waiting for nothing. */
const soundWithin: Milliseconds = 800
/** On a machine that is too slow, half the pictures of a fast screen are painted. */
const reliefInterval: Milliseconds = 33
/** How long that is tried before smaller copies are asked for. */
const heavyAfter: Milliseconds = 2000

export function createPlaying(options: PlayingOptions): Playing {
  const { scheduler, sound, framesReady, startReady, isBusy, onTime, onEnd, onWaiting, onSlow, onHeavy } =
    options
  const meter = createStallMeter()
  let part: PlayedPart | null = null
  let handle: number | null = null
  let time: Seconds = 0
  let last: Milliseconds = 0
  let stalledSince: Milliseconds | null = null
  let slow = false
  let slowSince: Milliseconds | null = null
  /** Where the sound began, and when it was told to; null while the clock runs without it. */
  let voice: { readonly from: Seconds; readonly at: Milliseconds } | null = null
  /** The sound device did not begin. */
  let mute = false
  let moving = false
  /** It has moved since it was started: from then on every wait is a stall. */
  let started = false

  function stopSound() {
    if (voice !== null) sound?.stop()
    voice = null
  }

  /** Begins, or begins again, once the next frames of all sides are there. */
  function begin(now: Milliseconds) {
    if (part === null || moving) return
    if (!framesReady(time) || !startReady()) {
      if (stalledSince !== null && now - stalledSince > stopAfter) onWaiting(true)
      return
    }
    moving = true
    started = true
    last = now
    stalledSince = null
    onWaiting(false)
    joinSound(now)
  }

  function joinSound(now: Milliseconds) {
    if (part?.heard !== true || mute || voice !== null || sound?.isReady(part.speed) !== true) return
    sound.start(time, part.speed, part.loops ? part.span : null)
    voice = { from: time, at: now }
  }

  /** Where the clock would be now; null while the sound device is about to begin. */
  function candidate(now: Milliseconds, { speed, span, loops }: PlayedPart) {
    if (voice === null) return placeAfter(time, tickLength(now - last, speed), span, loops)
    const heard = sound?.played(now) ?? null
    if (heard !== null) return placeAfter(voice.from, heard, span, loops)
    if (now - voice.at < soundWithin) return null
    // Nothing comes out of it: the pictures play without.
    stopSound()
    mute = true
    return placeAfter(time, tickLength(now - last, speed), span, loops)
  }

  function tick() {
    if (part === null) return
    handle = scheduler.nextFrame(tick)
    const now = scheduler.now()
    if (moving) {
      move(now, part)
      return
    }
    meter.record({ at: now, stalled: started })
    judge(now)
    begin(now)
  }

  function move(now: Milliseconds, playedPart: PlayedPart) {
    if (isBusy()) {
      // Painting takes so long that the clock loses time.
      if (now - last > longestTick) {
        meter.record({ at: now, stalled: true })
        judge(now)
      }
      return
    }
    joinSound(now)
    const next = candidate(now, playedPart)
    if (next === null) {
      last = now
      return
    }
    const ready = framesReady(next.time)
    meter.record({ at: now, stalled: !ready })
    judge(now)
    if (!ready) {
      wait(now)
      return
    }
    if (next.ended) {
      finish()
      return
    }
    if (slow && now - last < reliefInterval) return
    stalledSince = null
    last = now
    time = next.time
    onTime(time)
  }

  function judge(now: Milliseconds) {
    const isSlow = meter.isSlow()
    if (isSlow && slowSince !== null && now - slowSince > heavyAfter) {
      slowSince = Infinity
      onHeavy()
    }
    if (isSlow !== slow) setSlow(isSlow ? now : null)
  }

  function setSlow(since: Milliseconds | null) {
    slowSince = since
    slow = since !== null
    onSlow(slow)
  }

  function wait(now: Milliseconds) {
    last = now
    stalledSince ??= now
    if (now - stalledSince < stopAfter) return
    stopSound()
    moving = false
    onWaiting(true)
  }

  function finish() {
    stop()
    onEnd()
  }

  function stop() {
    stopSound()
    if (handle !== null) scheduler.cancelFrame(handle)
    handle = null
    part = null
    moving = false
    started = false
    stalledSince = null
    mute = false
    meter.reset()
    if (slow) setSlow(null)
  }

  return {
    start: (next) => {
      stop()
      part = next
      time = next.from
      const now = scheduler.now()
      stalledSince = now
      handle = scheduler.nextFrame(tick)
      begin(now)
    },
    stop,
    isOn: () => part !== null,
    frameArrived: () => {
      if (!moving) begin(scheduler.now())
    },
  }
}
