import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import { intervalOf, typicalFrame } from '../../../shared/domain/frames.ts'
import type { ShownFrame, Player, PlayerSide } from './player-side.ts'
import { lead, sideOf, type Side, type Timeline, otherSide, type PerSide } from './shared-clock.ts'

/** After this long without the next frame, the last one no longer says where a side is. */
const silence: Milliseconds = 250

type Moving = { readonly side: Side; readonly shown: ShownFrame; readonly rate: number }

type Drift = {
  /** Positive when the follower is ahead of the leader. */
  readonly drift: Seconds
  readonly at: Milliseconds
}

/**
 * How far apart two sides are at the newer of their two frames, the other one's place being its own frame plus the
 * time since. Null when one has been silent for longer than its frame lasts.
 */
function driftBetween(timeline: Timeline, leader: Moving, follower: Moving): Drift | null {
  const at = Math.max(leader.shown.at, follower.shown.at)
  const leaderTime = timeAt(timeline, leader, at)
  const followerTime = timeAt(timeline, follower, at)
  return leaderTime === null || followerTime === null ? null : { drift: followerTime - leaderTime, at }
}

/** A side's place on the shared clock. */
function timeAt(timeline: Timeline, { side, shown, rate }: Moving, at: Milliseconds): Seconds | null {
  const elapsed = at - shown.at
  const { start, end } = intervalOf(sideOf(timeline, side), shown.frame)
  if (elapsed > ((end - start) / rate) * 1000 + silence) return null
  return shown.mediaTime + (elapsed / 1000) * rate - lead(timeline, side)
}

/*
 * How the follower keeps up with the leader: look for a while, then change the playback rate for just as long as takes
 * most of the drift away, then look again. What has been corrected is never corrected twice, so nothing can swing.
 * A nudge is invisible; a seek while playing is a visible stop, so it is for a drift that nudges could not remove.
 */

/**
 * Frames appear at screen refreshes, and late on a busy machine, so one sample is off by tens of milliseconds; the mean
 * of `n` is off by this divided by the root of `n`: a large drift shows in a few samples, a small one takes many.
 */
const oneSampleError: Seconds = 0.045
/** Looked at from the newest back, so that a player's sudden stop shows at once and a slow slip in time. */
const windows = [5, 10, 24] as const
/** Samples older than this say nothing about now. */
const memory: Milliseconds = 3000
/** Half a screen refresh: below it the difference is in the measuring. */
const good: Seconds = 0.008
const strongestNudge = 0.4
const shortestNudge: Milliseconds = 200
/** From a change of rate until it shows in the frames. */
const settling: Milliseconds = 80

const farFrames = 2
/** A drift of this much is not worth the wait. */
const hopeless: Seconds = 0.5
/** How long nudges may try before a seek does it. */
const maxNudgeTime: Milliseconds = 1500
const samplesBeforeSeek = 2
const seekPause: Milliseconds = 10_000

type DriftSample = {
  /** The follower's place minus the place where it should be, in seconds of media. */
  readonly drift: Seconds
  readonly at: Milliseconds
  /** The speed the user chose. */
  readonly speed: number
  /** One frame of the slower side: what is far off is counted in frames. */
  readonly frame: Seconds
}

type FollowState = {
  /** Since the last correction took effect. */
  readonly seen: readonly { readonly drift: Seconds; readonly at: Milliseconds }[]
  readonly blindUntil: Milliseconds
  /** How many samples in a row were far off, and since when. */
  readonly farSamples: number
  readonly farSince: Milliseconds
  readonly lastSeek: Milliseconds | null
}

export type FollowDecision =
  | { readonly kind: 'stay' }
  | { readonly kind: 'seek' }
  /** Play at `rate`, and from `until` on at the plain speed again. */
  | { readonly kind: 'nudge'; readonly rate: number; readonly until: Milliseconds }

type Step = { readonly state: FollowState; readonly decision: FollowDecision }

/** A seek by the user or by a loop resets it, but does not shorten the pause between corrections. */
export const startFollowing = (lastSeek: Milliseconds | null = null): FollowState => ({
  seen: [],
  blindUntil: 0,
  farSamples: 0,
  farSince: 0,
  lastSeek,
})

export function follow(before: FollowState, sample: DriftSample): Step {
  const { drift, at } = sample
  const state = countFar(before, sample)
  if (seekIsDue(state, sample)) return { state: startFollowing(at), decision: { kind: 'seek' } }
  if (at < state.blindUntil) return { state, decision: { kind: 'stay' } }
  const recent = state.seen.filter((entry) => at - entry.at < memory)
  const seen = [...recent, { drift, at }].slice(-windows[2])
  const found = certainDrift(
    seen.map((entry) => entry.drift),
    sample.speed,
  )
  if (found === null) return { state: { ...state, seen }, decision: { kind: 'stay' } }
  const nudge = nudgeFor(found, sample)
  return {
    state: { ...state, seen: [], blindUntil: nudge.until + settling },
    decision: { kind: 'nudge', ...nudge },
  }
}

