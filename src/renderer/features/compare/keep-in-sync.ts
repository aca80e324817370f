import type { Milliseconds, Seconds } from '../../../shared/units.ts'
import { driftBetween, type Drift } from './drift.ts'
import { follow, startFollowing } from './follow.ts'
import { typicalFrame } from '../../../shared/domain/frames.ts'
import type { Player, PlayerSide, ShownFrame } from './player-side.ts'
import { lead, otherSide, type PerSide, type Side, type Timeline } from './shared-clock.ts'

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

export type FollowerOptions = {
  readonly timeline: () => Timeline
  readonly sides: PerSide<PlayerSide>
  readonly onDrift: (measured: MeasuredDrift) => void
}

/** What a seek while playing is first believed to take. */
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
      const { reference, result } = timeline().videos
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
