import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createFakeEngine, expectExact } from '../../../support/window/fake-engine.ts'
import { stubCanvases } from '../../../support/window/fake-frames.ts'
import { steadyTimes } from '../../../support/window/fake-players.ts'

beforeAll(stubCanvases)
afterAll(() => {
  vi.unstubAllGlobals()
})

const list = { frameTimes: steadyTimes(30, 10), duration: 10 }

/** Two files whose frames take long, opened on their first pair, and the sides that have a copy. */
async function opened({ copied = [0, 1], copyTime = 20 } = {}) {
  const fake = createFakeEngine([list, list], {
    arrival: (_side, frame) => (frame < 20 ? 5 : 600),
    copyArrival: () => copyTime,
  })
  await fake.screen.advance(50)
  expect(fake.engine.status().settled).toBe(true)
  for (const side of copied) fake.addCopy(side)
  return { ...fake, originals: fake.sources.slice(0, 2) }
}

describe('a seek', () => {
  it('shows the exact pair from the copies, and then from the files', async () => {
    const fake = await opened()
    fake.engine.seek(5)
    let sharp = false
    void fake.engine.sharp().then(() => (sharp = true))
    await fake.screen.advance(0)
    expect(sharp).toBe(true)
    await fake.screen.advance(60)
    expectExact(fake)
    expect([...fake.painted().values()]).toEqual([150, 150])
    expect(fake.paints.at(-1)?.soft).toBe(true)
    expect(fake.engine.status()).toMatchObject({ settled: false, sharpening: true })
    sharp = false
    void fake.engine.sharp().then(() => (sharp = true))
    await fake.screen.advance(100)
    expect(sharp).toBe(false)
    await fake.screen.advance(600)
    expectExact(fake)
    expect(fake.paints.at(-1)?.soft).toBe(false)
    expect(fake.engine.status()).toMatchObject({ settled: true, sharpening: false })
    expect(sharp).toBe(true)
  })

  it('asks the files only once the pair from the copies is painted', async () => {
    const fake = await opened()
    const wants = () => fake.originals.map((source) => source.wants)
    const before = wants()
    fake.engine.seek(5)
    await fake.screen.advance(15)
    expect(wants()).toEqual(before)
    await fake.screen.advance(45)
    expect([...fake.painted().values()]).toEqual([150, 150])
    expect(wants()).toEqual(before.map((count) => count + 1))
  })

  it('to the place that is painted from the copies already asks the files', async () => {
    const fake = await opened()
    fake.engine.seek(5)
    await fake.screen.advance(60)
    fake.engine.seek(5)
    await fake.screen.advance(700)
    expect(fake.engine.status()).toMatchObject({ settled: true, sharpening: false })
  })

  it('asks the files after all where the copies are given up', async () => {
    const fake = await opened({ copyTime: 100_000 })
    fake.engine.seek(5)
    await fake.screen.advance(30)
    for (const side of [0, 1]) fake.engine.setCopy(side, null)
    await fake.screen.advance(700)
    expectExact(fake)
    expect(fake.engine.status().settled).toBe(true)
  })

  it('begins to play from the files alone', async () => {
    const fake = await opened()
    fake.engine.play()
    fake.engine.seek(5)
    await fake.screen.advance(300)
    expect(fake.engine.reading().time).toBeCloseTo(5)
    await fake.screen.advance(700)
    expect(fake.engine.reading().time).toBeGreaterThan(5.1)
    expect(fake.paints.at(-1)?.soft).toBe(false)
    expectExact(fake)
    fake.engine.dispose()
  })

  it('waits for a side that has no copy', async () => {
    const fake = await opened({ copied: [0] })
    fake.engine.seek(5)
    await fake.screen.advance(400)
    expect(fake.paints.some(({ soft }) => soft)).toBe(false)
    await fake.screen.advance(400)
    expect([...fake.painted().values()]).toEqual([150, 150])
  })

  it('shows nothing soft where that is not allowed', async () => {
    const fake = await opened()
    fake.engine.allowSoft(false)
    fake.engine.seek(5)
    await fake.screen.advance(800)
    expect(fake.engine.status().settled).toBe(true)
    expect(fake.paints.some(({ soft }) => soft)).toBe(false)
  })

  it('goes without a copy that breaks', async () => {
    const fake = await opened({ copyTime: 5000 })
    fake.engine.scrub(5)
    await fake.screen.advance(50)
    fake.engine.setCopy(0, null)
    fake.engine.setCopy(1, null)
    await fake.screen.advance(800)
    expect([...fake.painted().values()]).toEqual([150, 150])
    expectExact(fake)
  })
})

describe('stepping', () => {
  it('asks the copies for nothing', async () => {
    const fake = await opened()
    const [, , ...copies] = fake.sources
    for (let step = 0; step < 10; step += 1) {
      fake.engine.step(1)
      await fake.screen.advance(20)
    }
    expect(copies.map(({ wants }) => wants)).toEqual([0, 0])
  })
})

describe('a drag', () => {
  it('shows picture after picture from the copies, though each takes longer than a move', async () => {
    const fake = await opened({ copyTime: 40 })
    const before = fake.paints.length
    const wanted = fake.originals.map(({ wants }) => wants)
    for (let move = 0; move < 125; move += 1) {
      fake.engine.scrub(1 + move * 0.07)
      await fake.screen.advance(16)
    }
    expect(fake.paints.length - before).toBeGreaterThan(25)
    expect(fake.originals.map(({ wants }) => wants)).toEqual(wanted)
    expect(fake.engine.status()).toMatchObject({ settled: false, sharpening: false })
    fake.engine.endScrub()
    expect(fake.engine.status().sharpening).toBe(true)
    await fake.screen.advance(800)
    expect(fake.engine.status()).toMatchObject({ settled: true, sharpening: false })
    expect(fake.wrong).toEqual([])
    expectExact(fake)
    fake.engine.dispose()
    await fake.screen.advance(100)
    expect(fake.pictures.open).toBe(0)
  })

  it('asks the file of a side without a copy', async () => {
    const fake = await opened({ copied: [0] })
    const wanted = fake.originals.map(({ wants }) => wants)
    fake.engine.scrub(5)
    expect(fake.originals.map(({ wants }, side) => wants - (wanted[side] ?? 0))).toEqual([0, 1])
    await fake.screen.advance(800)
    expect(fake.paints.at(-1)?.soft).toBe(true)
    expectExact(fake)
  })
})
