import { describe, expect, it } from 'vitest'
import { createPlaying, type PlayedPart } from '../../../../src/renderer/features/compare/engine/playing.ts'
import { FakeSound } from '../../../support/window/fake-sources.ts'
import { FakeScreen } from '../../../support/window/fake-players.ts'

const whole: PlayedPart = { from: 0, speed: 1, span: { start: 0, end: 60 }, loops: false, heard: false }

function opened() {
  const screen = new FakeScreen()
  const sound = new FakeSound(screen)
  const times: number[] = []
  const said: string[] = []
  /** What a test changes while it plays. */
  const world = { ready: (_: number): boolean => true, busyUntil: 0, painting: 0 }
  const playing = createPlaying({
    scheduler: screen.scheduler,
    sound,
    framesReady: (time) => world.ready(time),
    isBusy: () => screen.now < world.busyUntil,
    startReady: () => true,
    onTime: (time) => {
      times.push(time)
      world.busyUntil = screen.now + world.painting
    },
    onEnd: () => said.push('end'),
    onWaiting: (waiting) => said.push(waiting ? 'waits' : 'moves'),
    onSlow: (slow) => said.push(slow ? 'slow' : 'fast'),
    onHeavy: () => said.push('heavy'),
  })
  const steps = () => times.slice(1).map((time, nth) => time - (times[nth] ?? 0))
  return { screen, sound, times, said, world, playing, steps, last: () => times.at(-1) ?? -1 }
}

describe('the clock without sound', () => {
  it('goes as fast as time at every speed', async () => {
    for (const speed of [0.1, 1, 2]) {
      const { playing, screen, last } = opened()
      playing.start({ ...whole, from: 2, speed })
      await screen.advance(3000)
      expect(Math.abs(last() - 2 - 3 * speed)).toBeLessThan(0.04 * speed)
    }
  })

  it('waits for a picture as long as it takes, and skips nothing', async () => {
    const { playing, screen, world, steps, last, said } = opened()
    playing.start(whole)
    await screen.advance(1000)
    for (const wait of [30, 100, 240]) {
      const stuck = last()
      world.ready = (time) => time <= stuck
      await screen.advance(wait)
      expect(last()).toBe(stuck)
      world.ready = () => true
      await screen.advance(500)
    }
    // Two refreshes, where half of them are painted.
    expect(Math.max(...steps())).toBeLessThan(0.034)
    expect(said).not.toContain('waits')
  })

  it('says after a quarter of a second that it waits, and then that it moves', async () => {
    const { playing, screen, world, said, last } = opened()
    const waits = () =>
      said.filter((word, nth) => ['waits', 'moves'].includes(word) && word !== said[nth - 1])
    playing.start(whole)
    await screen.advance(1000)
    world.ready = () => false
    await screen.advance(230)
    expect(waits()).toEqual(['moves'])
    await screen.advance(60)
    expect(waits()).toEqual(['moves', 'waits'])
    const stuck = last()
    world.ready = () => true
    playing.frameArrived()
    await screen.advance(50)
    expect(waits()).toEqual(['moves', 'waits', 'moves'])
    expect(last() - stuck).toBeLessThan(0.06)
  })

  it('does not jump over what nobody saw', async () => {
    const { playing, screen, steps } = opened()
    playing.start(whole)
    await screen.advance(500)
    // A debugger, or a hidden window.
    screen.now += 5000
    await screen.advance(200)
    expect(Math.max(...steps())).toBeLessThanOrEqual(0.05 + 1e-9)
  })

  it('never shows a moment that was not ready, and ends at the end', async () => {
    const { playing, screen, world, times, said } = opened()
    const asked: number[] = []
    world.ready = (time) => {
      asked.push(time)
      return asked.length % 3 !== 0
    }
    playing.start({ ...whole, from: 59 })
    await screen.advance(3000)
    expect(said.at(-1)).toBe('end')
    expect(times.every((time) => asked.includes(time) && time < 60)).toBe(true)
    expect(asked.at(-1)).toBe(60)
    expect(playing.isOn()).toBe(false)
  })
})

