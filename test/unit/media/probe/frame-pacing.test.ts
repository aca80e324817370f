import { describe, expect, it } from 'vitest'
import {
  isUneven,
  longestWay,
  stepRate,
  usualGap,
  usualRate,
} from '../../../../src/main/media/probe/frame-pacing.ts'

const steady = (rate: number, frames: number, start = 0) =>
  Array.from({ length: frames }, (_, index) => start + index / rate)
const inMilliseconds = (times: readonly number[]) => times.map((time) => Math.round(time * 1000) / 1000)

describe('the pace of frames', () => {
  it('is even at every usual rate, on any clock, wherever it starts', () => {
    for (const rate of [12, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60, 120, 240])
      for (const start of [0, 5, -0.04, 36_000])
        for (const clock of [steady(rate, 3000, start), inMilliseconds(steady(rate, 3000, start))])
          expect(isUneven(clock)).toBe(false)
  })

  it('is uneven when one frame stands longer, or is missing', () => {
    const times = steady(30, 300)
    expect(isUneven([...times.slice(0, 100), ...times.slice(101)])).toBe(true)
    expect(isUneven(times.map((time, index) => (index > 200 ? time + 0.01 : time)))).toBe(true)
  })

  it('is uneven when it drifts, although no two frames next to each other show it', () => {
    const [slow, fast] = [steady(29, 300), steady(31, 300, 300 / 29)]
    expect(isUneven([...slow, ...fast])).toBe(true)
  })

  it('of one frame, or of two, is even', () => {
    expect(isUneven([0])).toBe(false)
    expect(isUneven([3, 4])).toBe(false)
    expect(usualGap([0])).toBeNaN()
  })

  it('is that of most frames, whatever hiccups there are between', () => {
    const times = steady(30, 300)
    const hiccup = times.filter((_, index) => index % 50 !== 7)
    expect(usualRate(hiccup)).toBeCloseTo(30, 6)
    expect(usualGap(hiccup)).toBeCloseTo(1 / 30, 6)
  })
})

describe('the step of an uneven clip', () => {
  const dropped = (rate: number, frames: number, keep: (index: number) => boolean) =>
    inMilliseconds(steady(rate, frames, 2.5)).filter((_, index) => keep(index))

  it('is that of the frames that follow each other, so that each keeps a place of its own', () => {
    expect(stepRate(dropped(30, 240, (index) => index % 7 !== 3 && index % 30 < 26))).toBe(30)
    expect(stepRate(dropped(30_000 / 1001, 240, (index) => index % 5 !== 2))).toBeCloseTo(29.97, 2)
  })

  it('is found although most frames were dropped', () => {
    expect(stepRate(dropped(30, 300, (index) => index % 2 === 0 || index % 10 === 1))).toBe(30)
  })

  it('is the usual one where frames only stumble', () => {
    const stumbling = steady(30, 300).map((time, index) => (index > 100 ? time + 0.05 : time))
    expect(stepRate(stumbling)).toBe(30)
  })

  it('is none where frames follow each other at any distance, and of a single frame', () => {
    const growing = Array.from({ length: 200 }, (_, index) => (index * index) / 10_000 + index / 100)
    expect(stepRate(growing)).toBeNull()
    expect(stepRate([0])).toBeNull()
  })
})

describe('the longest way to a keyframe', () => {
  it('counts from one to the next, to the end, and to the first', () => {
    expect(longestWay([0, 1, 3, 4], { start: 0, end: 5 })).toBe(2)
    expect(longestWay([0, 1], { start: 0, end: 9 })).toBe(8)
    expect(longestWay([4], { start: 0, end: 5 })).toBe(4)
  })

  it('is all of a clip without one, or with a single one at its start', () => {
    expect(longestWay([], { start: 2, end: 8 })).toBe(6)
    expect(longestWay([2], { start: 2, end: 8 })).toBe(6)
  })

  it('is found among more keyframes than a function takes arguments', () => {
    expect(longestWay(steady(240, 3_000_000), { start: 0, end: 12_500 })).toBeCloseTo(1 / 240, 6)
  })
})
