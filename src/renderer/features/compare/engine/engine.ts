import type { FrameList } from '../../../../shared/domain/frames.ts'
import { framesAtTime } from '../../../../shared/domain/pairs.ts'
import { momentTolerance, type Seconds } from '../../../../shared/units.ts'
import type { PairStatus, PlayerPair, Reading } from '../pair-types.ts'
import type { Scheduler } from '../player-side.ts'
import {
  createTimeline,
  isAtEnd,
  loopEnd,
  loopStart,
  noLoop,
  positionAt,
  stepBy,
  timeOf,
  type Position,
  type Timeline,
} from '../shared-clock.ts'
import type { Sound } from '../sound.ts'
import { createPlaying } from './playing.ts'
import type { FrameSource } from './frame-source.ts'
import type { Motion } from './frame-window.ts'
import { createShownFrames, type ShownFrame } from './shown-frames.ts'
import type { SoundTrack } from './sound.ts'

export type EngineSide = { readonly frames: FrameList; readonly source: FrameSource }

export type EngineOptions = {
  /** The reference first. */
  readonly sides: readonly EngineSide[]
  readonly sound: SoundTrack | null
  readonly heard: Sound
  readonly scheduler: Scheduler
  /** Paints these frames, which belong together. Called again when only the view has changed. */
  readonly onPaint: (shown: readonly ShownFrame[]) => void
  readonly onStatus: (status: PairStatus) => void
  readonly onReading: (reading: Reading) => void
  /** The machine can't decode in time: smaller copies would help. */
  readonly onHeavy: () => void
  /** A decoded frame of this side can't be painted. */
  readonly onUnreadable: (side: number, error: unknown) => void
}

export type Engine = PlayerPair & {
  /** Any frame of any side has arrived. */
  readonly frameArrived: () => void
  /** The sides that have to be shown; the others are not decoded. */
  readonly setVisible: (sides: readonly number[]) => void
  /** Paints what is shown once more. */
  readonly repaint: () => void
  /** Goes on with another source for a side; the frames are the same ones. */
  readonly replaceSource: (side: number, source: FrameSource) => void
  readonly fail: (side: number) => void
}

/** How many steps around the wanted place are searched for a pair that can be shown at once. */
const nearby = 60

/**
 * Plays any number of sides from decoded frames. Nothing is painted but frames that `framesAtTime` names for one
 * moment: the clock waits until all of them are there.
 */
