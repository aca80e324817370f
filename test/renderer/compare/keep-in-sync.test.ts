import { describe, expect, it } from 'vitest'
import {
  follow,
  startFollowing,
  type FollowDecision,
} from '../../../src/renderer/features/compare/keep-in-sync.ts'
import { seededRandom } from '../../support/window/fake-players.ts'

type World = {
  /** Seconds of media the follower is ahead at the start. */
  readonly drift: number
  /** How much faster the follower's clock runs. */
  readonly skew?: number
  /** Largest error of one sample, in seconds. */
  readonly noise?: number
  readonly seconds: number
  readonly obeysRate?: boolean
  readonly speed?: number
}

/** A follower that does what it is told, seen thirty times a second through a noisy glass. */
function simulate({ drift, skew = 0, noise = 0.016, seconds, obeysRate = true, speed = 1 }: World) {
  const random = seededRandom(7)
  const decisions: { readonly at: number; readonly decision: FollowDecision }[] = []
  const drifts: { readonly at: number; readonly drift: number }[] = []
  let state = startFollowing()
  let rate = speed
  let until = 0
  for (let at = 0; at < seconds * 1000; at += 1000 / 30) {
    if (at >= until) rate = speed
    drift += ((obeysRate ? rate - speed : 0) + skew * speed) / 30
    const sample = { drift: drift + (random() * 2 - 1) * noise, at, speed, frame: 1 / 24 }
    const next = follow(state, sample)
    state = next.state
    decisions.push({ at, decision: next.decision })
    drifts.push({ at, drift })
    if (next.decision.kind === 'nudge') ({ rate, until } = next.decision)
    if (next.decision.kind === 'seek') drift = obeysRate ? 0.02 : drift
  }
  const seeks = decisions.filter(({ decision }) => decision.kind === 'seek').map(({ at }) => at)
  const after = (from: number) => drifts.filter(({ at }) => at > from).map((entry) => entry.drift)
  return { seeks, after, decisions }
}

const worst = (drifts: readonly number[]) => Math.max(...drifts.map(Math.abs))

describe('a follower', () => {
  it.each([-0.3, -0.1, -0.04, 0.04, 0.1, 0.3])(
    'that starts %d s apart comes together without a seek',
    (drift) => {
      const { seeks, after } = simulate({ drift, seconds: 20 })
      expect(seeks).toEqual([])
      expect(worst(after(5000))).toBeLessThan(0.02)
    },
  )

  it('never swings: a drift never comes back with the other sign and a fifth of its size', () => {
    for (const drift of [-0.2, -0.1, 0.1, 0.2]) {
      const back = simulate({ drift, seconds: 10 })
        .after(0)
        .map((value) => -value * Math.sign(drift))
      expect(Math.max(...back)).toBeLessThan(Math.abs(drift) / 5)
    }
  })

  it('stays together although its clock runs a thousandth fast', () => {
    const { seeks, after } = simulate({ drift: 0, skew: 0.001, seconds: 60 })
    expect(seeks).toEqual([])
    expect(worst(after(0))).toBeLessThan(0.02)
  })

  it('is left alone when all that differs is the measuring', () => {
    const { decisions } = simulate({ drift: 0, seconds: 30 })
    expect(decisions.filter(({ decision }) => decision.kind !== 'stay')).toEqual([])
  })

  it('at quarter speed comes together too', () => {
    const { after } = simulate({ drift: 0.05, speed: 0.25, noise: 0.004, seconds: 20 })
    expect(worst(after(8000))).toBeLessThan(0.02)
  })

  it('that is a second off jumps, once two samples say so', () => {
    const { seeks, after } = simulate({ drift: -1, seconds: 5 })
    expect(seeks).toHaveLength(1)
    expect(seeks[0]).toBeGreaterThan(0)
    expect(worst(after(3000))).toBeLessThan(0.02)
  })

  it('that is far off for one sample only does not jump', () => {
    let { state } = follow(startFollowing(), { drift: 0.9, at: 0, speed: 1, frame: 1 / 24 })
    for (let at = 33; at < 5000; at += 33) {
      const next = follow(state, { drift: at % 66 === 0 ? 0.9 : 0, at, speed: 1, frame: 1 / 24 })
      expect(next.decision.kind).not.toBe('seek')
      state = next.state
    }
  })

  it('that cannot keep up at all jumps at most once in ten seconds', () => {
    const { seeks } = simulate({ drift: -0.6, obeysRate: false, seconds: 60 })
    expect(seeks.length).toBeGreaterThan(1)
    const pauses = seeks.slice(1).map((at, index) => at - (seeks[index] ?? 0))
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(10_000)
  })

  it('does not jump sooner because the user pressed play in between', () => {
    const after = startFollowing(1000)
    const first = follow(after, { drift: -2, at: 5000, speed: 1, frame: 1 / 24 })
    const second = follow(first.state, { drift: -2, at: 5033, speed: 1, frame: 1 / 24 })
    expect(second.decision.kind).not.toBe('seek')
  })
})
