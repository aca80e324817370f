import { describe, expect, it, vi } from 'vitest'
import { fallIn, type Follower } from '../../../src/renderer/features/takes/stage/use-in-step.ts'

function aVideo(change: Partial<Follower> = {}) {
  const video = {
    currentTime: 0,
    duration: 5,
    paused: true,
    seeking: false,
    play: vi.fn(() => Promise.resolve()),
    pause: vi.fn(),
    ...change,
  }
  return video satisfies Follower
}

describe('A result beside its reference', () => {
  it('starts and stops with it', () => {
    const still = aVideo()
    fallIn(still, { time: 0, isPlaying: true })
    expect(still.play).toHaveBeenCalled()
    const moving = aVideo({ paused: false })
    fallIn(moving, { time: 0, isPlaying: false })
    expect(moving.pause).toHaveBeenCalled()
  })

  it('jumps to it only where an eye would see the gap', () => {
    const near = aVideo({ paused: false, currentTime: 1 })
    fallIn(near, { time: 1.05, isPlaying: true })
    expect(near.currentTime).toBe(1)
    const far = aVideo({ paused: false, currentTime: 1 })
    fallIn(far, { time: 1.3, isPlaying: true })
    expect(far.currentTime).toBe(1.3)
  })

  it('shows the same moment while it stands', () => {
    const video = aVideo({ currentTime: 1 })
    fallIn(video, { time: 1.033, isPlaying: false })
    expect(video.currentTime).toBe(1.033)
  })

  it('waits on its last frame where the reference is longer', () => {
    const video = aVideo({ paused: false, currentTime: 4.99 })
    fallIn(video, { time: 5.5, isPlaying: true })
    expect(video.pause).toHaveBeenCalled()
    expect(video.currentTime).toBe(4.99)
  })
})
