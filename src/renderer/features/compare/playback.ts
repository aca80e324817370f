import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import {
  otherSide,
  type PerSide,
  type Side,
  lead,
  sideOf,
  sides as sideNames,
  wantedAt,
  type Timeline,
} from './shared-clock.ts'
import type { Follower } from './keep-in-sync.ts'
import { intervalOf } from '../../../shared/domain/frames.ts'
import { apart, behind, startWatch, watch, type Watch } from './guard.ts'
import { type Scheduler, canPlayOn, untilEvent, type PlayerSide } from './player-side.ts'
import type { Speed } from './pair-types.ts'

/**
 * How long each player takes from `play()` to moving. A player with sound has to open the sound device first, which
 * takes several frames; the other one waits that much longer, or the pair would start apart.
 */
type StartTimes = PerSide<Milliseconds>

/** Before anything was measured. */
const guessStart = (videos: PerSide<{ readonly hasSound: boolean }>): StartTimes => ({
  reference: videos.reference.hasSound ? 70 : 0,
  result: videos.result.hasSound ? 70 : 0,
})

/** Half the weight to the newest: a device that is already open starts sooner. */
const learnStart = (times: StartTimes, side: Side, measured: Milliseconds): StartTimes => ({
  ...times,
  [side]: (times[side] + Math.min(Math.max(measured, 0), 500)) / 2,
})

/** How much later than the slower side this one is to be started. */
const startDelay = (times: StartTimes, side: Side): Milliseconds =>
  Math.max(0, times[otherSide(side)] - times[side])

/** Both players on the move. Where they go and whether they should, the pair decides. */
type Playback = {
  /** From the players' current position; waits for a player that still lacks data. */
  readonly start: (time: Seconds) => void
  readonly halt: () => void
  /** Where the pair is, by the leader; null while it is not playing. */
  readonly time: () => Seconds | null
  /** The moment whose frame the leader shows, which is what the user saw when they pressed pause. */
  readonly shownTime: () => Seconds | null
  readonly setSpeed: (speed: Speed) => void
  readonly setOrder: (order: readonly Side[]) => void
  readonly frameShown: (side: Side) => void
  /** A player ran dry: both wait for it. */
  readonly stalled: () => void
}

type PlaybackOptions = {
  readonly videos: PerSide<{ readonly hasSound: boolean }>
  readonly timeline: () => Timeline
  readonly sides: PerSide<PlayerSide>
  readonly follower: Follower
  readonly scheduler: Scheduler
  readonly order: readonly Side[]
  /** Before every repaint while playing. */
  readonly onTime: (time: Seconds) => void
  /** The sides have been apart for too long: `time` is where the one behind is. */
  readonly onOutOfStep: (time: Seconds) => void
  /** They have kept together for a while. */
  readonly onInStep: () => void
  /** Nothing is left to play. */
  readonly onEnd: () => void
  /** The browser does not let us play. */
  readonly onRefused: () => void
}