describe('a machine that is too slow', () => {
  it('is called so when more than one refresh in ten had to wait, and two seconds later copies are asked for, once', async () => {
    const { playing, screen, world, said } = opened()
    let refreshes = 0
    world.ready = () => ++refreshes % 6 !== 0
    playing.start(whole)
    await screen.advance(300)
    expect(said).toEqual(['moves'])
    await screen.advance(1000)
    expect(said).toEqual(['moves', 'slow'])
    await screen.advance(600)
    expect(said).toEqual(['moves', 'slow'])
    await screen.advance(8000)
    expect(said).toEqual(['moves', 'slow', 'heavy'])
  })

  it('is not called so for one in twelve', async () => {
    const { playing, screen, world, said } = opened()
    let refreshes = 0
    world.ready = () => ++refreshes % 12 !== 0
    playing.start(whole)
    await screen.advance(8000)
    expect(said).toEqual(['moves'])
  })

  it('paints thirty times a second at most, at the right speed, and every refresh again once it keeps up', async () => {
    const { playing, screen, world, said, times, last } = opened()
    let refreshes = 0
    world.ready = () => ++refreshes % 4 !== 0
    playing.start(whole)
    await screen.advance(1500)
    expect(said).toContain('slow')
    world.ready = () => true
    const from = { count: times.length, time: last() }
    await screen.advance(1000)
    expect(times.length - from.count).toBeLessThanOrEqual(31)
    expect(last() - from.time).toBeGreaterThan(0.95)
    await screen.advance(1500)
    expect(said.at(-1)).toBe('fast')
    const count = times.length
    await screen.advance(500)
    expect(times.length - count).toBeGreaterThanOrEqual(29)
  })

  it('is called so too where painting takes the time', async () => {
    const { playing, screen, world, said, last } = opened()
    world.painting = 80
    playing.start(whole)
    await screen.advance(3000)
    expect(last()).toBeLessThan(2.5)
    expect(said).toContain('slow')
  })

  it('is not called so where painting misses a refresh now and then', async () => {
    const { playing, screen, world, said, last } = opened()
    world.painting = 25
    playing.start(whole)
    await screen.advance(3000)
    expect(last()).toBeGreaterThan(2.9)
    expect(said).toEqual(['moves'])
  })
})

describe('the clock with sound', () => {
  const heard = { ...whole, heard: true }

  it('is the sound, however fast that goes', async () => {
    const { playing, screen, sound, last } = opened()
    sound.rate = 0.99
    playing.start({ ...heard, from: 1 })
    await screen.advance(10_050)
    expect(Math.abs(last() - 1 - 9.9)).toBeLessThan(0.04)
    expect(sound.starts).toHaveLength(1)
  })

  it('shows no later picture before anything is heard', async () => {
    const { playing, screen, sound, times } = opened()
    sound.begins = 300
    playing.start(heard)
    await screen.advance(300)
    expect(times.every((time) => time < 0.001)).toBe(true)
    await screen.advance(200)
    expect(times.at(-1)).toBeGreaterThan(0.1)
  })

  it('gives a sound up that never begins, and the pictures play', async () => {
    const { playing, screen, sound, last, said } = opened()
    sound.begins = null
    playing.start(heard)
    await screen.advance(700)
    expect(last()).toBe(-1)
    await screen.advance(2300)
    expect(last()).toBeGreaterThan(2)
    expect(sound.isOn).toBe(false)
    expect(sound.starts).toHaveLength(1)
    expect(said).toEqual(['moves'])
  })

  it('stops the sound where pictures are missing for long, and both begin again at one moment', async () => {
    const { playing, screen, sound, world, last } = opened()
    playing.start(heard)
    await screen.advance(1000)
    world.ready = () => false
    await screen.advance(600)
    expect(sound.isOn).toBe(false)
    const stuck = last()
    world.ready = () => true
    await screen.advance(100)
    expect(sound.starts.at(-1)?.from).toBe(stuck)
    await screen.advance(1000)
    expect(last()).toBeGreaterThan(stuck + 0.9)
  })

  it('plays without a sound that is not loaded yet, and with it from then on', async () => {
    const { playing, screen, sound, last } = opened()
    sound.ready = false
    playing.start(heard)
    await screen.advance(500)
    expect(last()).toBeGreaterThan(0.4)
    sound.ready = true
    await screen.advance(500)
    expect(sound.starts[0]?.from).toBeGreaterThan(0.4)
    expect(sound.isOn).toBe(true)
  })

  it('is silent once it is stopped, and at the end', async () => {
    const { playing, screen, sound, said } = opened()
    playing.start(heard)
    await screen.advance(200)
    playing.stop()
    expect(sound.isOn).toBe(false)
    playing.start({ ...heard, from: 59.5 })
    await screen.advance(1000)
    expect(said.at(-1)).toBe('end')
    expect(sound.isOn).toBe(false)
  })
})
