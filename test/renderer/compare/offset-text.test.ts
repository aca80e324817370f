import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  finerFrame,
  offsetByFrames,
  offsetBySeconds,
  offsetFromMarks,
  offsetText,
  readOffset,
} from '../../../src/renderer/features/compare/offset-text.ts'
import { framesAtTime } from '../../../src/shared/domain/pairs.ts'
import { steadyTimes } from '../../support/window/fake-players.ts'

const frame = 1 / 30

it.each([
  [0.1, '+3 frames · 0.100 s'],
  [-0.1, '−3 frames · 0.100 s'],
  [1 / 30, '+1 frame · 0.033 s'],
  [0, '0 frames · 0.000 s'],
  [0.0833, '+2.5 frames · 0.083 s'],
  // As far as a rate is known, this is whole frames.
  [0.1005, '+3 frames · 0.101 s'],
])('writes the offset %d', (offset, text) => {
  expect(offsetText(offset, frame)).toBe(text)
})

it.each([
  ['0.1', 0.1],
  ['+0,1 s', 0.1],
  ['-.5', -0.5],
  ['−1.25 seconds', -1.25],
  ['40 ms', 0.04],
  ['12f', 0.4],
  ['+3 frames', 0.1],
  ['-1 frame', -1 / 30],
  ['−3 frames · 0.100 s', -0.1],
  ['0', 0],
])('reads %j', (text, offset) => {
  expect(readOffset(text, frame)).toBeCloseTo(offset, 9)
})

it.each(['', 'later', '1 2', '3 f s', '1e3', '--1', '0x10', '12 min'])('takes %j for no offset', (text) => {
  expect(readOffset(text, frame)).toBeNull()
})

it('reads what it wrote as the same whole frames', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -900, max: 900 }),
      fc.constantFrom(24, 25, 29.97, 30, 60),
      (count, rate) => {
        const offset = count / rate
        expect(readOffset(offsetText(offset, 1 / rate), 1 / rate)).toBeCloseTo(offset, 9)
      },
    ),
  )
})

it('moves by whole frames, from between two of them to the next one, and back to nothing', () => {
  expect(offsetByFrames(0.1, frame, 1)).toBeCloseTo(4 / 30, 9)
  expect(offsetByFrames(0.09, frame, 1)).toBeCloseTo(3 / 30, 9)
  expect(offsetByFrames(0.09, frame, -1)).toBeCloseTo(2 / 30, 9)
  let offset = 0
  for (let step = 0; step < 300; step += 1) offset = offsetByFrames(offset, frame, 1)
  expect(offset).toBeCloseTo(10, 9)
  for (let step = 0; step < 300; step += 1) offset = offsetByFrames(offset, frame, -1)
  expect(offset).toBe(0)
})

it('moves by tenths of a second without gathering what cannot be written exactly', () => {
  let offset = 0
  for (let step = 0; step < 10; step += 1) offset = offsetBySeconds(offset, 0.1)
  expect(offset).toBe(1)
})

it('counts in frames of the side that has more of them', () => {
  const video = (rate: number) => ({ frameTimes: steadyTimes(rate, 4), duration: 4 })
  expect(finerFrame({ reference: video(24), result: video(30) })).toBeCloseTo(1 / 30, 9)
  expect(finerFrame({ reference: video(60), result: video(30) })).toBeCloseTo(1 / 60, 9)
})

it('shows two marked frames together, whatever their rates', () => {
  const rate = fc.constantFrom(23.976, 24, 25, 30, 60)
  fc.assert(
    fc.property(rate, rate, fc.nat(90), fc.nat(90), (one, other, reference, result) => {
      const videos = {
        reference: { frameTimes: steadyTimes(one, 4), duration: 4 },
        result: { frameTimes: steadyTimes(other, 4), duration: 4 },
      }
      const offset = offsetFromMarks(videos, { reference, result })
      const moment = videos.reference.frameTimes[reference] ?? NaN
      expect(
        framesAtTime(
          [
            { ...videos.reference, lead: 0 },
            { ...videos.result, lead: -offset },
          ],
          moment,
        ),
      ).toEqual([reference, result])
    }),
  )
})
