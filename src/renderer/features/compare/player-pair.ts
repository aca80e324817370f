import { intervalOf } from '../../../shared/domain/frames.ts'
import { reachesEveryFrame } from '../../../shared/domain/player-clock.ts'
import type { Seconds } from '../../../shared/units.ts'
import { createFollower } from './keep-in-sync.ts'
import {
  loopEnd,
  loopStart,
  pairTimeline,
  isAtEnd,
  positionAt,
  sides as sideNames,
  stepBy,
  timeOf,
  wantedAt,
  type Position,
  type Side,
} from './shared-clock.ts'
import { firstStatus, type PairOptions, type PairStatus, type PlayerPair } from './pair-types.ts'
import { createPlayback } from './playback.ts'
import { createPlayerSide, hasPicture, type PlayerSide, createSeekQueue } from './player-side.ts'
import { leadOrder } from './sound.ts'

/** Reference and result on one clock: one set of commands, two players that always agree. */
export function createPlayerPair(options: PairOptions): PlayerPair {
  const { players, videos, scheduler } = options
  let timeline = pairTimeline(videos, 0)
  let position: Position = positionAt(timeline, timeline.start)
  let wantsToPlay = false
  let scrubbing = false
  let status = firstStatus(options.sound)
  /** Told once each. */
  const lost = new Set<Side>()
  /** Where each player was when it had loaded, before anybody sent it elsewhere. */
  const loadedAt: Partial<Record<Side, Seconds>> = {}

  const change = (part: Partial<PairStatus>) => {
    status = { ...status, ...part }
    options.onStatus(status)
  }

  const side = (name: Side): PlayerSide =>
    createPlayerSide(players[name], videos[name], {
      onFrame: () => {
        playback.frameShown(name)
        announce()
      },
      onStall: () => {
        playback.stalled()
      },
      onError: () => {
        fail(name)
      },
      onLoaded: () => {
        loadedAt[name] = players[name].currentTime
        begin()
      },
      scheduler,
    })
  const sides = { reference: side('reference'), result: side('result') }

  const follower = createFollower({ timeline: () => timeline, sides, onDrift: options.onDrift })
  const playback = createPlayback({
    videos,
    timeline: () => timeline,
    sides,
    follower,
    scheduler,
    order: leadOrder(options.sound),
    onTime: (time) => {
      position = positionAt(timeline, time)
      if (time >= loopEnd(timeline, status.loop)) atEnd()
      else announce()
    },
    onOutOfStep: (time) => {
      change({ catchingUp: true })
      goTo(positionAt(timeline, time))
    },
    onInStep: () => {
      if (status.catchingUp) change({ catchingUp: false })
    },
    onEnd: atEnd,
    onRefused: pause,
  })

  const queue = createSeekQueue<Position>({
    seek: async (target) => {
      playback.halt()
      const time = timeOf(timeline, target)
      await Promise.all(sideNames.map((name) => sides[name].show(wantedAt(timeline, name, time))))
    },
    onIdle: () => {
      if (status.phase === 'failed') return
      change({ settled: true })
      announce()
      if (wantsToPlay && !scrubbing) playback.start(timeOf(timeline, position))
    },
  })

  setVolume(options.volume)
  hearOnly()
  begin()

  /** Runs once both players have a first picture; a seek before that would be lost. */
  function begin() {
    for (const name of sideNames) if (players[name].error !== null || isUnplayable(name)) fail(name)
    if (status.phase !== 'loading' || sideNames.some((name) => players[name].readyState < hasPicture)) return
    change({ phase: wantsToPlay ? 'playing' : 'paused' })
    goTo(position)
  }

  /** Loaded, and yet not able to show every frame. */
  function isUnplayable(name: Side): boolean {
    const { readyState, videoWidth, duration: to } = players[name]
    if (readyState < hasPicture) return false
    const video = videos[name]
    const from = loadedAt[name] ?? video.clockStart
    const lastBegins = video.frameTimes.at(-1) ?? 0
    // Sent to any moment behind its end, a player shows its last frame: that has to begin before, and no more.
    const ends = { first: intervalOf(video, 0), last: { start: lastBegins, end: lastBegins } }
    // Chromium loads a file without a decoder for its pictures, says nothing and shows black.
    return videoWidth === 0 || !reachesEveryFrame({ from, to }, ends, video.clockStart)
  }

  function fail(name: Side) {
    if (lost.has(name)) return
    lost.add(name)
    wantsToPlay = false
    playback.halt()
    // Not settled: the readout names what the elements were left with.
    change({ phase: 'failed', failed: name, settled: false, catchingUp: false })
    announce()
  }

  function announce() {
    options.onReading(reading())
  }

  function reading() {
    const playing = playback.time()
    const time = playing ?? timeOf(timeline, position)
    // A player that is already at its target may report that frame late, so it is not asked.
    const known = playing === null && status.settled
    const frame = (name: Side) =>
      (known ? null : sides[name].shown()?.frame) ?? wantedAt(timeline, name, time).frame
    return { time, wanted: time, frames: sideNames.map(frame) }
  }

  function goTo(next: Position) {
    position = next
    if (status.phase === 'loading' || status.phase === 'failed') {
      // Playing begins there next.
      announce()
      return
    }
    if (status.settled) change({ settled: false })
    queue.request(next)
    announce()
  }

  function atEnd() {
    if (status.loop.on) {
      goTo(positionAt(timeline, loopStart(timeline, status.loop)))
      return
    }
    wantsToPlay = false
    change({ phase: 'paused', catchingUp: false })
    goTo(positionAt(timeline, timeline.end))
  }

  function play() {
    if (wantsToPlay || status.phase === 'failed') return
    wantsToPlay = true
    if (status.phase === 'loading') return
    change({ phase: 'playing' })
    const time = timeOf(timeline, position)
    const over = isAtEnd(timeline, time) || time >= loopEnd(timeline, status.loop)
    if (over) goTo(positionAt(timeline, loopStart(timeline, status.loop)))
    else if (queue.isIdle()) playback.start(time)
  }

  function pause() {
    if (!wantsToPlay) return
    wantsToPlay = false
    if (status.phase === 'playing') change({ phase: 'paused', catchingUp: false })
    const shown = playback.shownTime()
    playback.halt()
    goTo(shown === null ? position : positionAt(timeline, shown))
  }

  function hearOnly() {
    for (const name of sideNames) {
      const silent = status.sound !== name
      players[name].muted = silent
      // Chromium keeps the pitch by refilling its sound buffer at each change of rate, and a short nudge is lost in
      // that; a silent side has no pitch to hear.
      players[name].preservesPitch = !silent
    }
  }

  function setVolume(volume: number) {
    for (const name of sideNames) players[name].volume = volume
  }

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
      goTo(positionAt(timeline, time))
    },
    scrub: (time) => {
      scrubbing = true
      goTo(positionAt(timeline, time))
    },
    endScrub: () => {
      if (!scrubbing) return
      scrubbing = false
      if (wantsToPlay && queue.isIdle()) playback.start(timeOf(timeline, position))
    },
    step: (frames) => {
      pause()
      goTo(stepBy(timeline, position, frames))
    },
    setSpeed: (speed) => {
      change({ speed })
      playback.setSpeed(speed)
    },
    setLoop: (loop) => {
      change({ loop })
    },
    setSound: (sound) => {
      change({ sound })
      hearOnly()
      playback.setOrder(leadOrder(sound))
    },
    setVolume,
    setLeads: ([reference = 0, result = 0]) => {
      const time = timeOf(timeline, position)
      timeline = pairTimeline(videos, result - reference)
      goTo(positionAt(timeline, time))
    },
    dispose: () => {
      queue.dispose()
      playback.halt()
      for (const name of sideNames) sides[name].dispose()
    },
  }
}
