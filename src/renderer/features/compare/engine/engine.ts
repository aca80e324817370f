import { framesAtTime } from '../../../../shared/domain/pairs.ts'
import type { Seconds } from '../../../../shared/units.ts'
import { firstStatus, type PairStatus, type Reading } from '../pair-types.ts'
import {
  createTimeline,
  isAtEnd,
  loopEnd,
  loopStart,
  positionAt,
  stepBy,
  timeOf,
  type Position,
  type Timeline,
} from '../shared-clock.ts'
import type { Sound } from '../sound.ts'
import type { Engine, EngineOptions } from './engine-types.ts'
import type { Motion } from './frame-window.ts'
import { createPairScreen } from './pair-screen.ts'
import { createPlaying } from './playing.ts'

/**
 * Plays any number of sides from decoded frames. Nothing is painted but frames that `framesAtTime` names for one
 * moment: the clock waits until all of them are there.
 */
export function createEngine(options: EngineOptions): Engine {
  const { scheduler, sound } = options
  let frameLists = options.sides.map(({ frames }) => frames)
  let leads: readonly Seconds[] = frameLists.map(() => 0)
  let timeline = place()
  let position: Position = positionAt(timeline, timeline.start)
  /** The side whose sound is that of the result. */
  let result = 1
  let wantsToPlay = false
  let scrubbing = false
  let closed = false
  /** Counts the places gone to: what was asked for one of them may come after the next. */
  let round = 0
  let status = firstStatus(options.heard)
  const screen = createPairScreen({
    ...options,
    timeline,
    sources: options.sides.map(({ source }) => source),
  })

  const playing = createPlaying({
    scheduler,
    sound,
    framesReady: (time) => {
      want(time, 'playing')
      return screen.has(time)
    },
    isBusy: screen.isBusy,
    startReady: screen.isReady,
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
    onHeavy: options.onHeavy,
    onSlow: (slow) => {
      if (status.slow !== slow) change({ slow })
    },
  })

  function place(): Timeline {
    const placed = createTimeline(frameLists.map((frames, side) => ({ ...frames, lead: leads[side] ?? 0 })))
    sound?.place(leads, { start: placed.start, end: placed.end })
    return placed
  }

  function change(part: Partial<PairStatus>) {
    status = { ...status, ...part }
    options.onStatus(status)
  }

  const want = (time: Seconds, motion: Motion) => {
    screen.want(time, motion, motion === 'playing' && status.loop.on ? played() : null)
  }

  function paint(time: Seconds, done?: () => void) {
    screen.paint(time, () => {
      options.onReading(reading())
      noteSharpness()
      done?.()
    })
  }

  const isSoft = () => screen.painted()?.soft === true

  function noteSharpness() {
    const sharpening = isSoft() && !scrubbing
    if (status.sharpening !== sharpening) change({ sharpening })
    if (!isSoft()) screen.endWaiting()
  }

  function reading(): Reading {
    const place = timeOf(timeline, position)
    const { time, frames } = screen.painted() ?? { time: place, frames: framesAtTime(timeline.sides, place) }
    return { time, frames, wanted: wantsToPlay && status.settled ? time : place }
  }

  /** Paints the wanted pair if all of it is there, else the nearest one that is. */
  function settle() {
    if (closed || status.phase === 'failed' || status.settled) return
    const time = timeOf(timeline, position)
    if (!screen.has(time)) {
      const nearest = screen.nearest(position)
      if (nearest === null) {
        options.onReading(reading())
        screen.proceed()
      } else paint(nearest, screen.proceed)
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

  /** `jumps`: the frames there are likely to be far from any that is decoded. */
  function goTo(next: Position, motion: Motion, jumps = false) {
    position = next
    round += 1
    playing.stop()
    if (closed || status.phase === 'failed') return
    if (status.settled) change({ settled: false, catchingUp: false })
    const time = timeOf(timeline, position)
    const waits = jumps && !scrubbing && !wantsToPlay && screen.glanceFirst(time, motion)
    if (!scrubbing && !waits) want(time, wantsToPlay ? 'playing' : motion)
    if (!waits && (jumps || scrubbing)) screen.glance(time, scrubbing)
    settle()
  }

  const played = () => ({ start: loopStart(timeline, status.loop), end: loopEnd(timeline, status.loop) })

  function startPlaying() {
    const time = timeOf(timeline, position)
    if (status.loop.on && time >= loopEnd(timeline, status.loop)) {
      goTo(positionAt(timeline, loopStart(timeline, status.loop)), 'playing')
      return
    }
    want(time, 'playing')
    playing.start({
      from: time,
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
    goTo(position, 'still')
  }

  const heardSide = (heard: Sound) => (heard === 'none' ? null : heard === 'reference' ? 0 : result)
  sound?.hear(heardSide(status.sound))
  want(timeOf(timeline, position), 'still')

  return {
    ...{ reading, play, pause },
    status: () => status,
    toggle: () => {
      ;(wantsToPlay ? pause : play)()
    },
    seek: (time) => {
      goTo(positionAt(timeline, time), 'still', true)
    },
    scrub: (time) => {
      scrubbing = true
      goTo(positionAt(timeline, time), 'still')
    },
    endScrub: () => {
      if (!scrubbing) return
      scrubbing = false
      noteSharpness()
      if (!status.settled) goTo(position, 'still', true)
      else if (wantsToPlay) startPlaying()
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
      screen.setTimeline(timeline)
      goTo(positionAt(timeline, time), 'still', true)
    },
    frameArrived: () => {
      if (playing.isOn()) playing.frameArrived()
      else settle()
    },
    setVisible: (next, compared = 1) => {
      screen.setVisible(next)
      result = compared
      sound?.hear(heardSide(status.sound))
      goTo(position, 'still')
    },
    replaceSource: (side, source) => {
      screen.replaceSource(side, source)
      noteSharpness()
      goTo(position, 'still')
    },
    setCopy: (side, copy) => {
      screen.setCopy(side, copy)
      if (!status.settled) goTo(position, 'still', true)
    },
    allowSoft: (allowed) => {
      screen.allowSoft(allowed)
      if (isSoft() || !status.settled) goTo(position, 'still', true)
    },
    sharp: () => (status.phase === 'failed' ? Promise.resolve() : screen.sharp()),
    setSides: (next, ahead) => {
      const time = timeOf(timeline, position)
      sound?.setSides(next.map((side) => (typeof side === 'number' ? side : null)))
      frameLists = next.flatMap((side) =>
        typeof side === 'number' ? frameLists.slice(side, side + 1) : [side.frames],
      )
      leads = ahead
      timeline = place()
      screen.setSides(timeline, next)
      // The new place of the same take, which may have been chosen before it was open.
      const placeOf = (side: (typeof next)[number], at: number) => (typeof side === 'number' ? side : at)
      result = Math.max(
        next.findIndex((side, at) => placeOf(side, at) === result),
        1,
      )
      sound?.hear(heardSide(status.sound))
      noteSharpness()
      goTo(positionAt(timeline, time), 'still', !status.settled)
      options.onReading(reading())
    },
    fail: (side) => {
      screen.endWaiting()
      wantsToPlay = false
      playing.stop()
      change({ phase: 'failed', failed: side === 0 ? 'reference' : 'result', catchingUp: false })
    },
    dispose: () => {
      closed = true
      playing.stop()
      sound?.dispose()
      screen.close()
    },
  }
}