export function createPlayback(options: PlaybackOptions): Playback {
  const { timeline, sides, follower, scheduler } = options
  let order = options.order
  let speed: Speed = 1
  /** Counts starts and halts, so that what was waited for can be too late. */
  let round = 0
  let handle: number | null = null
  let startTimes = guessStart(options.videos)
  /** Sides that wait for the slower one to get going. */
  let due: readonly { readonly side: Side; readonly at: Milliseconds }[] = []
  /** Sides that were started and have not shown a new frame yet. */
  let guard: Watch = startWatch
  let beginnings: readonly { readonly side: Side; readonly at: Milliseconds; readonly from: Seconds }[] = []

  const leader = () => order.find((side) => sides[side].isRunning()) ?? null
  const timeBy = (side: Side) => sides[side].now() - lead(timeline(), side)
  const time = () => {
    const side = handle === null ? null : leader()
    return side === null ? null : timeBy(side)
  }

  const begin = (side: Side) => {
    const mine = round
    beginnings = [...beginnings, { side, at: scheduler.now(), from: sides[side].now() }]
    sides[side].start(speed).catch((reason: unknown) => {
      // A pause that overtakes a play is no refusal.
      const overtaken = reason instanceof DOMException && reason.name === 'AbortError'
      if (!overtaken && mine === round) options.onRefused()
    })
  }

  /** Measures how long a side took to get going, once it shows that it does. */
  const learn = (side: Side) => {
    const beginning = beginnings.find((entry) => entry.side === side)
    const shown = sides[side].shown()
    if (!beginning || !shown || shown.at < beginning.at || shown.mediaTime <= beginning.from) return
    beginnings = beginnings.filter((entry) => entry !== beginning)
    const moving = ((shown.mediaTime - beginning.from) / speed) * 1000
    startTimes = learnStart(startTimes, side, shown.at - beginning.at - moving)
  }

  const tick = () => {
    const now = scheduler.now()
    for (const { side } of due.filter(({ at }) => at <= now)) begin(side)
    due = due.filter(({ at }) => at > now)
    const place = time()
    if (place === null && due.length === 0) {
      options.onEnd()
      return
    }
    handle = scheduler.nextFrame(tick)
    if (place === null) return
    for (const side of sideNames) if (comesIn(side, place)) begin(side)
    follower.tick(now, speed)
    if (keepsStep(now)) options.onTime(place)
  }

  /** False where the pair was stopped, because it fell out of step. */
  const keepsStep = (now: Milliseconds): boolean => {
    if (due.length > 0 || !sideNames.every((side) => sides[side].isRunning())) return true
    const at = (side: Side) => ({ now: sides[side].now(), frame: sides[side].shown()?.frame ?? null })
    const places = { reference: at('reference'), result: at('result') }
    const { found, ...looked } = watch(guard, apart(timeline(), places), now)
    guard = looked
    if (found === 'in-step') options.onInStep()
    if (found !== 'out-of-step') return true
    options.onOutOfStep(behind(timeline(), places))
    return false
  }

  /** With an offset, one side has its first frame later than the other. */
  const comesIn = (side: Side, place: Seconds) =>
    !sides[side].hasStarted() &&
    due.every((entry) => entry.side !== side) &&
    wantedAt(timeline(), side, place).active

  const halt = () => {
    round += 1
    due = []
    beginnings = []
    guard = startWatch
    if (handle !== null) scheduler.cancelFrame(handle)
    handle = null
    for (const side of sideNames) sides[side].halt()
  }

  const start = async (from: Seconds) => {
    halt()
    const mine = round
    const active = sideNames.filter((side) => wantedAt(timeline(), side, from).active)
    const dry = active.filter((side) => sides[side].player.readyState < canPlayOn)
    await Promise.all(dry.map((side) => untilEvent(sides[side].player, ['canplay', 'error'])))
    if (mine !== round) return
    const now = scheduler.now()
    follower.restart(now)
    const delay = (side: Side) => (active.length > 1 ? startDelay(startTimes, side) : 0)
    due = active.map((side) => ({ side, at: now + delay(side) }))
    handle = scheduler.nextFrame(tick)
    for (const { side } of due.filter(({ at }) => at <= now)) begin(side)
    due = due.filter(({ at }) => at > now)
  }

  return {
    start: (from) => void start(from),
    halt,
    time,
    shownTime: () => {
      const side = handle === null ? null : leader()
      if (side === null) return null
      const shown = sides[side].shown()
      const now = timeBy(side)
      if (!shown) return now
      const { start: first, end } = intervalOf(sideOf(timeline(), side), shown.frame)
      const inShown = Math.min(
        Math.max(now, first - lead(timeline(), side)),
        end - lead(timeline(), side) - 0.002,
      )
      // While the window is hidden no frame is reported, and the last one is long gone.
      return Math.abs(inShown - now) < 0.25 ? inShown : now
    },
    setSpeed: (next) => {
      speed = next
      resume()
    },
    setOrder: (next) => {
      order = next
      resume()
    },
    frameShown: (side) => {
      learn(side)
      const leading = handle === null ? null : leader()
      if (leading !== null && sides[otherSide(leading)].isRunning()) follower.sample(leading, speed)
    },
    stalled: () => {
      const now = time()
      if (now !== null) void start(now)
    },
  }

  /** After a change of speed or leader: both at the plain speed, and the follower starts a new measurement. */
  function resume() {
    if (handle === null) return
    for (const side of sideNames) sides[side].player.playbackRate = speed
    follower.restart(scheduler.now())
  }
}
