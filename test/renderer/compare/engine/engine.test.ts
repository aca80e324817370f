import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FrameList } from '../../../../src/shared/domain/frames.ts'
import { createFakeEngine, expectExact } from '../../../support/window/fake-engine.ts'
import { stubCanvases } from '../../../support/window/fake-frames.ts'
import { steadyTimes } from '../../../support/window/fake-players.ts'

beforeAll(stubCanvases)
afterAll(() => {
  vi.unstubAllGlobals()
})

const steady = (rate: number, duration: number): FrameList => ({
  frameTimes: steadyTimes(rate, duration),
  duration,
})

/** Until the first pair is there. */
async function opened(...options: Parameters<typeof createFakeEngine>) {
  const fake = createFakeEngine(...options)
  await fake.screen.advance(200)
  return fake
}

const pair = [steady(30, 4), steady(24, 4)]

describe('stepping', () => {
  it('300 frames forward and back shows the identical pair again', async () => {
    const fake = await opened([steady(30, 14), steady(24, 14)])
    fake.engine.seek(1.21)
    await fake.screen.advance(100)
    const before = fake.painted()
    const seen: (readonly number[])[] = []
    for (let step = 0; step < 600; step += 1) {
      fake.engine.step(step < 300 ? 1 : -1)
      await fake.screen.advance(20)
      expect(fake.engine.status().settled).toBe(true)
      seen.push([...fake.painted().values()])
    }
    expect(seen[299]).toEqual([336, 269])
    expect(fake.painted()).toEqual(before)
    expect(seen.slice(300, 599)).toEqual(seen.slice(0, 299).reverse())
    expectExact(fake)
  })
})

describe('seeking', () => {
  it('shows the nearest pair that is there, and then the exact one', async () => {
    let slow = 5
    const fake = await opened(pair, { arrival: () => slow })
    slow = 300
    fake.engine.seek(0.5)
    await fake.screen.advance(50)
    const [nearest = 0] = fake.painted().values()
    expect(nearest).toBeGreaterThan(0)
    expect(nearest).toBeLessThan(15)
    expect(fake.engine.status().settled).toBe(false)
    expect(fake.engine.reading().wanted).toBeCloseTo(0.5)
    await fake.screen.advance(400)
    expect([...fake.painted().values()]).toEqual([15, 12])
    expectExact(fake)
  })

  it('while playing plays from there', async () => {
    const fake = await opened(pair)
    fake.engine.play()
    await fake.screen.advance(300)
    fake.engine.seek(2)
    await fake.screen.advance(500)
    expect(fake.engine.status().phase).toBe('playing')
    expect(fake.engine.reading().time).toBeGreaterThan(2.3)
    expect(fake.engine.reading().time).toBeLessThan(2.6)
    expectExact(fake)
  })

  it('while playing is not undone by a pause that comes before the picture', async () => {
    let slow = 5
    const fake = await opened(pair, { arrival: () => slow })
    fake.engine.play()
    await fake.screen.advance(300)
    slow = 200
    fake.engine.seek(2)
    await fake.screen.advance(50)
    fake.engine.pause()
    await fake.screen.advance(500)
    expect([...fake.painted().values()]).toEqual([60, 48])
  })

  it('is not undone by another source or by a side that is hidden meanwhile', async () => {
    let slow = 5
    const fake = await opened(pair, { arrival: () => slow })
    slow = 200
    fake.engine.seek(2)
    await fake.screen.advance(50)
    fake.engine.replaceSource(1, fake.sourceFor(1))
    await fake.screen.advance(50)
    fake.engine.setVisible([0])
    await fake.screen.advance(500)
    expect([...fake.painted().values()]).toEqual([60])
    expect(fake.engine.reading().frames).toEqual([60, 48])
  })

  it('by dragging holds playing until the drag ends', async () => {
    const fake = await opened(pair)
    fake.engine.play()
    await fake.screen.advance(200)
    fake.engine.scrub(1)
    await fake.screen.advance(500)
    expect(fake.engine.reading().time).toBeCloseTo(1)
    fake.engine.endScrub()
    await fake.screen.advance(300)
    expect(fake.engine.reading().time).toBeGreaterThan(1.2)
  })
})