export function createEngine(options: EngineOptions): Engine {
  const { scheduler, sound, onPaint } = options
  const sources = options.sides.map(({ source }) => source)
  let leads: readonly Seconds[] = options.sides.map(() => 0)
  let timeline = place()
  let position: Position = positionAt(timeline, timeline.start)
  let visible: readonly number[] = options.sides.map((_, side) => side)
  let wantsToPlay = false
  let scrubbing = false
  let closed = false
  /** The moment of what is painted; null before the first picture. */
  let paintedTime: Seconds | null = null
  /** Counts the places gone to: what was asked for one of them may come after the next. */
  let round = 0
  const shown = createShownFrames(options.onUnreadable)
  let status: PairStatus = {
    phase: 'loading',
    settled: false,
    speed: 1,
    loop: noLoop,
    sound: options.heard,
    catchingUp: false,
    slow: false,
    failed: null,
  }

  const playing = createPlaying({
    scheduler,
    sound,
    framesReady: (time) => {
      const frames = want(time, 'playing')
      return visible.every((side) => sources[side]?.has(frames[side] ?? 0))
    },
    isBusy: shown.isBusy,
    startReady: () => visible.every((side) => sources[side]?.isReady()),
    onTime: (time) => {
      position = positionAt(timeline, time)
      paint(time)
    },
    onEnd: () => {
      wantsToPlay = false
      change({ phase: 'paused' })
      goTo(positionAt(timeline, timeline.end), 'still')
    },
    onWaiting: (catchingUp) => {
      if (status.catchingUp !== catchingUp) change({ catchingUp })
    },
    onSlow: (slow) => {
      if (slow) options.onHeavy()
      if (status.slow !== slow) change({ slow })
    },
  })

  function place(): Timeline {
    const placed = createTimeline(
      options.sides.map(({ frames }, side) => ({ ...frames, lead: leads[side] ?? 0 })),
    )
    sound?.place(leads, { start: placed.start, end: placed.end })
    return placed
  }

  function change(part: Partial<PairStatus>) {
    status = { ...status, ...part }
    options.onStatus(status)
  }

  /** Tells every visible side which frame it has to show at this moment. */
  function want(time: Seconds, motion: Motion): readonly number[] {
    const frames = framesAtTime(timeline.sides, time)
    const { first, last } = loopFrames()
    for (const side of visible) {
      const loop = { first: first[side] ?? 0, last: last[side] ?? 0 }
      sources[side]?.want(frames[side] ?? 0, motion, motion === 'playing' && status.loop.on ? loop : null)
    }
    return frames
  }

  /** The first and the last frame of every side in the loop. */
  function loopFrames() {
    const { start, end } = played()
    // The end is where the next frame would begin.
    const inside = Math.max(start, end - 2 * momentTolerance)
    return { first: framesAtTime(timeline.sides, start), last: framesAtTime(timeline.sides, inside) }
  }

  const haveAll = (frames: readonly number[]) =>
    visible.every((side) => sources[side]?.has(frames[side] ?? 0))

  /** Paints the pair of this moment, and then calls `done`. */
  function paint(time: Seconds, done?: () => void) {
    const frames = framesAtTime(timeline.sides, time)
    shown.show(
      visible.map((side) => ({ side, frame: frames[side] ?? 0 })),
      (side, frame) => sources[side]?.get(frame) ?? null,
      (changed) => {
        paintedTime = time
        if (changed) onPaint(shown.all())
        options.onReading(reading())
        done?.()
      },
    )
  }

  function reading(): Reading {
    const time = paintedTime ?? timeOf(timeline, position)
    const wanted = wantsToPlay && status.settled ? time : timeOf(timeline, position)
    return { time, wanted, frames: framesAtTime(timeline.sides, time) }
  }

  /** Paints the wanted pair if all of it is there, else the nearest one that is. */
  function settle() {
    if (closed || status.phase === 'failed' || status.settled) return
    const time = timeOf(timeline, position)
    const frames = framesAtTime(timeline.sides, time)
    if (!haveAll(frames)) {
      paintNearest()
      return
    }
    const asked = round
    paint(time, () => {
      if (asked !== round || status.settled || status.phase === 'failed') return
      const phase = wantsToPlay ? 'playing' : 'paused'
      change({ settled: true, ...(status.phase === 'loading' && { phase }) })
      if (wantsToPlay && !scrubbing) startPlaying()
    })
  }

  function paintNearest() {
    if (paintedTime === null) return
    const now = positionAt(timeline, paintedTime).step
    const closer = Math.min(nearby, Math.abs(now - position.step) - 1)
    for (let away = 1; away <= closer; away += 1)
      for (const step of [position.step - away, position.step + away]) {
        if (step < 0 || step >= timeline.steps.frameTimes.length) continue
        const time = timeOf(timeline, { step, into: position.into })
        if (!haveAll(framesAtTime(timeline.sides, time))) continue
        paint(time)
        return
      }
    options.onReading(reading())
  }

  function goTo(next: Position, motion: Motion) {
    position = next
    round += 1
    playing.stop()
    if (closed || status.phase === 'failed') return
    if (status.settled) change({ settled: false, catchingUp: false })
    want(timeOf(timeline, position), wantsToPlay ? 'playing' : motion)
    settle()
  }

  const played = () => ({ start: loopStart(timeline, status.loop), end: loopEnd(timeline, status.loop) })

  function startPlaying() {
    const time = timeOf(timeline, position)
    want(time, 'playing')
    playing.start({
      from: paintedTime ?? time,
      speed: status.speed,
      span: played(),
      loops: status.loop.on,
      heard: status.sound !== 'none',
    })
  }

  /** After something has changed that playing was started with. */
  function restart() {
    if (!playing.isOn()) return
    playing.stop()
    startPlaying()
  }

  function play() {
    if (wantsToPlay || status.phase === 'failed') return
    wantsToPlay = true
    if (status.phase === 'loading') return
    change({ phase: 'playing' })
    const time = timeOf(timeline, position)
    if (isAtEnd(timeline, time) || time >= loopEnd(timeline, status.loop))
      goTo(positionAt(timeline, loopStart(timeline, status.loop)), 'playing')
    else if (status.settled) startPlaying()
  }

  function pause() {
    if (!wantsToPlay) return
    wantsToPlay = false
    if (status.phase === 'playing') change({ phase: 'paused', catchingUp: false, slow: false })
    goTo(paintedTime === null ? position : positionAt(timeline, paintedTime), 'still')
  }

  const heardSide = (heard: Sound) => (heard === 'none' ? null : heard === 'reference' ? 0 : resultSide())
  /** The take that is compared: the last of the visible sides that is none of the others. */
  const resultSide = () => visible.find((side) => side > 0) ?? 1

  sound?.hear(heardSide(status.sound))
  want(timeOf(timeline, position), 'still')

  return {
    status: () => status,
    reading,
    play,
    pause,
    toggle: () => {
      if (wantsToPlay) pause()
      else play()
    },
    seek: (time) => {
      goTo(positionAt(timeline, time), 'still')
    },
    scrub: (time) => {
      scrubbing = true
      goTo(positionAt(timeline, time), 'still')
    },
    endScrub: () => {
      if (!scrubbing) return
      scrubbing = false
      if (wantsToPlay && status.settled) startPlaying()
    },
    step: (frames) => {
      pause()
      goTo(stepBy(timeline, position, frames), frames < 0 ? 'back' : 'still')
    },
    setSpeed: (speed) => {
      change({ speed })
      restart()
    },
    setLoop: (loop) => {
      change({ loop })
      restart()
    },
    setSound: (heard) => {
      const wasSilent = status.sound === 'none'
      change({ sound: heard })
      const goesOn = sound?.hear(heardSide(heard)) ?? true
      if (!goesOn || wasSilent || heard === 'none') restart()
    },
    setVolume: (volume) => sound?.setVolume(volume),
    setLeads: (next) => {
      const time = timeOf(timeline, position)
      leads = next
      timeline = place()
      goTo(positionAt(timeline, time), 'still')
    },
    frameArrived: () => {
      if (playing.isOn()) playing.frameArrived()
      else settle()
    },
    setVisible: (next) => {
      visible = next
      sound?.hear(heardSide(status.sound))
      goTo(paintedTime === null ? position : positionAt(timeline, paintedTime), 'still')
    },
    repaint: () => {
      onPaint(shown.all())
    },
    replaceSource: (side, source) => {
      sources[side]?.close()
      sources[side] = source
      goTo(paintedTime === null ? position : positionAt(timeline, paintedTime), 'still')
    },
    fail: (side) => {
      wantsToPlay = false
      playing.stop()
      change({ phase: 'failed', failed: side === 0 ? 'reference' : 'result', catchingUp: false })
    },
    dispose: () => {
      closed = true
      playing.stop()
      sound?.dispose()
      shown.close()
      for (const source of sources) source.close()
    },
  }
}
