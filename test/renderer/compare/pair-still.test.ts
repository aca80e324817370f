import { describe, expect, it } from 'vitest'
import { createFakePair } from '../../support/window/fake-pair.ts'

const opened = async (...options: Parameters<typeof createFakePair>) => {
  const fake = createFakePair(...options)
  await fake.settle()
  return fake
}

describe('standing still', () => {
  it('opens on the first frame of both', async () => {
    const { pair, frames } = await opened()
    expect(pair.status()).toMatchObject({ phase: 'paused', settled: true })
    expect(frames()).toEqual([0, 0])
  })

  it('shows on each side the frame of that time by its own frame rate', async () => {
    const { pair, settle, frames } = await opened()
    pair.seek(4.51)
    await settle()
    expect(frames()).toEqual([135, 108])
    expect(pair.reading().frames).toEqual([135, 108])
  })

  it('lands on the right frames where the clock of a file begins late, standing and playing', async () => {
    const { pair, settle, screen, frames, reference, result } = await opened({
      reference: { clockStart: 0.5 },
      result: { clockStart: 0.0667 },
    })
    expect(frames()).toEqual([0, 0])
    pair.seek(4.51)
    await settle()
    expect(frames()).toEqual([135, 108])
    expect(pair.reading().frames).toEqual([135, 108])
    pair.play()
    await screen.advance(3000)
    const apart = reference.currentTime - 0.5 - (result.currentTime - 0.0667)
    expect(Math.abs(apart)).toBeLessThan(1 / 30)
    pair.seek(99)
    await settle()
    expect(frames()).toEqual([299, 239])
  })

  it('does not seek again once it has settled', async () => {
    const { pair, settle, screen, reference, result } = await opened()
    pair.seek(4.51)
    await settle()
    const seeks = [reference.seeks.length, result.seeks.length]
    pair.seek(4.515)
    await screen.advance(5000)
    expect([reference.seeks.length, result.seeks.length]).toEqual(seeks)
  })

  it('carries out only the newest of many wishes, one at a time', async () => {
    const { pair, settle, reference, frames } = await opened({ reference: { seekTime: () => 100 } })
    const before = reference.seeks.length
    for (let wish = 1; wish <= 100; wish += 1) pair.seek(wish * 0.09)
    await settle()
    expect(frames()).toEqual([270, 216])
    expect(reference.seeks.length - before).toBe(2)
  })

  it('returns to the identical pair after 300 steps forward and 300 back', async () => {
    const { pair, settle, screen, frames } = await opened({
      reference: { duration: 12 },
      result: { rate: 25, duration: 14 },
    })
    pair.seek(0.777)
    await settle()
    const before = frames()
    for (const direction of [1, -1]) {
      for (let step = 0; step < 300; step += 1) {
        pair.step(direction)
        await screen.advance(5)
      }
      await settle()
    }
    expect(frames()).toEqual(before)
  })

  it('shows the last frame of both at the end, the shorter one holding', async () => {
    const { pair, settle, frames } = await opened({ result: { duration: 6 } })
    pair.seek(99)
    await settle()
    expect(frames()).toEqual([299, 143])
  })
})
