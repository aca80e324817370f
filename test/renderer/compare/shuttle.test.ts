import { expect, it } from 'vitest'
import { nextSpeed, shuttle } from '../../../src/renderer/features/compare/shuttle.ts'

it('plays at the set speed first, then faster with every press', () => {
  expect(shuttle('forward', { playing: false, speed: 0.5 })).toEqual({ act: 'play', speed: 0.5 })
  expect(shuttle('forward', { playing: true, speed: 0.5 })).toEqual({ act: 'play', speed: 1 })
  expect(shuttle('forward', { playing: true, speed: 1 })).toEqual({ act: 'play', speed: 1.5 })
  expect(shuttle('forward', { playing: true, speed: 1.5 })).toEqual({ act: 'play', speed: 2 })
  expect(shuttle('forward', { playing: true, speed: 2 })).toEqual({ act: 'play', speed: 2 })
})

it('stops, and steps back from there', () => {
  expect(shuttle('pause', { playing: true, speed: 2 })).toEqual({ act: 'pause' })
  expect(shuttle('back', { playing: true, speed: 1 })).toEqual({ act: 'pause' })
  expect(shuttle('back', { playing: false, speed: 1 })).toEqual({ act: 'step', frames: -1 })
})

it('ends at the slowest and the fastest speed', () => {
  expect([nextSpeed(0.1, -1), nextSpeed(0.1, 1), nextSpeed(1, -1), nextSpeed(2, 1)]).toEqual([
    0.1, 0.25, 0.75, 2,
  ])
})