describe('playing', () => {
  it('keeps the painted pair where it is paused, or the one that is being painted', async () => {
    for (const [reading, later] of [
      [0, 0],
      [30, 1],
    ] as const) {
      const fake = await opened(pair)
      fake.pictures.readTime = () => reading
      fake.engine.play()
      await fake.screen.advance(777)
      const count = fake.paints.length
      fake.engine.pause()
      await fake.screen.advance(300)
      expect(fake.paints.length - count).toBe(later)
      expect(fake.engine.status()).toMatchObject({ phase: 'paused', settled: true })
      expectExact(fake)
    }
  })

  it('keeps the pair also where a frame of the coarser side has just begun', async () => {
    for (const ahead of [0.0003, 0.0008]) {
      const fake = await opened(pair)
      // Just before the reference turns to frame 15, the result turns to frame 12.
      fake.setLeads([0, ahead])
      fake.engine.seek(0.4989)
      await fake.screen.advance(100)
      expect([...fake.painted().values()]).toEqual([14, 12])
      fake.engine.play()
      fake.engine.pause()
      await fake.screen.advance(100)
      expect([...fake.painted().values()]).toEqual([14, 12])
      expectExact(fake)
    }
  })

  it('shows every frame of the finer side, one after the other, as long as the clip', async () => {
    const fake = await opened(pair)
    fake.engine.play()
    await fake.screen.advance(4200)
    expect(
      fake.paints.map(({ frames }) => frames.get(0)).filter((frame, nth, all) => frame !== all[nth - 1]),
    ).toEqual(steadyTimes(30, 4).map((_, frame) => frame))
    expectExact(fake)
  })

  it('pauses on the last pair, and plays from the beginning from there', async () => {
    const fake = await opened(pair)
    fake.engine.seek(3.5)
    fake.engine.play()
    await fake.screen.advance(1000)
    expect(fake.engine.status()).toMatchObject({ phase: 'paused', settled: true })
    expect([...fake.painted().values()]).toEqual([119, 95])
    fake.engine.play()
    await fake.screen.advance(400)
    expect(fake.engine.status().phase).toBe('playing')
    expect(fake.engine.reading().time).toBeLessThan(0.5)
  })

  it('ends on the last pair also where its refreshes miss it', async () => {
    for (const from of [0, 0.004, 0.008, 0.012, 0.016, 0.02]) {
      const fake = await opened([steady(60, 1), steady(60, 1)])
      fake.engine.setSpeed(2)
      fake.engine.seek(from)
      fake.engine.play()
      await fake.screen.advance(1000)
      expect([...fake.painted().values()]).toEqual([59, 59])
    }
  })

  it('goes round a loop and shows nothing outside of it', async () => {
    for (const [heard, seconds] of [
      ['none', 20],
      ['reference', 20],
    ] as const) {
      const fake = await opened(pair, { heard })
      fake.engine.setLoop({ on: true, from: 1, to: 1.5 })
      fake.engine.seek(1.2)
      await fake.screen.advance(100)
      fake.paints.length = 0
      // Refreshes of a screen and the length of a loop meet at every phase.
      fake.sound.rate = 1.0001
      fake.engine.play()
      await fake.screen.advance(seconds * 1000)
      const frames = fake.paints.map(({ frames: shown }) => shown.get(0) ?? -1)
      if (heard !== 'none') expect(fake.sound.starts[0]?.loop?.start).toBe(1)
      expect(new Set(frames)).toEqual(new Set(Array.from({ length: 16 }, (_, nth) => 30 + nth)))
      expectExact(fake)
    }
  })

  it('that is switched on behind its end begins it, for picture and sound alike', async () => {
    const fake = await opened(pair, { heard: 'reference' })
    fake.engine.seek(3)
    fake.engine.play()
    await fake.screen.advance(500)
    fake.engine.setLoop({ on: true, from: 1, to: 1.5 })
    await fake.screen.advance(200)
    expect(fake.sound.starts.at(-1)?.from).toBeCloseTo(1, 1)
    expect(fake.painted().get(0)).toBeLessThanOrEqual(45)
    expectExact(fake)
  })

  it('waits for a side that has no picture, without a skip, says so, and goes on with both', async () => {
    const fake = await opened(pair, {
      arrival: (side, frame) => (side === 1 && frame >= 24 ? null : 5),
    })
    fake.engine.play()
    await fake.screen.advance(1200)
    expect([...fake.painted().values()]).toEqual([29, 23])
    expect(fake.engine.status().catchingUp).toBe(false)
    await fake.screen.advance(300)
    expect(fake.engine.status()).toMatchObject({ phase: 'playing', catchingUp: true })
    fake.release()
    await fake.screen.advance(20)
    expect(fake.engine.status().catchingUp).toBe(false)
    await fake.screen.advance(3500)
    expect(new Set(fake.paints.map(({ frames }) => frames.get(0))).size).toBe(120)
    expectExact(fake)
  })

  it('does not call the machine slow any more once it is paused, at the end or elsewhere', async () => {
    for (const leave of ['end', 'pause', 'seek', 'speed']) {
      let held = true
      const fake = await opened(pair, { arrival: (_, frame) => (held && frame > 60 ? 450 : 5) })
      fake.engine.seek(1.9)
      fake.engine.play()
      await fake.screen.advance(2500)
      expect(fake.engine.status().slow, leave).toBe(true)
      held = false
      if (leave === 'pause') fake.engine.pause()
      else if (leave === 'seek') fake.engine.seek(0)
      else if (leave === 'speed') fake.engine.setSpeed(0.5)
      else {
        fake.engine.seek(3.9)
        await fake.screen.advance(10)
      }
      await fake.screen.advance(2500)
      expect(fake.engine.status().slow, leave).toBe(false)
    }
  })
})

describe('a picture that cannot be read', () => {
  it('ends in a failure that names the side, and nothing more is painted', async () => {
    const fake = await opened(pair)
    fake.engine.play()
    await fake.screen.advance(300)
    fake.pictures.readTime = () => null
    await fake.screen.advance(100)
    expect(fake.engine.status()).toMatchObject({ phase: 'failed', failed: 'reference' })
    const count = fake.paints.length
    fake.pictures.readTime = () => 0
    fake.engine.play()
    fake.engine.seek(1)
    await fake.screen.advance(500)
    expect(fake.paints).toHaveLength(count)
    fake.engine.dispose()
    expect(fake.pictures.open).toBe(0)
  })
})
