import { describe, expect, it } from 'vitest'
import { leftWords, rangeWords, usualRange } from '../../../src/renderer/lib/eta.ts'
import { aTake } from '../../support/library/a-take.ts'

const sentAt = '2026-11-20T12:00:00.000Z'
const after = (seconds: number) => new Date(Date.parse(sentAt) + seconds * 1000).toISOString()
const finished = (seconds: number, change = {}) =>
  aTake({ state: 'DONE', sentAt, since: after(seconds), ...change })

const history = [100, 110, 120, 130, 140, 150, 160, 170, 240, 300].map((seconds) => finished(seconds))
const running = aTake({ state: 'ACKED', sentAt })

describe('How long a take still takes', () => {
  it('is told from the user’s own finished takes: half of them, and nine in ten', () => {
    expect(usualRange(running, history)).toEqual({ from: 140_000, to: 240_000 })
  })

  it('counts only takes of the same provider, model and mode, and only finished ones', () => {
    const others = [
      ...[1, 2, 3].map((seconds) => finished(seconds, { settings: { ...running.settings, mode: 'pro' } })),
      ...[1, 2, 3].map((seconds) => finished(seconds, { state: 'REMOTE_FAILED' })),
    ]
    expect(usualRange(running, others)).toBeNull()
    expect(usualRange(running, [...history, ...others])).toEqual({ from: 140_000, to: 240_000 })
  })

  it('is not guessed from one or two', () => {
    expect(usualRange(running, history.slice(0, 2))).toBeNull()
  })

  it.each([
    [{ from: 140_000, to: 240_000 }, '2–4 min'],
    [{ from: 20_000, to: 39_500 }, '20–40 s'],
    [{ from: 5_000, to: 240_000 }, '1–4 min'],
    [{ from: 60_000, to: 60_000 }, '60 s'],
  ])('is said as a range: %j', (range, words) => {
    expect(rangeWords(range)).toBe(words)
  })

  it('becomes less while it runs, and is said to be longer than usual after that', () => {
    const usual = { from: 140_000, to: 240_000 }
    const at = (seconds: number) => Date.parse(after(seconds))
    expect(leftWords(running, usual, at(0))).toBe('2–4 min left')
    expect(leftWords(running, usual, at(200))).toBe('1–40 s left')
    expect(leftWords(running, usual, at(240))).toBe('longer than usual')
    expect(leftWords(running, null, at(0))).toBeNull()
    expect(leftWords(aTake({ state: 'DONE', sentAt }), usual, at(0))).toBeNull()
  })

  it('is what the provider says, where it says something', () => {
    expect(leftWords({ ...running, eta: 200 }, null, Date.parse(sentAt))).toBe('about 3 min left')
  })
})
