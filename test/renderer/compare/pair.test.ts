import { describe, expect, it } from 'vitest'
import { createFakePair } from '../../support/window/fake-pair.ts'
import { seededRandom, steadyTimes } from '../../support/window/fake-players.ts'

const opened = async (...options: Parameters<typeof createFakePair>) => {
  const fake = createFakePair(...options)
  await fake.settle()
  return fake
}

describe('playing', () => {
  const random = seededRandom(3)
  const busy = {
    reference: { startTime: () => 60 + 60 * random(), seekTime: () => 20 + 80 * random(), clock: 1.0005 },
    result: { startTime: () => 5 + 20 * random(), seekTime: () => 20 + 80 * random() },
  }

  it('keeps both players within a frame for 30 s, without a seek, whatever their devices do', async () => {
    for (const [one, other] of [
      [30, 24],
      [24, 30],
      [30, 30],
      [25, 59.94],
    ] as const) {
      const { pair, screen, reference, result, meter } = await opened({
        reference: { ...busy.reference, rate: one, duration: 40, misses: () => random() < 0.3 },
        result: { ...busy.result, rate: other, duration: 40, misses: () => random() < 0.3 },
      })
      pair.play()
      await screen.advance(300)
      const drifts: number[] = []
      while (drifts.length < 1500) {
        await screen.advance(20)
        drifts.push(Math.abs(reference.currentTime - result.currentTime))
      }
      expect(Math.max(...drifts)).toBeLessThan(1 / Math.min(one, other))
      expect(meter.summary().hardSeeks).toBe(0)
    }
  })

  it('never nudges the side that is heard', async () => {
    for (const sound of ['reference', 'result'] as const) {
      const { pair, screen, reference, result } = await opened(
        { reference: { ...busy.reference }, result: { ...busy.result, hasSound: true } },
        sound,
      )
      pair.play()
      await screen.advance(8000)
      const heard = sound === 'reference' ? reference : result
      const other = sound === 'reference' ? result : reference
      expect(new Set(heard.rates)).toEqual(new Set([1]))
      expect(new Set(other.rates).size).toBeGreaterThan(1)
      expect([heard.muted, other.muted]).toEqual([false, true])
      // Keeping the pitch would swallow every nudge; only what is heard has a pitch to keep.
      expect([heard.preservesPitch, other.preservesPitch]).toEqual([true, false])
    }
  })

  it('comes together again after one side stood still for a while', async () => {
    const { pair, screen, reference, result } = await opened(busy)
    pair.play()
    await screen.advance(2000)
    result.hiccup(150)
    await screen.advance(3000)
    expect(Math.abs(reference.currentTime - result.currentTime)).toBeLessThan(0.02)
  })

  it('stops, says so and waits for both where one side cannot keep up, and never shows a wrong pair for long', async () => {
    const { pair, screen, reference, result } = await opened({
      reference: { duration: 20 },
      // A decoder at six tenths of the speed: no nudge helps, and a jump only for a moment.
      result: { duration: 20, clock: 0.6 },
    })
    pair.play()
    const gaps: number[] = []
    const said = new Set<boolean>()
    for (let look = 0; look < 1000; look += 1) {
      await screen.advance(20)
      gaps.push(Math.abs(reference.currentTime - result.currentTime))
      said.add(pair.status().catchingUp)
    }
    expect(Math.max(...gaps)).toBeLessThan(0.8)
    expect(said).toEqual(new Set([false, true]))
    expect(pair.status().phase).toBe('playing')
    expect(result.currentTime).toBeGreaterThan(5)
    pair.pause()
    expect(pair.status().catchingUp).toBe(false)
  })

  it('says no more once both have kept together for a second', async () => {
    const { pair, screen, result } = await opened()
    pair.play()
    await screen.advance(1000)
    result.hiccup(5000)
    await screen.advance(1000)
    expect(pair.status().catchingUp).toBe(true)
    await screen.advance(2000)
    expect(pair.status()).toMatchObject({ phase: 'playing', catchingUp: false })
  })

  it('waits with both when one has no more data, and goes on with both', async () => {
    const { pair, screen, reference, result } = await opened()
    pair.play()
    await screen.advance(1000)
    result.readyState = 2
    result.dispatchEvent(new Event('waiting'))
    await screen.advance(3000)
    expect([reference.paused, result.paused]).toEqual([true, true])
    expect(pair.status().phase).toBe('playing')
    result.readyState = 4
    result.dispatchEvent(new Event('canplay'))
    await screen.advance(500)
    expect([reference.paused, result.paused]).toEqual([false, false])
  })

  it('settles without a frame of error after forty times play and pause', async () => {
    const { pair, settle, screen, frames } = await opened(busy)
    for (let toggle = 0; toggle < 40; toggle += 1) {
      pair.toggle()
      await screen.advance(100 + 300 * random())
    }
    await settle()
    const { time, frames: read } = pair.reading()
    expect(pair.status().phase).toBe('paused')
    expect(time).toBeGreaterThan(1)
    expect(frames()).toEqual([Math.floor(time * 30 + 0.03), Math.floor(time * 24 + 0.03)])
    expect(read).toEqual(frames())
  })

  it('pauses on the frame that was on the screen', async () => {
    const { pair, settle, screen, readings } = await opened()
    pair.play()
    await screen.advance(1234)
    const seen = readings.at(-1)?.frames[0]
    pair.pause()
    await settle()
    expect(pair.reading().frames[0]).toBe(seen)
  })

  it('lets the longer side go on while the shorter one holds its last frame', async () => {
    const { pair, screen, result, reference } = await opened({ reference: { duration: 2 } })
    pair.play()
    await screen.advance(4000)
    expect(reference.frame).toBe(59)
    expect(result.currentTime).toBeGreaterThan(3)
    expect(pair.status().phase).toBe('playing')
  })

  it('stops at the end, and starts over from there', async () => {
    const { pair, screen, frames } = await opened({ reference: { duration: 2 }, result: { duration: 2 } })
    pair.play()
    await screen.advance(3000)
    expect(pair.status().phase).toBe('paused')
    expect(frames()).toEqual([59, 47])
    pair.play()
    await screen.advance(1000)
    expect(pair.status().phase).toBe('playing')
    expect(pair.reading().time).toBeLessThan(1.1)
  })

  it('goes round a marked loop, both together, and never leaves it', async () => {
    const { pair, screen, reference, result } = await opened()
    pair.setLoop({ on: true, from: 2, to: 3 })
    pair.seek(2.5)
    pair.play()
    await screen.advance(300)
    const seeksBefore = reference.seeks.length
    const times: number[] = []
    for (let look = 0; look < 400; look += 1) {
      await screen.advance(20)
      times.push(pair.reading().time)
    }
    expect(Math.min(...times)).toBeGreaterThanOrEqual(2)
    expect(Math.max(...times)).toBeLessThan(3.08)
    expect(reference.seeks.length - seeksBefore).toBeGreaterThanOrEqual(5)
    expect(Math.abs(reference.currentTime - result.currentTime)).toBeLessThan(0.05)
  })

  it('waits while the user scrubs, and goes on from where they let go', async () => {
    const { pair, screen } = await opened()
    pair.play()
    await screen.advance(500)
    pair.scrub(4)
    await screen.advance(1000)
    expect(pair.reading().time).toBeCloseTo(4, 2)
    pair.endScrub()
    await screen.advance(1000)
    expect(pair.reading().time).toBeGreaterThan(4.7)
  })

  it('goes at the chosen speed on both sides', async () => {
    const { pair, screen, reference, result } = await opened()
    pair.setSpeed(0.25)
    pair.play()
    await screen.advance(4100)
    expect(reference.currentTime).toBeCloseTo(1, 1)
    expect(Math.abs(reference.currentTime - result.currentTime)).toBeLessThan(0.02)
  })

  it('holds the result back by a negative offset until its turn has come', async () => {
    const { pair, screen, result, reference, settle } = await opened()
    pair.setLeads([0, -1])
    await settle()
    pair.seek(0)
    await settle()
    pair.play()
    await screen.advance(800)
    expect(result.frame).toBe(0)
    await screen.advance(2000)
    expect(Math.abs(reference.currentTime - 1 - result.currentTime)).toBeLessThan(0.03)
  })
})

