import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import { intervalOf } from '../../../shared/domain/frames.ts'
import type { ShownFrame } from './player-side.ts'
import { lead, type Side, type Timeline } from './shared-clock.ts'

/** After this long without the next frame, where a side is can no longer be told from its last one. */
const silence: Milliseconds = 250

export type Moving = { readonly side: Side; readonly shown: ShownFrame; readonly rate: number }

export type Drift = {
  /** Positive when the follower is ahead of the leader. */
  readonly drift: Seconds
  readonly at: Milliseconds
}

/**
 * How far apart two sides are at the newer of their two frames, the other one's place being its own frame plus the
 * time since. Null when one has been silent for longer than its frame lasts.
 */
export function driftBetween(timeline: Timeline, leader: Moving, follower: Moving): Drift | null {
  const at = Math.max(leader.shown.at, follower.shown.at)
  const leaderTime = timeAt(timeline, leader, at)
  const followerTime = timeAt(timeline, follower, at)
  return leaderTime === null || followerTime === null ? null : { drift: followerTime - leaderTime, at }
}

/** A side's place on the shared clock. */
function timeAt(timeline: Timeline, { side, shown, rate }: Moving, at: Milliseconds): Seconds | null {
  const elapsed = at - shown.at
  const { start, end } = intervalOf(timeline.videos[side], shown.frame)
  if (elapsed > ((end - start) / rate) * 1000 + silence) return null
  return shown.mediaTime + (elapsed / 1000) * rate - lead(timeline, side)
}
