import { expect, it } from 'vitest'
import { placeFor, placeText } from '../../../src/renderer/features/compare/places.ts'
import { steadyTimes } from '../../support/window/fake-players.ts'

const clock = { start: -0.5, end: 75, reference: { frameTimes: steadyTimes(30, 10), duration: 10 } }

it('names a place by its time, both frames from one, and the offset', () => {
  const place = { time: 3.267, reference: 97, result: 77, offset: 0.1, frame: 1 / 30 }
  expect(placeText(place)).toBe('0:03.27 · reference frame 98 · result frame 78 · offset +3 f')
  expect(placeText({ ...place, offset: 0 })).toMatch(/offset 0 f$/)
})

it.each([
  ['3.2', 3.2],
  [' 3,2 s ', 3.2],
  ['0:03.27', 3.27],
  ['1:05', 65],
  ['-0.25', -0.25],
  ['−0:00.5', -0.5],
  // The end and the start as they are shown, rounded to the hundredth.
  ['75.004', 75],
  ['-0.503', -0.5],
])('goes to the time %j', (text, time) => {
  expect(placeFor(text, clock)).toEqual({ time })
})

it.each(['98f', 'f98', 'F 98', 'frame 98', '98 frames'])('goes to the frame of the reference %j', (text) => {
  expect(placeFor(text, clock)).toEqual({ time: clock.reference.frameTimes[97] })
})

it.each([
  ['', 'Type a time such as 0:03.27, or a frame such as 98f.'],
  ['soon', 'Type a time such as 0:03.27, or a frame such as 98f.'],
  ['3.2x', 'Type a time such as 0:03.27, or a frame such as 98f.'],
  ['--1', 'Type a time such as 0:03.27, or a frame such as 98f.'],
  ['1:70', 'Seconds go up to 59 after minutes.'],
  ['75.1', 'The comparison runs from −0:00.50 to 1:15.00.'],
  ['-1', 'The comparison runs from −0:00.50 to 1:15.00.'],
  ['0f', 'The reference has frames 1 to 300.'],
  ['301f', 'The reference has frames 1 to 300.'],
])('says why %j leads nowhere', (text, problem) => {
  expect(placeFor(text, clock)).toEqual({ problem })
})