/** What may be taken away of the drift that the newest samples agree on; null while it could be the measuring. */
function certainDrift(drifts: readonly Seconds[], speed: number): Seconds | null {
  for (const count of windows) {
    if (drifts.length < count) return null
    const middle = middleMean(drifts.slice(-count))
    const doubt = speed * Math.max(good, oneSampleError / Math.sqrt(count))
    if (Math.abs(middle) > doubt) return middle - (Math.sign(middle) * doubt) / 2
  }
  return null
}

function countFar(state: FollowState, { drift, at, frame }: DriftSample): FollowState {
  if (Math.abs(drift) <= farFrames * frame) return { ...state, farSamples: 0 }
  return {
    ...state,
    farSamples: state.farSamples + 1,
    farSince: state.farSamples === 0 ? at : state.farSince,
  }
}

function seekIsDue({ farSamples, farSince, lastSeek }: FollowState, { drift, at }: DriftSample): boolean {
  if (farSamples < samplesBeforeSeek) return false
  if (lastSeek !== null && at - lastSeek < seekPause) return false
  return Math.abs(drift) >= hopeless || at - farSince >= maxNudgeTime
}

function nudgeFor(drift: Seconds, { at, speed }: DriftSample): { rate: number; until: Milliseconds } {
  const away = (-drift / speed) * 1000
  const length = Math.max(shortestNudge, Math.abs(away) / strongestNudge)
  return { rate: speed * (1 + away / length), until: at + length }
}

/** The mean of the middle half: a frame that a busy machine showed late does not count. */
function middleMean(values: readonly number[]): number {
  const quarter = Math.floor(values.length / 4)
  const middle = [...values].sort((a, b) => a - b).slice(quarter, values.length - quarter)
  return middle.reduce((sum, value) => sum + value, 0) / middle.length
}

export type MeasuredDrift = Drift & {
  /** True where the follower had to jump. */
  readonly hardSeek: boolean
}

export type Follower = {
  /** Call when either side has shown a frame. */
  readonly sample: (leaderSide: Side, speed: number) => void
  /** Call before every repaint, so that a nudge ends in time. */
  readonly tick: (now: Milliseconds, speed: number) => void
  /** Call whenever playing starts, or its speed or leader changes; frames from before then tell nothing. */
  readonly restart: (now: Milliseconds) => void
}

type FollowerOptions = {
  readonly timeline: () => Timeline
  readonly sides: PerSide<PlayerSide>
  readonly onDrift: (measured: MeasuredDrift) => void
}

/** The first estimate of how long a seek while playing takes. */
const firstSeekTime: Seconds = 0.1

export function createFollower({ timeline, sides, onDrift }: FollowerOptions): Follower {
  let state = startFollowing()
  let nudged: { readonly player: Player; readonly until: Milliseconds } | null = null
  let seekTime = firstSeekTime
  let jumpedAt: Milliseconds | null = null
  let startedAt: Milliseconds = 0

  const newFrame = (side: Side): ShownFrame | null => {
    const shown = sides[side].shown()
    return shown && shown.at >= startedAt ? shown : null
  }

  const measure = (leaderSide: Side, speed: number): Drift | null => {
    const followerSide = otherSide(leaderSide)
    const { player } = sides[followerSide]
    const leaderFrame = newFrame(leaderSide)
    const followerFrame = newFrame(followerSide)
    if (!leaderFrame || !followerFrame || player.seeking) return null
    if (jumpedAt !== null) {
      if (followerFrame.at <= jumpedAt) return null
      seekTime = Math.min(Math.max((followerFrame.at - jumpedAt) / 1000, 0.02), 1)
      jumpedAt = null
    }
    return driftBetween(
      timeline(),
      { side: leaderSide, shown: leaderFrame, rate: speed },
      { side: followerSide, shown: followerFrame, rate: player.playbackRate },
    )
  }

  const jump = (leaderSide: Side, speed: number, at: Milliseconds) => {
    const follower = sides[otherSide(leaderSide)]
    const leaderNow = sides[leaderSide].now() - lead(timeline(), leaderSide)
    nudged = null
    jumpedAt = at
    follower.player.playbackRate = speed
    follower.jump(leaderNow + seekTime * speed + lead(timeline(), otherSide(leaderSide)))
  }

  return {
    sample: (leaderSide, speed) => {
      const measured = measure(leaderSide, speed)
      if (measured === null) return
      const [reference, result] = [sideOf(timeline(), 'reference'), sideOf(timeline(), 'result')]
      const frame = Math.max(typicalFrame(reference), typicalFrame(result))
      const { state: next, decision } = follow(state, { ...measured, speed, frame })
      state = next
      onDrift({ ...measured, hardSeek: decision.kind === 'seek' })
      if (decision.kind === 'seek') jump(leaderSide, speed, measured.at)
      if (decision.kind !== 'nudge') return
      const { player } = sides[otherSide(leaderSide)]
      player.playbackRate = decision.rate
      nudged = { player, until: decision.until }
    },
    tick: (now, speed) => {
      if (nudged === null || now < nudged.until) return
      nudged.player.playbackRate = speed
      nudged = null
    },
    restart: (now) => {
      state = startFollowing(state.lastSeek)
      startedAt = now
      nudged = null
      jumpedAt = null
    },
  }
}
