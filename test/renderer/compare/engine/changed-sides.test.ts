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

describe('a side that comes or goes', () => {
  const three = [...pair, steady(25, 4)]

  it('leaves the place, the speed and the playing of the others as they are', async () => {
    const fake = await opened(pair)
    const added = steady(25, 4)
    fake.engine.setSpeed(0.5)
    fake.engine.seek(1)
    fake.engine.play()
    await fake.screen.advance(500)
    const { time } = fake.engine.reading()
    const source = fake.sourceFor(2, { list: added })
    fake.setSides([0, 1, { frames: added, source }])
    fake.engine.setVisible([0, 1, 2])
    await fake.screen.advance(500)
    expect(fake.engine.status()).toMatchObject({ phase: 'playing', speed: 0.5 })
    expect(fake.painted().size).toBe(3)
    expect(fake.engine.reading().time).toBeGreaterThan(time + 0.1)
    expect(fake.engine.reading().time).toBeLessThan(time + 0.3)
    expectExact(fake)
  })

  it('is closed when it goes, and no picture of it is painted any more, not even one that was being read', async () => {
    const fake = await opened(three)
    fake.pictures.readTime = () => 30
    fake.engine.seek(2)
    await fake.screen.advance(10)
    fake.setSides([0, 2])
    fake.pictures.readTime = () => 0
    await fake.screen.advance(300)
    expect([...fake.painted()]).toEqual([
      [0, 60],
      [1, 50],
    ])
    expect(fake.sources[1]?.held()).toBe(0)
    expect(fake.engine.reading().frames).toEqual([60, 50])
    expectExact(fake)
  })

  it('out of sight leaves the pair that plays as it is, and what is shown stays shown', async () => {
    const fake = await opened(three)
    fake.engine.setVisible([0, 2], 2)
    fake.engine.seek(1)
    fake.engine.play()
    await fake.screen.advance(500)
    const { length } = fake.paints
    const { time } = fake.engine.reading()
    fake.setSides([0, 2])
    await fake.screen.advance(500)
    expect(fake.engine.status()).toMatchObject({ phase: 'playing', catchingUp: false })
    // The first is what the fake takes over, the second what was playing: never one side alone.
    expect(fake.paints.slice(length).map(({ frames }) => frames.size)).not.toContain(1)
    expect(fake.engine.reading().time).toBeGreaterThan(time + 0.3)
    expectExact(fake)
  })

  it('may be asked for before it is there', async () => {
    const fake = await opened(pair)
    fake.engine.setVisible([0, 1, 2], 2)
    fake.engine.seek(1)
    await fake.screen.advance(100)
    expect([...fake.painted().values()]).toEqual([30, 24])
    expect(fake.engine.status().settled).toBe(true)
  })
})

describe('a side that comes or goes while copies are shown first', () => {
  const late = { arrival: (_side: number, frame: number) => (frame < 20 ? 5 : 600) }

  it('takes its copy along, and the others keep theirs', async () => {
    const fake = await opened([...pair, steady(30, 4)], late)
    for (const side of [0, 1, 2]) fake.addCopy(side)
    const gone = fake.sources[4]
    fake.setSides([0, 2])
    await fake.screen.advance(50)
    fake.engine.seek(3)
    await fake.screen.advance(60)
    expect(fake.paints.at(-1)?.soft).toBe(true)
    expect([...fake.painted().values()]).toEqual([90, 90])
    expect(gone?.held()).toBe(0)
    await fake.screen.advance(700)
    expect(fake.engine.status()).toMatchObject({ settled: true, sharpening: false })
    expectExact(fake)
    fake.engine.dispose()
    expect(fake.pictures.open).toBe(0)
  })

  it('leaves nobody waiting for a sharp picture where the soft one was of the side that is gone', async () => {
    const fake = await opened([...pair, steady(30, 4)], {
      arrival: (side, frame) => (side < 2 || frame < 20 ? 5 : null),
    })
    fake.addCopy(2)
    fake.engine.seek(3)
    await fake.screen.advance(60)
    expect(fake.engine.status().sharpening).toBe(true)
    let sharp = false
    void fake.engine.sharp().then(() => (sharp = true))
    fake.setSides([0, 1])
    expect(fake.engine.status().sharpening).toBe(false)
    await fake.screen.advance(60)
    expect([sharp, fake.engine.status().settled]).toEqual([true, true])
    expectExact(fake)
  })
})

describe('another file of a side', () => {
  it('is read for the frame that is shown, and a still waits for it', async () => {
    const fake = await opened(pair)
    const count = fake.paints.length
    fake.engine.replaceSource(1, fake.sourceFor(1, { comes: () => 300 }))
    let sharp = false
    void fake.engine.sharp().then(() => (sharp = true))
    await fake.screen.advance(200)
    expect([sharp, fake.paints.length, fake.engine.status().sharpening]).toEqual([false, count, true])
    await fake.screen.advance(200)
    expect([sharp, fake.paints.length, fake.engine.status().sharpening]).toEqual([true, count + 1, false])
    expectExact(fake)
  })
})
