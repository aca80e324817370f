import { describe, expect, it } from 'vitest'
import {
  loopEnd,
  loopFrom,
  loopStart,
  loopTo,
  noLoop,
  pairTimeline,
} from '../../../src/renderer/features/compare/shared-clock.ts'
import { firstSound, nextSound } from '../../../src/renderer/features/compare/sound.ts'
import { formatFrame, formatTime, takeFacts } from '../../../src/renderer/features/compare/words.ts'
import { defaultTakeSettings } from '../../../src/shared/domain/take.ts'
import { aTake } from '../../support/library/a-take.ts'
import { steadyTimes } from '../../support/window/fake-players.ts'

describe('a loop', () => {
  const video = { frameTimes: steadyTimes(30, 4), duration: 4 }
  const timeline = pairTimeline({ reference: video, result: video }, 0)

  it('shows its last frame in full', () => {
    expect(loopEnd(timeline, loopTo(noLoop, 2, timeline))).toBeCloseTo(2 + 1 / 30, 6)
  })

  it('moves on with its length where a mark is set past the other one', () => {
    const loop = { on: false, from: 1, to: 2 }
    expect(loopFrom(loop, 1.5, timeline)).toEqual({ on: true, from: 1.5, to: 2 })
    expect(loopFrom(loop, 2.5, timeline)).toEqual({ on: true, from: 2.5, to: 3.5 })
    expect(loopFrom(loop, 3.5, timeline)).toEqual({ on: true, from: 3.5, to: 4 })
    expect(loopTo(loop, 0.5, timeline)).toEqual({ on: true, from: 0, to: 0.5 })
    expect(loopFrom({ ...loop, from: null }, 3, timeline)).toEqual({ on: true, from: 3, to: 4 })
  })

  it('that is off marks nothing', () => {
    const off = { on: false, from: 1, to: 2 }
    expect([loopStart(timeline, off), loopEnd(timeline, off)]).toEqual([0, 4])
  })
})

describe('sound', () => {
  const videos = (reference: boolean, result: boolean) => ({
    reference: { hasSound: reference },
    result: { hasSound: result },
  })

  it('begins with the reference, else with the result, else with none', () => {
    expect([videos(true, true), videos(false, true), videos(false, false)].map(firstSound)).toEqual([
      'reference',
      'result',
      'none',
    ])
  })

  it('goes round what there is to hear', () => {
    expect(nextSound(videos(true, true), 'reference')).toBe('result')
    expect(nextSound(videos(true, false), 'reference')).toBe('none')
    expect(nextSound(videos(true, true), 'none')).toBe('reference')
    expect(nextSound(videos(false, false), 'none')).toBe('none')
  })
})

describe('the facts of a take', () => {
  it('say of practice what it is', () => {
    const facts = (provider: 'practice' | 'kling', model: string) =>
      takeFacts({ take: aTake({ settings: { ...defaultTakeSettings, provider, model } }) })[0]
    expect(facts('practice', 'practice')).toBe('Practice: a stand-in for the real model')
    expect(facts('kling', 'kling-v3')).not.toContain('stand-in')
  })
})

describe('readouts', () => {
  it('write times to the hundredth without a 60th second', () => {
    expect([0, 3.267, 59.999, 61.5, -0.25].map(formatTime)).toEqual([
      '0:00.00',
      '0:03.27',
      '1:00.00',
      '1:01.50',
      '−0:00.25',
    ])
  })

  it('count frames from one', () => {
    expect(formatFrame(0, 300)).toBe('frame 1 of 300')
  })
})