describe('a video that cannot be played', () => {
  it('is named, and nothing plays', async () => {
    const { pair, result, reference, settle } = await opened()
    pair.play()
    result.error = {}
    result.dispatchEvent(new Event('error'))
    await settle()
    expect(pair.status()).toMatchObject({ phase: 'failed', failed: 'result' })
    expect(reference.paused).toBe(true)
    pair.play()
    await settle()
    expect(reference.paused).toBe(true)
  })

  it('is never ready where Chromium decodes only its sound: it has data, and a width of 0', async () => {
    const { pair, reference } = await opened({ result: { opened: { videoWidth: 0 } } })
    expect(pair.status()).toMatchObject({ phase: 'failed', failed: 'result', settled: false })
    pair.play()
    pair.seek(3)
    expect([reference.paused, reference.seeks]).toEqual([true, []])
  })

  it('is told though the other one is still loading', async () => {
    const { pair } = await opened({
      reference: { opened: { readyState: 0 } },
      result: { opened: { videoWidth: 0 } },
    })
    expect(pair.status()).toMatchObject({ phase: 'failed', failed: 'result' })
  })

  it('does not hide that the other one can’t be played either, whichever is loaded first', async () => {
    const { pair, result, statuses } = await opened({
      reference: { opened: { videoWidth: 0 } },
      result: { opened: { readyState: 0, videoWidth: 0 } },
    })
    expect(pair.status().failed).toBe('reference')
    result.readyState = 4
    result.dispatchEvent(new Event('loadeddata'))
    expect(statuses.map(({ failed }) => failed)).toEqual(['reference', 'result'])
  })

  it('stays so where it had failed before the pair was made', async () => {
    const { pair, reference } = await opened({ result: { opened: { error: {} } } })
    expect(pair.status()).toMatchObject({ phase: 'failed', failed: 'result', settled: false })
    expect(reference.seeks).toEqual([])
  })

  it('is one whose last frames its player can’t be sent to, as an MP4 whose clock begins late', async () => {
    const late = { clockStart: 0.5, duration: 10 }
    expect((await opened({ result: late })).pair.status().phase).toBe('paused')
    const { pair } = await opened({ result: { ...late, endsAt: 10 } })
    expect(pair.status()).toMatchObject({ phase: 'failed', failed: 'result' })
  })

  it('is a Matroska file whose first frames are before the start of its player', async () => {
    const { pair, result } = await opened({ result: { opened: { readyState: 0 } } })
    result.readyState = 4
    result.currentTime = 0.5
    result.dispatchEvent(new Event('loadeddata'))
    expect(pair.status()).toMatchObject({ phase: 'failed', failed: 'result' })
  })

  it('is not one whose last frame lasts beyond the end of its player, which its sound is', async () => {
    const { pair } = await opened({
      result: { rate: 25, frameTimes: steadyTimes(25, 10), duration: 10.5, endsAt: 10 },
    })
    expect(pair.status().phase).toBe('paused')
  })
})

describe('an uneven video', () => {
  it('plays beside an even one without drifting at its long stills', async () => {
    const frameTimes = steadyTimes(30, 12).filter((_, frame) => !(frame > 60 && frame < 100))
    const { pair, screen, reference, result } = await opened({
      reference: { frameTimes, duration: 12, startTime: () => 80 },
      result: { rate: 30, duration: 12, startTime: () => 10 },
    })
    pair.play()
    await screen.advance(1000)
    const drifts: number[] = []
    while (drifts.length < 400) {
      await screen.advance(20)
      drifts.push(Math.abs(reference.currentTime - result.currentTime))
    }
    expect(Math.max(...drifts)).toBeLessThan(0.033)
  })
})
